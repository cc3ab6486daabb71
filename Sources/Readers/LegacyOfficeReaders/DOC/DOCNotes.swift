// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// Footnotes, endnotes and comments ([MS-DOC] 2.3.2, 2.3.4, 2.3.5), read in the order of their references.
struct DOCNotes {
    private enum Kind: CaseIterable {
        case footnote, endnote, comment

        var prefix: String {
            switch self {
            case .footnote: ""
            case .endnote: "e"
            case .comment: "c"
            }
        }
    }

    private struct Reference {
        var kind: Kind
        var start: Int, end: Int
        var author: String?
        var id: NoteID?
    }

    private var references: [Int: Reference] = [:]
    private var wanted: [Reference] = []
    private var counts: [Kind: Int] = [:]

    init(_ file: DOCFile) {
        read(file, .footnote, .footnotes, marks: .footnoteMarks, texts: .footnotes, size: 2)
        read(file, .endnote, .endnotes, marks: .endnoteMarks, texts: .endnotes, size: 2)
        read(file, .comment, .comments, marks: .commentMarks, texts: .comments, size: file.header.isOld ? 20 : 30)
    }

    private mutating func read(_ file: DOCFile, _ kind: Kind, _ story: DOCHeader.Story, marks: DOCHeader.Part, texts: DOCHeader.Part, size: Int) {
        let marks = DOCPlex(file.header.part(marks, in: file.table), size: size)
        let texts = DOCPlex(file.header.part(texts, in: file.table), size: 0)
        guard marks.count > 0, texts.count > 0 else { return }
        let start = file.header.start(of: story)
        let authors = kind == .comment ? Self.authors(file) : []
        for index in 0..<min(marks.count, texts.count) {
            var author: String?
            if kind == .comment {
                let record = marks.record(index)
                if !file.header.isOld, let place = record.short(20), authors.indices.contains(place) { author = authors[place] }
            }
            references[marks.position(index)] = Reference(
                kind: kind, start: start &+ texts.position(index), end: start &+ texts.position(index + 1), author: author)
        }
    }

    /// Strings one behind the other ([MS-DOC] 2.9.91).
    private static func authors(_ file: DOCFile) -> [String] {
        let bytes = file.header.part(.commentAuthors, in: file.table)
        var out: [String] = []
        var at = 0
        while out.count < 10_000, !file.header.isOld, let length = bytes.short(at) {
            out.append(bytes.clipped(at + 2, 2 * length).utf16)
            at += 2 + 2 * length
        }
        return out
    }

    /// References whose mark is not the automatic one.
    mutating func ownMarks(_ file: DOCFile) -> [DOCMark] {
        let units = file.pieces.units
        return references.keys.sorted().compactMap { place in
            guard units.indices.contains(place), units[place] != 0x02, units[place] != 0x05 else { return nil }
            return id(at: place).map { DOCMark(place: place, kind: .note($0)) }
        }
    }

    mutating func id(at place: Int) -> NoteID? {
        guard let reference = references[place] else { return nil }
        if let id = reference.id { return id }
        let number = (counts[reference.kind] ?? 0) + 1
        counts[reference.kind] = number
        let id = NoteID(reference.kind.prefix + String(number))
        references[place]?.id = id
        var wanted = reference
        wanted.id = id
        self.wanted.append(wanted)
        return id
    }

    func read(_ file: DOCFile) -> [Note] {
        wanted.compactMap { reference in
            guard let id = reference.id else { return nil }
            var blocks = DOCBody(file).blocks(from: reference.start, to: reference.end)
            if let author = reference.author, !author.isEmpty {
                if case .paragraph(let content)? = blocks.first { blocks[0] = .paragraph([.text(author + ": ")] + content) } else {
                    blocks.insert(.paragraph([.text(author + ": ")]), at: 0)
                }
            }
            return Note(id: id, blocks: blocks)
        }
    }
}

/// Places that links lead to ([MS-DOC] 2.8.10); Word's own, which begin with a line, are left out.
struct DOCBookmarks {
    let marks: [DOCMark]

    init(_ file: DOCFile) {
        let names = DOCText.table(file.header.part(.bookmarkNames, in: file.table), file.codePage)
        let places = DOCPlex(file.header.part(.bookmarks, in: file.table), size: file.header.isOld ? 2 : 4)
        marks = zip(0..<places.count, names).compactMap { index, name in
            name.isEmpty || name.hasPrefix("_") ? nil : DOCMark(place: places.position(index), kind: .bookmark(name))
        }
    }
}
