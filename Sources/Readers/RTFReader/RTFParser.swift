// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding

/// Reads one RTF document (RTF 1.9.1) in a single pass: groups keep the state, destinations say where text goes.
struct RTFParser {
    /// What closing a group means beyond going back to the state before it.
    enum Ending {
        case flow, picture, object, field, instruction, levelText, listText, oldNumbering, fact, moment, bookmark, shapeValue
    }

    private struct Group {
        var state: RTFState
        var ending: Ending?
    }

    var tokens: RTFTokenizer
    let limits: ReadLimits
    var diagnostics: Diagnostics
    var state = RTFState()
    var fonts = RTFFonts()
    var styles = RTFStyles()
    var lists = RTFLists()
    var flows = [RTFFlow(.body)]
    var metadata = Metadata()
    var notes: [Note] = []
    var pictures: RTFPictures
    var objects = RTFObjects()
    var links: [String] = []
    var fields: [String] = []
    var codePage = CodePage(1_252)
    // Rows: those of the outermost table, and of tables in it.
    var row = RTFFlow.RowProperties()
    var innerRow = RTFFlow.RowProperties()
    var isInInnerRow = false
    var isRowOpen = false
    // Text that waits for its end.
    var text: [UInt8] = []
    var textMarks: TextMarks = []
    var textLink = -1
    var raw: [UInt8] = []
    var surrogate: UInt16?
    var skipped = 0
    /// Text of destinations other than the body.
    var aside: [UInt8] = []
    var moment = RTFMoment()
    var author = ""
    var shapeName = ""
    var hasTitle = false
    var margins: [String: [String]] = [:]
    private var groups: [Group] = []
    private var overflow = 0
    private var isStarred = false
    private var skipsNextGroup = false
    var counts: [Int] = [0, 0, 0]
    private static let deepest = 2_000

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: ReadLimits, names: MediaNames, diagnostics: Diagnostics) {
        pictures = RTFPictures(names)
        tokens = RTFTokenizer(bytes)
        self.limits = limits
        self.diagnostics = diagnostics
    }

    var depth: Int { groups.count }

    mutating func read() {
        var isAtRest = false
        while !isAtRest {
            switch tokens.next() {
            case .text(let bytes): take(bytes)
            case .word(.unknown, _): if isStarred { skipGroup() }
            case .word(let word, let parameter):
                isStarred = false
                take(word, parameter)
            case .byte(let byte): take(byte: byte)
            case .open: open()
            case .close:
                close()
                // What follows the document's own group is none of it.
                isAtRest = groups.isEmpty && overflow == 0
            case .symbol(let symbol): take(symbol: symbol)
            case .binary(let bytes):
                if state.destination == .picture { pictures.take(binary: bytes) }
                if state.destination == .objectBytes { objects.take(binary: bytes) }
            case .finished:
                if !groups.isEmpty { diagnostics.report("rtf-cut", "the document ends inside a group") }
                isAtRest = true
            }
        }
        while !groups.isEmpty { close() }
        endParagraph(isForced: false)
    }

    private mutating func open() {
        isStarred = false
        skipped = 0
        flushRaw()
        if skipsNextGroup {
            skipsNextGroup = false
            return tokens.skipGroup()
        }
        guard groups.count < Self.deepest else {
            if overflow == 0 { diagnostics.report("rtf-too-deep", "groups are nested deeper than \(Self.deepest); formatting below is not kept apart") }
            overflow += 1
            return
        }
        groups.append(Group(state: state))
    }

    private mutating func close() {
        isStarred = false
        skipped = 0
        flushRaw()
        guard overflow == 0 else { return overflow -= 1 }
        guard let group = groups.popLast() else { return }
        if let ending = group.ending { end(ending) }
        let inner = state
        state = group.state
        if group.ending == .oldNumbering { state.paragraph.old = inner.paragraph.old }
    }

    /// Leaves out the group that is open; the document itself is never left out.
    mutating func skipGroup() {
        isStarred = false
        guard overflow == 0, groups.count > 1 else { return }
        tokens.skipGroup()
        if let group = groups.popLast() { state = group.state }
    }

    /// Turns the group that is open into a destination.
    mutating func enter(_ destination: RTFDestination, _ ending: Ending? = nil) {
        guard overflow == 0, groups.count > 1, let last = groups.indices.last else { return }
        state.destination = destination
        if let ending {
            groups[last].ending = ending
            if ending != .flow, ending != .picture, ending != .object, ending != .field { aside.removeAll(keepingCapacity: true) }
        }
    }

    /// A text of its own, until the group ends.
    mutating func enterFlow(_ kind: RTFFlow.Kind) {
        guard overflow == 0, groups.count > 1, flows.count < 16, let last = groups.indices.last, groups[last].ending == nil else { return skipGroup() }
        flushText()
        flows.append(RTFFlow(kind))
        groups[last].ending = .flow
        state.destination = .body
        state.link = -1
        state.paragraph = RTFParagraph()
        state.marks = []
        state.isHidden = false
        state.isDeleted = false
    }

    mutating func markStarred() { isStarred = true }
    mutating func skipNextGroup() { skipsNextGroup = true }
}

/// A date and time of the `info` group.
struct RTFMoment {
    var year = 0, month = 0, day = 0, hour = 0, minute = 0

    /// ISO 8601; empty without a year.
    var text: String {
        guard year > 0, year < 10_000 else { return "" }
        func two(_ number: Int) -> String { number < 10 ? "0\(max(number, 0))" : "\(min(number, 99))" }
        let date = "\(year)-\(two(month))-\(two(day))"
        return hour == 0 && minute == 0 ? date : date + "T\(two(hour)):\(two(minute)):00"
    }
}
