// SPDX-License-Identifier: Apache-2.0
import MIME

/// HTML that Outlook has wrapped in RTF ([MS-OXRTFEX]), taken out of it again as UTF-8.
///
/// Tags stand in `\*\htmltag` groups, what is between `\htmlrtf` and `\htmlrtf0` is for readers of RTF only.
struct EncapsulatedHTML {
    private struct State {
        var isHidden = false
        var isTag = false
        /// In a destination whose text is no text.
        var isSkipped = false
        /// Characters that stand for a Unicode character in older readers.
        var unicodeSkip = 1
        var charset: String?
    }

    private let rtf: [UInt8]
    private var at = 0
    private var out: [UInt8] = []
    private var pending: [UInt8] = []
    private var stack: [State] = []
    private var state = State()
    private var fonts: [Int: String] = [:]
    private var definedFont: Int?
    private var standard: String?
    private var toSkip = 0
    /// The first half of a character beyond U+FFFF.
    private var surrogate = 0

    /// nil when the RTF holds no HTML.
    static func html(in rtf: [UInt8]) -> [UInt8]? {
        guard rtf.starts(with: "{\\rtf".utf8), let mark = rtf.prefix(1_024).withUnsafeBytes({ Self.place(of: "\\fromhtml1", in: $0) }), mark > 0 else { return nil }
        var reading = EncapsulatedHTML(rtf)
        reading.read()
        return reading.out
    }

    private init(_ rtf: [UInt8]) { self.rtf = rtf }

    private static func place(of word: String, in bytes: UnsafeRawBufferPointer) -> Int? {
        let word = Array(word.utf8)
        guard bytes.count >= word.count else { return nil }
        return (0...(bytes.count - word.count)).first { bytes[$0..<($0 + word.count)].elementsEqual(word) }
    }

    private mutating func read() {
        out.reserveCapacity(rtf.count)
        while at < rtf.count {
            let byte = rtf[at]
            switch byte {
            case UInt8(ascii: "{"):
                flush()
                if stack.count < 1_000 { stack.append(state) }
                toSkip = 0
                at += 1
            case UInt8(ascii: "}"):
                flush()
                if let outer = stack.popLast() { state = outer }
                toSkip = 0
                at += 1
            case UInt8(ascii: "\\"): control()
            case 0x0D, 0x0A: at += 1
            default:
                text(byte)
                at += 1
            }
        }
        flush()
    }

    // MARK: Text

    private var isShown: Bool { !state.isSkipped && (state.isTag || !state.isHidden) }

    private mutating func text(_ byte: UInt8) {
        if toSkip > 0 {
            toSkip -= 1
        } else if isShown {
            if byte < 0x80, pending.isEmpty { out.append(byte) } else { pending.append(byte) }
        }
    }

    /// Bytes of a code page wait for their neighbours: a character may be two of them.
    private mutating func flush() {
        guard !pending.isEmpty else { return }
        out += EncodedWords.text(pending, state.charset ?? standard ?? "windows-1252")
        pending = []
    }

    private mutating func markup(_ text: String) {
        guard isShown else { return }
        flush()
        out += text.utf8
    }

    // MARK: Control words

    private mutating func control() {
        guard at + 1 < rtf.count else {
            at = rtf.count
            return
        }
        let next = rtf[at + 1]
        if next | 0x20 >= 0x61, next | 0x20 <= 0x7A { return word() }
        at += 2
        switch next {
        case UInt8(ascii: "'"):
            guard at + 1 < rtf.count, let byte = TransferEncoding.hexByte(rtf[at], rtf[at + 1]) else { return }
            at += 2
            if toSkip > 0 { toSkip -= 1 } else if isShown { pending.append(byte) }
        case UInt8(ascii: "*"): destination()
        case UInt8(ascii: "~"): markup("&nbsp;")
        case UInt8(ascii: "_"): markup("&#8209;")
        case UInt8(ascii: "-"): markup("&shy;")
        case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): text(next)
        default: break
        }
    }

    private mutating func word() {
        at += 1
        let start = at
        while at < rtf.count, at - start < 40, rtf[at] | 0x20 >= 0x61, rtf[at] | 0x20 <= 0x7A { at += 1 }
        let name = String(decoding: rtf[start..<at], as: UTF8.self)
        let digits = at
        if at < rtf.count, rtf[at] == UInt8(ascii: "-") { at += 1 }
        while at < rtf.count, at - digits < 12, rtf[at] >= 0x30, rtf[at] <= 0x39 { at += 1 }
        let number = Int(String(decoding: rtf[digits..<at], as: UTF8.self))
        if at < rtf.count, rtf[at] == 0x20 { at += 1 }
        act(name, number)
    }

    private mutating func act(_ name: String, _ number: Int?) {
        switch name {
        case "htmlrtf":
            flush()
            state.isHidden = number != 0
        case "htmltag":
            flush()
            state.isTag = true
        case "fonttbl", "colortbl", "stylesheet", "info", "pict", "listtable", "header", "footer":
            flush()
            state.isSkipped = true
        case "ansicpg": standard = number.flatMap(MAPICodePage.label)
        case "uc": state.unicodeSkip = max(0, min(number ?? 1, 10))
        case "u":
            if let number, isShown { unicode(number < 0 ? number + 65_536 : number) }
            toSkip = state.unicodeSkip
        case "f": font(number ?? 0)
        case "fcharset": if let definedFont, let label = number.flatMap(Self.charset) { fonts[definedFont] = label }
        case "par", "line": markup("\r\n")
        case "tab": markup("\t")
        case "lquote": markup("&lsquo;")
        case "rquote": markup("&rsquo;")
        case "ldblquote": markup("&ldquo;")
        case "rdblquote": markup("&rdquo;")
        case "bullet": markup("&bull;")
        case "endash": markup("&ndash;")
        case "emdash": markup("&mdash;")
        case "bin": at = min(rtf.count, at + max(0, number ?? 0))
        default: break
        }
    }

    private mutating func unicode(_ unit: Int) {
        switch unit {
        case 0xD800...0xDBFF: surrogate = unit
        case 0xDC00...0xDFFF: markup("&#\(max(0, surrogate - 0xD800) * 1_024 + unit - 0xDC00 + 0x10000);")
        default: markup("&#\(unit);")
        }
    }

    private mutating func font(_ number: Int) {
        if state.isSkipped {
            definedFont = number
        } else {
            flush()
            state.charset = fonts[number]
        }
    }

    /// Of destinations that readers may skip only the tags are wanted.
    private mutating func destination() {
        flush()
        let isTag = rtf[at...].starts(with: "\\htmltag".utf8)
        if !isTag { state.isSkipped = true }
    }

    /// Numbers of font charsets (RTF 1.9.1, "Font table").
    private static func charset(_ number: Int) -> String? {
        switch number {
        case 0: "windows-1252"
        case 77: "macintosh"
        case 128: "shift_jis"
        case 129: "euc-kr"
        case 134: "gbk"
        case 136: "big5"
        case 161: "windows-1253"
        case 162: "windows-1254"
        case 163: "windows-1258"
        case 177: "windows-1255"
        case 178: "windows-1256"
        case 186: "windows-1257"
        case 204: "windows-1251"
        case 222: "cp874"
        case 238: "windows-1250"
        default: nil
        }
    }
}
