// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentReading

/// Keeps a page from costing more than its size: a pass over the bytes before gumbo, whose time and memory are quadratic in
/// the depth of open elements, in unclosed formatting elements and in the attributes of a tag.
///
/// It follows the tree builder's stack of open elements and its list of active formatting elements closely enough to know
/// their sizes. Tags that would go beyond the limits are taken out, with their end tags; all text stays. Comments, scripts,
/// style sheets, attributes nobody reads and elements that then mean nothing go as well: on ordinary pages most of the work.
struct HTMLGuard {
    /// What gumbo is to read.
    private(set) var page: [UInt8] = []
    /// Elements of the page, without those opened again.
    private(set) var elements = 0
    private(set) var nestingCuts = 0
    private(set) var formattingCuts = 0

    /// What the tree of this page takes, bytes; measured, for the worst of pages.
    var estimatedMemory: Int { elements * 600 + page.count * 4 }

    /// Open elements at any time; browsers stop at 512 as well.
    static let deepest = 400
    /// Formatting elements waiting to be opened again.
    static let mostFormatting = 48

    private struct Open {
        var key: UInt32
        var isFormatting = false
        /// Its tag was taken out.
        var isCut = false
    }

    private struct Formatting {
        var key: UInt32
        var hash: Int
        var attributes: Int
        var isOpen = true
        var isMarker: Bool { key == UInt32.max }
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var open: [Open] = []
    /// Open elements of each tag HTML knows.
    private var counts = [Int](repeating: 0, count: Int(HTMLTagScanner.unknown))
    private var depth = 0
    /// A style keeps white space somewhere, so it stays everywhere after.
    private var keepsSpace = false
    private var foreign = 0
    private var formatting: [Formatting] = []
    private var closedFormatting = 0
    /// Elements and attributes that opening again may still cost.
    private var copies: Int
    private var copied = 0

    /// `isXML` gives the page XML's two liberties: an element may end in its own tag, and text may stand in `<![CDATA[…]]>`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, isXML: Bool = false, attributes: HTMLAttributes = HTMLAttributes()) {
        self.bytes = bytes
        copies = 200_000 + bytes.count / 32
        page.reserveCapacity(bytes.count)
        var scanner = HTMLTagScanner(bytes, isXML: isXML, attributes: attributes)
        var place = 0
        while let piece = scanner.next() {
            defer { place = scanner.position }
            let tag: HTMLTagScanner.Tag
            switch piece {
            case .tag(let found): tag = found
            case .comment(let range):
                cut(range)
                continue
            case .characterData(let range, let text):
                cut(range, leaving: Self.escaped(bytes[slice: text]))
                continue
            }
            cutSpace(place..<tag.range.lowerBound)
            let traits = HTMLGuardTraits.of(tag.key)
            if !tag.isEnd { elements += 1 }
            if tag.followsText, closedFormatting > 0 { openAgain(before: tag.range.lowerBound) }
            if isXML, tag.isSelfClosing, !tag.isEnd, foreign == 0, !traits.contains(.void) {
                complete(tag, traits, scanner.surplus)
                continue
            }
            let isRaw = !tag.isEnd && foreign == 0 && traits.contains(.raw)
            if isRaw || (tag.isEnd ? end(tag, traits) : start(tag, traits)) {
                for range in scanner.surplus { cut(range) }
            }
            keepsSpace = keepsSpace || scanner.sawWhiteSpaceStyle
            if isRaw { raw(tag, &scanner) }
        }
        copy(upTo: bytes.count)
    }

