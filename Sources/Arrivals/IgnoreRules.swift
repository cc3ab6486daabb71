// SPDX-License-Identifier: Apache-2.0
import FileAccess
package import SystemPackage

/// Names that are never documents: half-written downloads, editors' and synchronisers' litter, our own folders.
///
/// Matched on bytes, ASCII letters without case. Each rule has the text that `explain` shows.
package struct IgnoreRules: Sendable {
    private let settings: ArrivalSettings

    package init(_ settings: ArrivalSettings) { self.settings = settings }

    /// The rule that ignores a file, by its path below the inbox; nil when none does.
    package func rule(forFile path: FilePath) -> String? {
        var folder = path.removingLastComponent()
        while let name = folder.lastComponent {
            if let rule = rule(forFolder: name) { return "it is in a folder that is ignored: \(rule)" }
            folder.removeLastComponent()
        }
        guard let last = path.lastComponent else { return "it has no name" }
        let name = Self.lowered(last)
        if let rule = Self.temporary(name) { return rule }
        if let ending = Self.ending(of: name), !settings.extensions.isEmpty, !settings.extensions.contains(ending) {
            return "its extension .\(ending) is not among those set"
        } else if !settings.extensions.isEmpty, Self.ending(of: name) == nil {
            return "it has no extension"
        }
        let whole = path.bytes
        if !settings.include.isEmpty, !settings.include.contains(where: { ByteGlob($0).matches(whole) }) { return "no include pattern matches it" }
        if let pattern = settings.exclude.first(where: { ByteGlob($0).matches(whole) }) { return "the exclude pattern \"\(pattern)\" matches it" }
        return nil
    }

    package func rule(forFolder name: FilePath.Component) -> String? {
        let name = Self.lowered(name)
        if name.first == UInt8(ascii: ".") { return "names with a leading dot are hidden" }
        return Self.folders.first { Array($0.utf8) == name }.map { "folders named \($0) hold no documents" }
    }

    package func rule(forSize size: UInt64) -> String? {
        if let least = settings.minimumSize, size < least { return "it is smaller than \(least) bytes" }
        if let most = settings.maximumSize, size > most { return "it is larger than \(most) bytes" }
        return nil
    }

    /// Names that a program gives to what is not finished.
    package static func temporary(_ name: [UInt8]) -> String? {
        if name.first == UInt8(ascii: ".") { return "names with a leading dot are hidden" }
        if name.last == UInt8(ascii: "~") { return "names with a trailing ~ are backups" }
        for ending in endings where name.count > ending.utf8.count && name.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
            return "names ending in \(ending) are not finished"
        }
        for start in starts where name.starts(with: start.utf8) { return "names beginning with \(start) are locks or temporary" }
        return names.contains { Array($0.utf8) == name } ? "it is litter of a file manager" : nil
    }

    static func lowered(_ name: FilePath.Component) -> [UInt8] {
        FilePath(root: nil, [name]).bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 32 : $0 }
    }

    private static func ending(of name: [UInt8]) -> String? {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0, dot < name.count - 1 else { return nil }
        return String(decoding: name[(dot + 1)...], as: UTF8.self)
    }

    private static let endings = [
        ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", ".aria2", ".!ut", ".unconfirmed", ".tmp", ".temp",
        ".swp", ".swx", ".lock", ".pd~", ".camellock", ".bak~",
    ]
    private static let starts = ["~$", "#", "~syncthing~"]
    private static let names = ["desktop.ini", "thumbs.db", "ehthumbs.db"]
    private static let folders = [
        "@eadir", "@tmp", "#recycle", "#snapshot", "__macosx", "lost+found", "system volume information", "$recycle.bin",
    ]
}

/// `*` within a name, `**` over folders, `?` one byte, `[a-z]` a class; a pattern without `/` matches the last name.
struct ByteGlob {
    private let pattern: [UInt8]
    private let isNameOnly: Bool

    init(_ text: String) {
        pattern = Array(text.utf8)
        isNameOnly = !text.contains("/")
    }

    func matches(_ path: [UInt8]) -> Bool {
        let text = isNameOnly ? Array(path[(path.lastIndex(of: slash).map { $0 + 1 } ?? 0)...]) : path
        return matches(text[...], pattern[...])
    }

    private let slash = UInt8(ascii: "/")

    private func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        switch first {
        case UInt8(ascii: "*"):
            let isDeep = pattern.dropFirst().first == first
            var rest = pattern.drop { $0 == first }
            if isDeep, rest.first == slash, matches(text, rest.dropFirst()) { return true }
            if rest.isEmpty { return isDeep || !text.contains(slash) }
            var tail = text
            while true {
                if matches(tail, rest) { return true }
                guard let byte = tail.first, isDeep || byte != slash else { return false }
                tail = tail.dropFirst()
                rest = rest[rest.startIndex...]
            }
        case UInt8(ascii: "?"): return text.first.map { $0 != slash } == true && matches(text.dropFirst(), pattern.dropFirst())
        case UInt8(ascii: "["):
            guard let end = pattern.dropFirst(2).firstIndex(of: UInt8(ascii: "]")), let byte = text.first else { return false }
            var set = Array(pattern[(pattern.startIndex + 1)..<end])
            let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
            if isNegated { set.removeFirst() }
            var isIn = false
            var at = 0
            while at < set.count {
                if at + 2 < set.count, set[at + 1] == UInt8(ascii: "-") {
                    isIn = isIn || (set[at] <= byte && byte <= set[at + 2])
                    at += 3
                } else {
                    isIn = isIn || set[at] == byte
                    at += 1
                }
            }
            return isIn != isNegated && byte != slash && matches(text.dropFirst(), pattern[(end + 1)...])
        default: return text.first == first && matches(text.dropFirst(), pattern.dropFirst())
        }
    }
}
