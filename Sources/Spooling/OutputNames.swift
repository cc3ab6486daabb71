// SPDX-License-Identifier: Apache-2.0
import FileAccess
import SystemPackage

/// Names of outputs from names of sources, as bytes: `contract.pdf` → `contract.pdf.md`, `contract.pdf.assets`.
enum OutputNames {
    /// The longest ending a name gets: `.assets`, `.losses.json`, `.error.json`, `~1234`.
    static let room = 20
    /// NAME_MAX of every file system we know.
    private static let most = 255

    /// The source's name as outputs carry it: cut at a character's border, with eight digits of its hash, when there would
    /// be no room for an ending.
    static func base(of name: FilePath.Component) -> [UInt8] {
        let bytes = FilePath(root: nil, [name]).bytes
        guard bytes.count > most - room else { return bytes }
        let hash = bytes.withUnsafeBytes { ContentHash.of($0) }
        let (stem, ending) = split(bytes)
        let keptEnding = ending.count <= 16 ? ending : []
        var kept = most - room - 9 - keptEnding.count
        while kept > 0, stem.count > kept, stem[kept] & 0xC0 == 0x80 { kept -= 1 }
        return Array(stem.prefix(kept)) + [UInt8(ascii: "-")] + Array(hash.utf8.prefix(8)) + keptEnding
    }

    /// `report.docx`, `report~2.docx`, `report~3.docx`, …; `number` 1 is the name itself.
    static func version(_ base: [UInt8], _ number: Int) -> [UInt8] {
        if number == 1 { return base }
        let (stem, ending) = split(base)
        return stem + Array("~\(number)".utf8) + ending
    }

    /// Before and from the last dot; a leading dot is no ending.
    private static func split(_ name: [UInt8]) -> (stem: [UInt8], ending: [UInt8]) {
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return (name, []) }
        return (Array(name[..<dot]), Array(name[dot...]))
    }
}

extension FilePath {
    /// The same folder with another last name.
    func sibling(_ name: [UInt8]) -> FilePath {
        removingLastComponent().appending(FilePath(bytes: name).components)
    }
}
