// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import Glibc
import PDFReader
import Testing

/// Every folder `Golden/<format>/<behaviour>` holds `input.ext`, `expected.md` and `diagnostics.txt`; where the document is
/// encrypted, `password.txt` has passwords to try, one a line. A folder that holds `expected.json` is compared as JSON too.
///
/// `UPDATE_GOLDEN=1` rewrites what is expected; a continuous-integration run refuses that.
@Suite("golden documents")
struct GoldenTests {
    @Test("each document gives the Markdown and the losses that stand beside it", arguments: GoldenFolder.all.filter { !$0.isPDF })
    func rendersAsExpected(_ folder: GoldenFolder) async throws { try await check(folder) }

    @Test("each PDF does so too", .enabled(if: PDFLibrary.isLoaded, "PDFium is not installed; run packaging/pdfium"), arguments: GoldenFolder.all.filter(\.isPDF))
    func rendersPDFAsExpected(_ folder: GoldenFolder) async throws { try await check(folder) }

    private func check(_ folder: GoldenFolder) async throws {
        let input = try #require(folder.input, "no input.* in \(folder)")
        let bytes = try #require(GoldenFiles.read(folder.path + "/" + input))
        var request = ConversionRequest(job: JobID(milliseconds: 1), name: Array(input.utf8))
        request.passwords = DocumentPasswords(lines: GoldenFiles.read(folder.path + "/password.txt") ?? [])
        let hasJSON = GoldenFiles.read(folder.path + "/expected.json") != nil
        request.options.formats = hasJSON ? [.markdown, .json] : [.markdown]
        let receiver = CollectingReceiver()
        var markdown = ""
        var json = ""
        var losses: [String] = []
        do {
            let reply = try await InlineEngine().convert(request, input: .bytes(bytes), into: receiver)
            markdown = String(decoding: receiver.texts[0] ?? [], as: UTF8.self)
            json = String(decoding: receiver.texts[1] ?? [], as: UTF8.self)
            losses = reply.losses.map { "\($0.code) ×\($0.count): \($0.message)" + ($0.location.map { " (\($0))" } ?? "") }
        } catch let error as ConversionError {
            losses = ["error \(error)"]
        }
        let diagnostics = losses.map { $0 + "\n" }.joined()
        if GoldenFiles.isUpdating {
            try #require(getenv("CI") == nil, "golden files are not rewritten in continuous integration")
            GoldenFiles.write(markdown, to: folder.path + "/expected.md")
            GoldenFiles.write(diagnostics, to: folder.path + "/diagnostics.txt")
            if hasJSON { GoldenFiles.write(json, to: folder.path + "/expected.json") }
        } else {
            #expect(markdown == GoldenFiles.text(folder.path + "/expected.md"))
            #expect(diagnostics == GoldenFiles.text(folder.path + "/diagnostics.txt"))
            if hasJSON { #expect(json == GoldenFiles.text(folder.path + "/expected.json")) }
        }
    }
}

struct GoldenFolder: CustomStringConvertible, Sendable {
    let path: String
    var description: String { path.split(separator: "/").suffix(2).joined(separator: "/") }
    var isPDF: Bool { path.split(separator: "/").dropLast().last == "pdf" }
    var input: String? { GoldenFiles.names(in: path).first { $0.hasPrefix("input.") } }

    static var all: [GoldenFolder] {
        let root = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Golden"
        return GoldenFiles.names(in: root).flatMap { format in
            GoldenFiles.names(in: root + "/" + format).map { GoldenFolder(path: root + "/" + format + "/" + $0) }
        }
    }
}

enum GoldenFiles {
    static var isUpdating: Bool { getenv("UPDATE_GOLDEN") != nil }

    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    static func text(_ path: String) -> String { String(decoding: read(path) ?? [], as: UTF8.self) }

    static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "wb") else { return }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        fwrite(bytes, 1, bytes.count, file)
    }
}

/// Keeps everything a conversion gives.
final class CollectingReceiver: ReplyReceiver, @unchecked Sendable {
    private(set) var texts: [Int: [UInt8]] = [:]
    private(set) var assets: [String: [UInt8]] = [:]
    /// By name and rendition.
    private(set) var parts: [String: [Int: [UInt8]]] = [:]
    private var asset = ""
    private var part = ""

    func text(_ rendition: Int) -> String { String(decoding: texts[rendition] ?? [], as: UTF8.self) }
    func partTexts(_ rendition: Int) -> [String: String] { parts.mapValues { String(decoding: $0[rendition] ?? [], as: UTF8.self) } }

    func beginPart(name: String) {
        part = name
        parts[name] = [:]
    }
    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) { parts[part, default: [:]][rendition, default: []] += chunk }
    func endPart() {}
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) { texts[rendition, default: []] += chunk }
    func beginAsset(name: String, mediaType: String) {
        asset = name
        assets[name] = []
    }
    func asset(_ chunk: UnsafeRawBufferPointer) { assets[asset, default: []] += chunk }
    func endAsset() {}
    func progress(_ done: UInt64) {}
}
