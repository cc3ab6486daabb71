// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentTree

/// Names of a document's parts as relative paths: an archive's folders stay, everything else is one plain file name.
///
/// The same document gives the same names. No two collide, whatever is written behind them and whether or not a file
/// system tells case apart.
struct PartNames {
    /// Paths that are taken, folded, with each ending that is written behind a part's name.
    private var files: Set<String> = []
    private var folders: Set<String> = []
    private var next: [String: Int] = [:]
    private let endings: [String]
    private var roomBytes = 256 << 10

    private static let mostFolders = 8
    private static let longestName = 120

    init(_ formats: [OutputFormat]) { endings = formats.map { ".\($0.fileExtension)" } }

    /// nil when there is room for no more parts.
    mutating func claim(_ part: DocumentPart) -> String? {
        let words = part.kind == .member ? part.name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).map(String.init) : [part.name]
        var path = ""
        for word in words.dropLast().filter({ $0 != "." && $0 != ".." }).prefix(Self.mostFolders) {
            path = free(path + Self.plain(word), "", isFolder: true)
            folders.insert(path.lowercased())
            path += "/"
        }
        let name = Self.plain(words.last ?? "")
        let whole = free(path + name, Self.ending(of: name), isFolder: false)
        guard files.count < endings.count * ConversionReply.mostParts, whole.utf8.count <= roomBytes, PlainStrings.isPartName(whole) else { return nil }
        roomBytes -= whole.utf8.count
        for ending in endings { files.insert(whole.lowercased() + ending) }
        return whole
    }

    /// The path, or its first version with a number before `ending` that is free.
    private mutating func free(_ wanted: String, _ ending: String, isFolder: Bool) -> String {
        if isFree(wanted.lowercased(), isFolder) { return wanted }
        let stem = wanted.dropLast(ending.count)
        var number = next[wanted.lowercased()] ?? 2
        while !isFree("\(stem)-\(number)\(ending)".lowercased(), isFolder) { number += 1 }
        next[wanted.lowercased()] = number + 1
        return "\(stem)-\(number)\(ending)"
    }

    private func isFree(_ path: String, _ isFolder: Bool) -> Bool {
        if isFolder { return !files.contains(path) }
        return endings.allSatisfy { !files.contains(path + $0) && !folders.contains(path + $0) }
    }

    private static func ending(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return String(name[dot...])
    }

    /// Without what a file name may not have on any system: at most `longestName` bytes, no leading dots.
    private static func plain(_ wanted: String) -> String {
        var out = String.UnicodeScalarView()
        var bytes = 0
        for scalar in wanted.unicodeScalars {
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || "<>:\"|?*/\\".unicodeScalars.contains(scalar) { continue }
            if out.isEmpty, scalar == "." || scalar == " " { continue }
            bytes += UTF8.width(scalar)
            if bytes > longestName { break }
            out.append(scalar)
        }
        return out.isEmpty ? "unnamed" : String(out)
    }
}
