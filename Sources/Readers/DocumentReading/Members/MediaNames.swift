// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Hands out names for pictures and notes so that no two of one document are the same.
package final class MediaNames {
    private var taken: Set<String> = []
    private var notes: Set<String> = []
    /// The number tried next for a name that was taken before.
    private var next: [String: Int] = [:]
    private var nextNote: [String: Int] = [:]

    package init() {}

    /// The wanted name, made a plain file name, with a number before its extension when it is taken.
    package func claim(_ wanted: String) -> MediaID {
        let plain = Self.plain(wanted)
        if taken.insert(Self.folded(plain)).inserted { return MediaID(plain) }
        let dot = plain.lastIndex(of: ".") ?? plain.endIndex
        var number = next[plain] ?? 2
        while true {
            let name = "\(plain[..<dot])-\(number)\(plain[dot...])"
            number += 1
            if taken.insert(Self.folded(name)).inserted {
                next[plain] = number
                return MediaID(name)
            }
        }
    }

    /// A note's name, as it is or with a number behind it.
    package func claim(note wanted: NoteID) -> NoteID {
        var name = wanted.name
        var number = nextNote[name] ?? 2
        while !notes.insert(name).inserted {
            name = "\(wanted.name)-\(number)"
            number += 1
        }
        nextNote[wanted.name] = number
        return NoteID(name)
    }

    /// File systems that do not tell case apart exist.
    private static func folded(_ name: String) -> String { name.lowercased() }

    /// The last component, without what a file name may not have: at most 120 bytes, no leading dots.
    private static func plain(_ wanted: String) -> String {
        var out = String.UnicodeScalarView()
        var bytes = 0
        let last = wanted.unicodeScalars.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? wanted.unicodeScalars[...]
        for scalar in last {
            if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || "<>:\"|?*#%".unicodeScalars.contains(scalar) { continue }
            if out.isEmpty, scalar == "." || scalar == " " { continue }
            bytes += UTF8.width(scalar)
            if bytes > 120 { break }
            out.append(scalar)
        }
        return out.isEmpty ? "unnamed" : String(out)
    }
}