    /// An element without content: its end tag is put in, or all of it goes when its content would be no markup.
    private mutating func complete(_ tag: HTMLTagScanner.Tag, _ traits: HTMLGuardTraits, _ surplus: [Range<Int>]) {
        guard !traits.contains(.raw) else { return cut(tag.range) }
        let before = open.count
        guard start(tag, traits) else {
            if open.count > before { pop(to: open.count - 1) }
            return
        }
        for range in surplus { cut(range) }
        let name = bytes[slice: (tag.range.lowerBound + 1)..<tag.range.upperBound].prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        let end = tag.range.upperBound
        cut(end..<end, leaving: "</" + ByteSlice(rebasing: name).string + ">")
        _ = self.end(tag, traits)
    }

    private static func escaped(_ text: ByteSlice) -> String {
        var escaped: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// Scripts and style sheets go, but for those that hold a formula, and what is there for browsers without scripts.
    private mutating func raw(_ tag: HTMLTagScanner.Tag, _ scanner: inout HTMLTagScanner) {
        if tag.key == GUMBO_TAG_PLAINTEXT.rawValue { return scanner.skipAll() }
        scanner.skipRawText(of: tag)
        let isScript = tag.key == GUMBO_TAG_SCRIPT.rawValue
        guard isScript || tag.key == GUMBO_TAG_STYLE.rawValue || tag.key == GUMBO_TAG_NOSCRIPT.rawValue else { return }
        if isScript, bytes[slice: tag.range].place(ofKeyword: "math/tex") != nil { return }
        cut(tag.range.upperBound..<scanner.position)
    }

    // MARK: Tags

    /// False when the tag was taken out.
    private mutating func start(_ tag: HTMLTagScanner.Tag, _ traits: HTMLGuardTraits) -> Bool {
        if traits.contains(.closesParagraph) { close(GUMBO_TAG_P.rawValue, within: [.scope], orAt: GUMBO_TAG_BUTTON.rawValue) }
        if traits.contains(.tablePart) {
            guard enterTablePart(tag.key) else { return true }
        }
        closeSiblings(of: tag.key, traits)
        if !traits.contains(.special), closedFormatting > 0 { openAgain(before: tag.range.lowerBound) }
        guard traits.isDisjoint(with: [.void, .notPushed]), !(foreign > 0 && tag.isSelfClosing) else { return true }
        if traits.contains(.meaningless), tag.attributes == 0, foreign == 0 {
            push(Open(key: tag.key, isCut: true))
            cut(tag.range)
            return false
        }
        if traits.contains(.formatting), !admitFormatting(tag) {
            formattingCuts += 1
            cut(tag.range)
            return false
        }
        let isCut = depth >= Self.deepest
        push(Open(key: tag.key, isFormatting: traits.contains(.formatting), isCut: isCut))
        if isCut {
            nestingCuts += 1
            if traits.contains(.formatting) { removeFormatting(at: formatting.count - 1) }
            cut(tag.range, leaving: traits.contains(.special) || traits.contains(.closesParagraph) ? "<br>" : "")
            return false
        }
        depth += 1
        if traits.contains(.marker) { formatting.append(Formatting(key: .max, hash: 0, attributes: 0)) }
        if traits.contains(.foreign) { foreign += 1 }
        return true
    }

    private mutating func end(_ tag: HTMLTagScanner.Tag, _ traits: HTMLGuardTraits) -> Bool {
        if traits.contains(.formatting) {
            if let place = formatting.lastIndex(where: { $0.isMarker || $0.key == tag.key }), !formatting[place].isMarker { removeFormatting(at: place) }
            if let place = open.suffix(Self.lookBack).lastIndex(where: { $0.key == tag.key || isScope($0.key) }), open[place].key == tag.key {
                let isCut = open.remove(at: place).isCut
                count(tag.key, -1)
                if isCut { cut(tag.range) } else { depth -= 1 }
                return !isCut
            }
            return true
        }
        guard tag.key >= HTMLTagScanner.unknown || counts[Int(tag.key)] > 0 else { return true }
        let isTable = traits.contains(.tablePart) || tag.key == GUMBO_TAG_TABLE.rawValue
        guard let place = open.suffix(Self.lookBack).lastIndex(where: { entry in
            entry.key == tag.key || (isTable ? entry.key == GUMBO_TAG_TABLE.rawValue : isScope(entry.key))
        }), open[place].key == tag.key else { return true }
        let isCut = open[place].isCut
        if isCut { cut(tag.range) }
        pop(to: place)
        return !isCut
    }

    private func isScope(_ key: UInt32) -> Bool { HTMLGuardTraits.of(key).contains(.scope) }

    /// Closes what a row, cell or group closes; false outside of any table, where the tag is ignored.
    private mutating func enterTablePart(_ key: UInt32) -> Bool {
        guard counts[Int(GUMBO_TAG_TABLE.rawValue)] > 0 || counts[Int(GUMBO_TAG_TEMPLATE.rawValue)] > 0 else { return false }
        let cell = key == GUMBO_TAG_TD.rawValue || key == GUMBO_TAG_TH.rawValue
        let row = key == GUMBO_TAG_TR.rawValue
        guard let stop = open.suffix(Self.lookBack).lastIndex(where: { entry in
            if entry.key == GUMBO_TAG_TABLE.rawValue || entry.key == GUMBO_TAG_TEMPLATE.rawValue { return true }
            if cell { return entry.key == GUMBO_TAG_TR.rawValue }
            let isGroup = entry.key == GUMBO_TAG_TBODY.rawValue || entry.key == GUMBO_TAG_THEAD.rawValue || entry.key == GUMBO_TAG_TFOOT.rawValue
            return row && isGroup
        }) else { return false }
        pop(to: stop + 1)
        return true
    }

    private mutating func closeSiblings(of key: UInt32, _ traits: HTMLGuardTraits) {
        switch GumboTag(rawValue: key) {
        case GUMBO_TAG_LI: closeSibling([key])
        case GUMBO_TAG_DD, GUMBO_TAG_DT: closeSibling([GUMBO_TAG_DD.rawValue, GUMBO_TAG_DT.rawValue])
        case GUMBO_TAG_OPTION, GUMBO_TAG_OPTGROUP:
            if open.last?.key == GUMBO_TAG_OPTION.rawValue { pop(to: open.count - 1) }
        case GUMBO_TAG_BUTTON: close(key, within: [.scope])
        case GUMBO_TAG_TABLE:
            if let last = open.last, last.key == key || HTMLGuardTraits.of(last.key).contains(.tablePart), !isScope(last.key) || last.key == key {
                close(key, within: [])
            }
        default:
            if traits.contains(.heading), let last = open.last, HTMLGuardTraits.of(last.key).contains(.heading) { pop(to: open.count - 1) }
        }
    }

    private mutating func closeSibling(_ keys: [UInt32]) {
        for place in open.indices.suffix(Self.lookBack).reversed() {
            let key = open[place].key
            if keys.contains(key) { return pop(to: place) }
            let isOpenBox = key == GUMBO_TAG_DIV.rawValue || key == GUMBO_TAG_P.rawValue || key == GUMBO_TAG_ADDRESS.rawValue
            if HTMLGuardTraits.of(key).contains(.special), !isOpenBox { return }
        }
    }

    private mutating func close(_ key: UInt32, within limit: HTMLGuardTraits, orAt other: UInt32? = nil) {
        guard counts[Int(key)] > 0 else { return }
        for place in open.indices.suffix(Self.lookBack).reversed() {
            if open[place].key == key { return pop(to: place) }
            if open[place].key == other || !HTMLGuardTraits.of(open[place].key).isDisjoint(with: limit) { return }
        }
    }

    private mutating func push(_ entry: Open) {
        open.append(entry)
        count(entry.key, 1)
    }

    private mutating func count(_ key: UInt32, _ change: Int) {
        if key < HTMLTagScanner.unknown { counts[Int(key)] += change }
    }

    private mutating func pop(to length: Int) {
        while open.count > length {
            let entry = open.removeLast()
            count(entry.key, -1)
            guard !entry.isCut else { continue }
            depth -= 1
            let traits = HTMLGuardTraits.of(entry.key)
            if traits.contains(.foreign) { foreign -= 1 }
            if traits.contains(.marker) {
                while let last = formatting.popLast(), !last.isMarker { if !last.isOpen { closedFormatting -= 1 } }
            } else if entry.isFormatting, let place = formatting.lastIndex(where: { $0.key == entry.key && $0.isOpen }) {
                formatting[place].isOpen = false
                closedFormatting += 1
            }
        }
    }

    /// How far back an open element is looked for: further than gumbo can have any.
    private static let lookBack = 600

    // MARK: Formatting

    private mutating func admitFormatting(_ tag: HTMLTagScanner.Tag) -> Bool {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes[slice: tag.range]))
        let hash = hasher.finalize()
        var count = 0
        var same: [Int] = []
        for place in formatting.indices.reversed() {
            if formatting[place].isMarker { break }
            count += 1
            if formatting[place].hash == hash { same.append(place) }
        }
        guard count < Self.mostFormatting, copies > 0 else { return false }
        // "Noah's Ark": of equal elements only three wait.
        if same.count >= 3, let first = same.last { removeFormatting(at: first) }
        if tag.key == GUMBO_TAG_A.rawValue, let place = formatting.lastIndex(where: { $0.isMarker || $0.key == tag.key }), !formatting[place].isMarker {
            removeFormatting(at: place)
        }
        formatting.append(Formatting(key: tag.key, hash: hash, attributes: min(tag.attributes, HTMLTagScanner.mostAttributes)))
        return true
    }

    private mutating func removeFormatting(at place: Int) {
        if !formatting.remove(at: place).isOpen { closedFormatting -= 1 }
    }

    /// The tree builder opens again what a block's end closed; when that has cost too much, end tags are put in instead.
    private mutating func openAgain(before place: Int) {
        var waiting: [Int] = []
        for place in formatting.indices.reversed() {
            if formatting[place].isMarker { break }
            if !formatting[place].isOpen { waiting.append(place) }
        }
        guard !waiting.isEmpty else { return }
        for index in waiting { copies -= 1 + formatting[index].attributes }
        if copies > 0 {
            for index in waiting.reversed() {
                formatting[index].isOpen = true
                closedFormatting -= 1
                push(Open(key: formatting[index].key, isFormatting: true))
                depth += 1
            }
        } else {
            for index in waiting {
                let name = gumbo_normalized_tagname(GumboTag(rawValue: formatting[index].key))
                cut(place..<place, leaving: "</\(ByteSlice(cString: name).string)>")
                removeFormatting(at: index)
                formattingCuts += 1
            }
        }
    }

    // MARK: Rewriting

    /// White space that collapses anyway shrinks to its first byte: pages printed with indentation are half spaces.
    private mutating func cutSpace(_ range: Range<Int>) {
        guard !keepsSpace, counts[Int(GUMBO_TAG_PRE.rawValue)] == 0, counts[Int(GUMBO_TAG_LISTING.rawValue)] == 0 else { return }
        var index = range.lowerBound
        while index < range.upperBound {
            guard ByteSlice.isSpace(bytes[index]) else {
                index += 1
                continue
            }
            let first = index
            repeat { index += 1 } while index < range.upperBound && ByteSlice.isSpace(bytes[index])
            if index - first > 2 { cut((first + 1)..<index) }
        }
    }

    private mutating func cut(_ range: Range<Int>, leaving replacement: String = "") {
        copy(upTo: range.lowerBound)
        if !replacement.isEmpty { page.append(contentsOf: replacement.utf8) }
        copied = max(copied, range.upperBound)
    }

    private mutating func copy(upTo end: Int) {
        if end > copied { page.append(contentsOf: bytes[slice: copied..<end]) }
        copied = end
    }
}
