// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Finds the links and the names of a page in its bytes, before it is parsed: what a page's parser may leave out depends on
/// which of its places are linked to, and a book's chapters on each other.
struct HTMLLinkScan {
    private let bytes: ByteSlice

    init(_ bytes: ByteSlice) { self.bytes = bytes }

    /// Each `href` in order, and whether its element says that it refers to a note. `onlyWithin`: those that begin with `#`.
    func links(onlyWithin: Bool, _ take: (ByteSlice, Bool) -> Void) {
        attributes("href") { place, value in
            guard let first = value.first, !onlyWithin || first == UInt8(ascii: "#"), let start = value.baseAddress, let base = bytes.baseAddress else { return }
            take(value, refersToNote(from: place, to: start - base + value.count))
        }
    }

    /// Each `id` of an element that stands on its own lines: the kind that can be a note.
    func names(_ take: (ByteSlice) -> Void) {
        attributes("id") { place, value in
            var start = place
            let least = max(0, place - 400)
            while start > least, bytes[start] != UInt8(ascii: "<") { start -= 1 }
            let tag = bytes[slice: min(start + 1, place)..<place]
            let name = tag[slice: 0..<(tag.firstIndex { ByteSlice.isSpace($0) } ?? tag.count)]
            if Self.blocks.contains(where: { name.isKeyword($0) }) { take(value) }
        }
    }

    private static let blocks: [StaticString] = ["aside", "li", "p", "div", "section", "dd", "footer", "blockquote"]

    /// Goes from one equals sign to the next: there are few outside of tags.
    private func attributes(_ name: StaticString, _ take: (Int, ByteSlice) -> Void) {
        guard let base = bytes.baseAddress else { return }
        let length = name.utf8CodeUnitCount
        var at = 0
        while at < bytes.count, let found = memchr(base + at, 0x3D, bytes.count - at) {
            let equals = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            at = equals + 1
            var end = equals
            while end > 0, ByteSlice.isSpace(bytes[end - 1]) { end -= 1 }
            let place = end - length
            guard place > 0, bytes[slice: place..<end].isKeyword(name) else { continue }
            guard ByteSlice.isSpace(bytes[place - 1]) || bytes[place - 1] == UInt8(ascii: "\"") || bytes[place - 1] == UInt8(ascii: "'") else { continue }
            while at < bytes.count, ByteSlice.isSpace(bytes[at]) { at += 1 }
            guard at < bytes.count else { return }
            let quote = bytes[at]
            let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
            let start = isQuoted ? at + 1 : at
            var stop = start
            while stop < bytes.count, isQuoted ? bytes[stop] != quote : !ByteSlice.isSpace(bytes[stop]) && bytes[stop] != UInt8(ascii: ">") { stop += 1 }
            take(place, bytes[slice: start..<stop])
            at = stop
        }
    }

    /// Looks at what else the tag around a value says: EPUB's `noteref`, ARIA's `doc-noteref`, classes of Markdown's converters.
    private func refersToNote(from place: Int, to valueEnd: Int) -> Bool {
        var start = place
        let least = max(0, place - 400)
        while start > least, bytes[start] != UInt8(ascii: "<") { start -= 1 }
        var end = valueEnd
        let most = min(bytes.count, valueEnd + 400)
        while end < most, bytes[end] != UInt8(ascii: ">") { end += 1 }
        let parts = [bytes[slice: start..<place], bytes[slice: valueEnd..<end]]
        return parts.contains { $0.count > 6 && HTMLNoteMarks.isReference($0) } && !parts.contains { HTMLNoteMarks.isWayBack($0) }
    }
}

/// The words by which elements say that they have to do with notes.
enum HTMLNoteMarks {
    private static let references: [StaticString] = ["noteref", "footnote-ref", "footnote-reference", "footnoteref"]
    private static let backs: [StaticString] = ["backlink", "footnote-back", "footnote-backref", "reversefootnote"]

    static func isReference(_ text: ByteSlice) -> Bool { references.contains { text.place(ofKeyword: $0) != nil } && !isWayBack(text) }
    /// Whether a place, by its name, is where a reference stands: only its note links to it.
    static func isReferencePlace(_ name: ByteSlice) -> Bool { name.hasKeyword("cite_ref") || name.hasKeyword("fnref") || name.hasKeyword("footnote-ref") }
    static func isWayBack(_ text: ByteSlice) -> Bool { backs.contains { text.place(ofKeyword: $0) != nil } }
}
