// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// The text of one shape ([MS-PPT] 2.9.42 and on): letters, and how they look in runs.
struct PPTTextBody {
    struct Link {
        var start: Int, end: Int
        var id: Int
    }

    /// 0 title, 1 body, 2 notes, 4 other, 5 and 6 centred, 7 half and 8 quarter body.
    var kind = 4
    var units: [UInt16] = []
    /// Where each run ends, and what it looks like.
    var paragraphs: [(end: Int, look: PPTParagraphLook)] = []
    var characters: [(end: Int, look: PPTCharacterLook)] = []
    var links: [Link] = []
    /// Letters that stand for a slide's number, date or footer.
    var stands: Set<Int> = []
    var numberings: [PPTNumbering] = []

    var isTitle: Bool { kind == 0 || kind == 6 }

    static let mostLinks = 500

    func paragraphLook(at place: Int) -> PPTParagraphLook? {
        let index = Self.index(of: place, count: paragraphs.count) { paragraphs[$0].end }
        return index < paragraphs.count ? paragraphs[index].look : nil
    }

    /// The run of letters that a place is in; their count where there is none.
    func characterRun(at place: Int) -> Int { Self.index(of: place, count: characters.count) { characters[$0].end } }

    /// The first of the runs that ends behind a place; ends rise.
    private static func index(of place: Int, count: Int, _ end: (Int) -> Int) -> Int {
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if end(middle) <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func string(_ bytes: LittleEndianBytes) -> String {
        bytes.utf16BeforeNUL
    }

    /// [MS-PPT] 2.9.44: runs of paragraphs, then runs of letters; both count one letter more than there are.
    mutating func read(style record: OfficeArtRecord) {
        var cursor = PPTCursor(record)
        var at = 0
        while at <= units.count, !cursor.isAtEnd, let count = cursor.long(), count > 0, let level = cursor.short() {
            at += count
            var look = PPTParagraphLook(&cursor)
            look.level = min(level, 4)
            paragraphs.append((at, look))
        }
        at = 0
        while at <= units.count, !cursor.isAtEnd, let count = cursor.long(), count > 0 {
            at += count
            characters.append((at, PPTCharacterLook(&cursor)))
        }
    }
}

/// Gathers texts from a row of records.
struct PPTTextReader {
    private var bodies: [PPTTextBody] = []
    /// Texts of the slide's outline that are meant, by their numbers.
    private(set) var outline: Int?
    private var link: Int?

    mutating func read(_ record: OfficeArtRecord) {
        let content = record.content
        if record.type == PPTType.textHeader {
            var body = PPTTextBody()
            body.kind = content.long(0) ?? 4
            bodies.append(body)
            return
        }
        if record.type == PPTType.outlineReference { return outline = content.long(0) }
        if record.type == PPTType.interactive {
            // Clicks; what happens when the mouse is above is of no use in a text.
            return link = record.instance == 0 ? record.first(PPTType.interactiveAtom)?.content.long(4) : nil
        }
        guard let last = bodies.indices.last else { return }
        switch record.type {
        case PPTType.characters:
            bodies[last].units = (0..<(content.count / 2)).map { UInt16(truncatingIfNeeded: content.short(2 * $0) ?? 0) }
        case PPTType.bytes: bodies[last].units = content.raw.map { UInt16($0) }
        case PPTType.style: bodies[last].read(style: record)
        case PPTType.textLink:
            if let id = link, let start = content.long(0), let end = content.long(4), start < end, bodies[last].links.count < PPTTextBody.mostLinks { bodies[last].links.append(PPTTextBody.Link(start: start, end: end, id: id)) }
            link = nil
        case PPTType.slideNumber, PPTType.date, PPTType.header, PPTType.footer, PPTType.genericDate, PPTType.formattedDate:
            if let place = content.long(0) { bodies[last].stands.insert(place) }
        default: break
        }
    }

    func finish() -> [PPTTextBody] { bodies }
}
