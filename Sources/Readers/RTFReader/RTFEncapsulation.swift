// SPDX-License-Identifier: Apache-2.0
import TextDecoding

/// What mail programs wrap into RTF ([MS-OXRTFEX]): the HTML or text that a message was written in.
package enum RTFEncapsulation {
    package enum Content: Sendable, Hashable {
        /// HTML as UTF-8, whatever charset it names itself.
        case html([UInt8])
        /// Plain text as UTF-8.
        case text([UInt8])
    }

    /// nil when the RTF is a document by itself (2.1.3.1: the mark is among the first control words).
    package static func content(of bytes: UnsafeRawBufferPointer) -> Content? {
        var unwrapper = RTFUnwrapper(bytes.bindMemory(to: UInt8.self))
        return unwrapper.read()
    }
}

/// Takes encapsulated content out (2.1.3.2, 2.1.3.3): what stands in `\*\htmltag`, and text that is not within `\htmlrtf`.
struct RTFUnwrapper {
    private enum Place: UInt8 { case text, fonts, nowhere }

    private struct State {
        var place = Place.text
        /// Within `\htmlrtf`: there for readers of RTF only.
        var isSuppressed = false
        var isTag = false
        var font = -1
        var fallback = 1
    }

    private var tokens: RTFTokenizer
    private var out: [UInt8] = []
    private var raw: [UInt8] = []
    private var fonts = RTFFonts()
    private var codePage = CodePage(1_252)
    private var state = State()
    private var groups: [State] = []
    private var overflow = 0
    private var isHTML = false
    private var isText = false
    private var isStarred = false
    private var skipped = 0
    private var surrogate: UInt16?
    private static let deepest = 2_000
    /// Control words within which the mark must stand.
    private static let firstWords = 32

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        tokens = RTFTokenizer(bytes)
        out.reserveCapacity(bytes.count / 2)
    }

    mutating func read() -> RTFEncapsulation.Content? {
        var words = 0
        while true {
            switch tokens.next() {
            case .open:
                flush()
                skipped = 0
                isStarred = false
                if groups.count < Self.deepest { groups.append(state) } else { overflow += 1 }
            case .close:
                flush()
                skipped = 0
                if overflow > 0 { overflow -= 1 } else if let outer = groups.popLast() { state = outer }
            case .word(let word, let parameter):
                words += 1
                if !isHTML, !isText, words > Self.firstWords { return nil }
                take(word, parameter)
            case .text(let bytes): take(bytes)
            case .byte(let byte): withUnsafeBytes(of: byte) { take($0.bindMemory(to: UInt8.self)) }
            case .symbol(let symbol): take(symbol: symbol)
            case .binary: continue
            case .finished:
                flush()
                return isHTML ? .html(out) : isText ? .text(out) : nil
            }
        }
    }

    private mutating func take(_ word: RTFWord, _ parameter: Int?) {
        defer { isStarred = false }
        if state.place == .fonts {
            if word == .f { fonts.begin(parameter ?? 0) } else { fonts.word(word, parameter) }
            return
        }
        switch word {
        case .fromhtml: isHTML = parameter != 0
        case .fromtext: isText = true
        case .ansicpg: if let parameter, parameter > 0 { codePage = CodePage(parameter) }
        case .deff: fonts.standard = parameter ?? -1
        case .fonttbl: state.place = .fonts
        case .colortbl, .stylesheet, .info, .pict, .object, .pntext, .listtext, .listtable, .listoverridetable, .themedata, .mhtmltag, .generator: skip()
        case .htmltag:
            flush()
            state.isTag = true
            state.isSuppressed = false
        case .htmlrtf:
            flush()
            state.isSuppressed = parameter != 0
        case .f:
            flush()
            state.font = fonts.place(parameter ?? 0)
        case .plain:
            flush()
            state.font = -1
        case .uc: state.fallback = min(max(parameter ?? 1, 0), 16)
        case .u: take(unicode: parameter ?? 0)
        case .par, .line: put("\r\n")
        case .tab: put("\t")
        case .lquote: put("&lsquo;", plain: "‘")
        case .rquote: put("&rsquo;", plain: "’")
        case .ldblquote: put("&ldquo;", plain: "“")
        case .rdblquote: put("&rdquo;", plain: "”")
        case .bullet: put("&bull;", plain: "•")
        case .endash: put("&ndash;", plain: "–")
        case .emdash: put("&mdash;", plain: "—")
        default: if isStarred { skip() }
        }
    }

    private mutating func skip() {
        guard overflow == 0, groups.count > 1, let outer = groups.popLast() else { return }
        tokens.skipGroup()
        state = outer
    }

    private mutating func take(symbol: UInt8) {
        switch symbol {
        case UInt8(ascii: "*"): isStarred = true
        case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): withUnsafeBytes(of: symbol) { take($0.bindMemory(to: UInt8.self)) }
        case UInt8(ascii: "~"): put("&nbsp;", plain: "\u{A0}")
        case UInt8(ascii: "_"): put("&shy;", plain: "\u{AD}")
        case 0x0A, 0x0D: put("\r\n")
        case 0x09: put("\t")
        default: return
        }
    }

    private mutating func take(_ all: UnsafeBufferPointer<UInt8>) {
        var bytes = all
        if skipped > 0 {
            let count = min(skipped, bytes.count)
            skipped -= count
            bytes = UnsafeBufferPointer(rebasing: bytes[count...])
        }
        switch state.place {
        case .fonts: fonts.name(codePage.text(UnsafeRawBufferPointer(bytes)))
        case .nowhere: return
        case .text: if isWanted { raw += bytes }
        }
    }

    private var isWanted: Bool { state.isTag || !state.isSuppressed && groups.count > 0 }

    /// UTF-16 units; a tag's own text is in the document's charset, other text in the font's.
    private mutating func take(unicode number: Int) {
        flush()
        skipped = state.fallback
        guard state.place == .text, isWanted else { return }
        let unit = UInt16(truncatingIfNeeded: number)
        var scalar = Unicode.Scalar(unit)
        if unit >= 0xD800, unit < 0xDC00 {
            surrogate = unit
            return
        }
        if let high = surrogate, unit >= 0xDC00, unit < 0xE000 { scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00) }
        surrogate = nil
        out += String(Character(scalar ?? "\u{FFFD}")).utf8
    }

    private mutating func put(_ html: String, plain: String? = nil) {
        if skipped > 0 { return skipped -= 1 }
        flush()
        if state.place == .text, isWanted { out += (isHTML ? html : plain ?? html).utf8 }
    }

    private mutating func flush() {
        guard !raw.isEmpty else { return }
        let page = state.isTag ? codePage : fonts.codePage(state.font) ?? codePage
        out += raw.withUnsafeBytes { page.text($0) }.utf8
        raw.removeAll(keepingCapacity: true)
    }
}
