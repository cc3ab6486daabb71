// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import Glibc

/// What a worker program does for people and scripts, without a daemon and without the lock.
enum WorkerTools {
    /// The exit status; nil when the arguments ask for no tool.
    static func run(_ arguments: [String]) -> Int32? {
        guard arguments.count > 1 else { return nil }
        switch arguments[1] {
        case "--formats": return formats()
        case "--formats-article":
            print(FormatsArticle.text, terminator: "")
            return 0
        case "--convert" where arguments.count > 2:
            let options = options(arguments)
            return convert(arguments[2], options, DocumentPasswords(arguments.indices.dropLast().filter { arguments[$0] == "--password" }.map { arguments[$0 + 1] }))
        case "--bench" where arguments.count > 2: return Bench.run(arguments[2])
        case "--debug-layout" where arguments.count > 3: return drawLayout(arguments[2], into: arguments[3])
        default: return nil
        }
    }

    private static func options(_ arguments: [String]) -> RenderOptions {
        func value(_ name: String) -> String? {
            arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
        }
        var options = RenderOptions()
        options.formats = [value("--format").flatMap { OutputFormat(rawValue: $0) } ?? .markdown]
        options.mainContent = arguments.contains("--main-content")
        options.frontMatter = arguments.contains("--front-matter")
        options.pageMarkers = arguments.contains("--page-markers")
        options.images = value("--images").flatMap { ImagePolicy(rawValue: $0) } ?? options.images
        options.tables = value("--tables").flatMap { TablePolicy(rawValue: $0) } ?? options.tables
        options.labels = value("--labels").flatMap { LabelChoice(rawValue: $0) } ?? options.labels
        options.wrap = value("--wrap").flatMap { Int($0) } ?? options.wrap
        options.split = value("--split").flatMap { SplitPolicy(rawValue: $0) } ?? options.split
        options.chunkTokens = value("--chunk-tokens").flatMap { Int($0) } ?? options.chunkTokens
        return options
    }

    /// One format a line, fields parted by tabs: name, title, extensions, media types, carried, left out.
    private static func formats() -> Int32 {
        for format in DocumentConverter.formats {
            print(
                format.name, format.title, format.extensions.joined(separator: " "), format.mediaTypes.joined(separator: " "),
                format.carried, format.leftOut, separator: "\t")
        }
        return 0
    }

    private static func convert(_ path: String, _ options: RenderOptions, _ passwords: DocumentPasswords) -> Int32 {
        guard let file = MappedFile(path) else { return complain("cannot read \"\(path)\": \(String(cString: strerror(errno)))") }
        let reply = ConsoleReply()
        var request = file.request(options)
        request.passwords = passwords
        do {
            try DocumentConverter().convert(request, file.bytes, reply: reply)
        } catch {
            return complain("cannot convert \"\(path)\": \(error)")
        }
        for loss in reply.losses {
            _ = complain("loss \(loss.code) ×\(loss.count): \(loss.message)\(loss.location.map { " (\($0))" } ?? "")")
        }
        return 0
    }

    /// An SVG file per page of a PDF: `page-0001.svg`.
    private static func drawLayout(_ path: String, into folder: String) -> Int32 {
        guard let file = MappedFile(path) else { return complain("cannot read \"\(path)\": \(String(cString: strerror(errno)))") }
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { return complain("cannot make \"\(folder)\": \(String(cString: strerror(errno)))") }
        var isWritten = true
        do {
            try DocumentConverter.layoutDrawings(file.bytes, most: 1_000) { page, svg in
                let number = String(repeating: "0", count: max(0, 4 - "\(page)".utf8.count)) + "\(page)"
                guard let out = fopen("\(folder)/page-\(number).svg", "w") else { isWritten = false; return }
                isWritten = fputs(svg, out) >= 0 && fclose(out) == 0 && isWritten
            }
        } catch {
            return complain("cannot draw \"\(path)\": \(error)")
        }
        return isWritten ? 0 : complain("cannot write into \"\(folder)\"")
    }

    private static func complain(_ message: String) -> Int32 {
        let line = Array("intray-worker: \(message)\n".utf8)
        _ = write(2, line, line.count)
        return 1
    }
}

/// A file in memory for as long as the value lives.
final class MappedFile {
    let bytes: UnsafeRawBufferPointer
    private let name: String

    init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        name = path.split(separator: "/").last.map(String.init) ?? path
        guard facts.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, Int(facts.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else { return nil }
        bytes = UnsafeRawBufferPointer(start: start, count: Int(facts.st_size))
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }

    func request(_ options: RenderOptions = RenderOptions()) -> ConversionRequest {
        ConversionRequest(job: JobID(milliseconds: 0), name: Array(name.utf8), options: options)
    }
}

/// Text to standard output, the rest kept or dropped.
private final class ConsoleReply: ReplySink {
    private(set) var losses: [Loss] = []

    func format(_ name: String) {}
    func metadata(_ field: MetadataField) {}
    private func text(_ line: String) { Array(line.utf8).withUnsafeBytes { text($0, rendition: 0) } }
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) {
        var rest = chunk
        while !rest.isEmpty {
            let count = write(1, rest.baseAddress, rest.count)
            guard count > 0 else { return }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
    }
    func beginPart(name: String) { text("=== \(name)\n") }
    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) { text(chunk, rendition: rendition) }
    func endPart() { text("===\n") }
    func asset(name: String, mediaType: String, _ bytes: UnsafeRawBufferPointer) {}
    func loss(_ loss: Loss) { losses.append(loss) }
    func progress(_ done: UInt64) {}
}
