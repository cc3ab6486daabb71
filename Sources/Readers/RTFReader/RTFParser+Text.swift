// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding

extension RTFParser {
    /// Text as it stands in the file.
    mutating func take(_ all: UnsafeBufferPointer<UInt8>) {
        var bytes = all
        if skipped > 0 {
            let count = min(skipped, bytes.count)
            skipped -= count
            bytes = UnsafeBufferPointer(rebasing: bytes[count...])
        }
        guard !bytes.isEmpty else { return }
        switch state.destination {
        case .body: body(bytes)
        case .picture: pictures.take(hex: bytes)
        case .objectBytes: objects.take(hex: bytes)
        case .fontTable: fonts.name(codePage.text(UnsafeRawBufferPointer(bytes)))
        case .styleSheet: styles.name(codePage.text(UnsafeRawBufferPointer(bytes)))
        case .levelText, .instruction, .fact, .generator, .bookmark, .author, .objectClass, .shapeName, .shapeValue, .listText:
            guard aside.count < 100_000 else { return }
            if raw.isEmpty, Self.isASCII(bytes) { aside += bytes } else { raw += bytes }
        case .listTable, .oldNumbering, .info, .moment, .silent: return
        }
    }

    mutating func take(byte: UInt8) {
        if skipped > 0 { return skipped -= 1 }
        // In a level's text the byte is the number of a level.
        if state.destination == .levelText {
            if aside.count < 1_000 { aside.append(byte) }
            return
        }
        withUnsafeBytes(of: byte) { take($0.bindMemory(to: UInt8.self)) }
    }

    mutating func take(symbol: UInt8) {
        switch symbol {
        case UInt8(ascii: "*"): markStarred()
        case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): take(byte: symbol)
        case UInt8(ascii: "~"): put("\u{A0}")
        case UInt8(ascii: "_"): put("\u{2011}")
        case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "|"): return
        case 0x0A, 0x0D: take(.par, nil)
        case 0x09: put("\t")
        default: return
        }
    }

    /// `\u`: a UTF-16 unit as a signed number, with characters behind it for readers that do not know it.
    mutating func take(unicode number: Int) {
        flushRaw()
        skipped = state.fallback
        let unit = UInt16(truncatingIfNeeded: number)
        if state.destination == .levelText { return aside.append(UInt8(ascii: "?")) }
        if let high = surrogate {
            surrogate = nil
            if unit >= 0xDC00, unit < 0xE000, let scalar = Unicode.Scalar(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00) {
                return putUncounted(String(Character(scalar)))
            }
            putUncounted("\u{FFFD}")
        }
        switch unit {
        case 0xD800..<0xDC00: surrogate = unit
        case 0xF000...0xF0FF: putUncounted(SymbolFont.text(font: fonts.name(state.font), code: UInt32(unit)))
        case 0xFEFF: return
        case 0..<0x20:
            if unit == 9 { putUncounted("\t") }
        default: putUncounted(Unicode.Scalar(unit).map { String(Character($0)) } ?? "\u{FFFD}")
        }
    }

    /// A character that a control word stands for.
    mutating func put(_ string: String) {
        if skipped > 0 { return skipped -= 1 }
        flushRaw()
        putUncounted(string)
    }

    private mutating func putUncounted(_ string: String) {
        switch state.destination {
        case .body:
            guard isShown(string.utf8.contains { $0 > 0x20 }) else { return }
            prepare()
            text += string.utf8
        case .fact, .instruction, .author, .bookmark, .listText, .shapeName, .shapeValue: if aside.count < 100_000 { aside += string.utf8 }
        case .fontTable: fonts.name(string)
        case .styleSheet: styles.name(string)
        default: return
        }
    }

    private mutating func body(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isShown(bytes.contains { $0 > 0x20 }) else { return }
        if fonts.isSymbol(state.font) {
            prepare()
            let name = fonts.name(state.font)
            for byte in bytes { text += (byte <= 0x20 ? " " : SymbolFont.text(font: name, code: UInt32(byte))).utf8 }
        } else if raw.isEmpty, Self.isASCII(bytes) {
            prepare()
            text.append(contentsOf: bytes)
        } else {
            raw += bytes
        }
    }

    private mutating func isShown(_ hasText: Bool) -> Bool {
        if state.isHidden, hasText { diagnostics.report("hidden-text", "hidden text was left out") }
        return !state.isHidden && !state.isDeleted
    }

    /// Makes room for text in the state's marks.
    private mutating func prepare() {
        var marks = state.marks
        if state.isCode || fonts.isMonospaced(state.font) { marks.insert(.code) }
        guard marks != textMarks || state.link != textLink else { return }
        flushText()
        textMarks = marks
        textLink = state.link
    }

    /// Decodes the bytes that wait, in the font's charset.
    mutating func flushRaw() {
        guard !raw.isEmpty else { return }
        let page = fonts.codePage(state.font) ?? codePage
        let string = raw.withUnsafeBytes { page.text($0) }
        raw.removeAll(keepingCapacity: true)
        if string.unicodeScalars.contains("\u{FFFD}") { diagnostics.report("text-undecodable", "bytes that are no text in the charset became U+FFFD") }
        if state.destination == .body {
            prepare()
            text += string.utf8.lazy.filter { $0 >= 0x20 || $0 == 0x09 }
        } else {
            aside += string.utf8
        }
    }

    mutating func flushText() {
        flushRaw()
        guard !text.isEmpty else { return }
        flows[flows.count - 1].runs.add(String(decoding: text, as: UTF8.self), textMarks, textLink >= 0 ? links[textLink] : nil)
        text.removeAll(keepingCapacity: true)
    }

    mutating func lineBreak() {
        guard state.destination == .body else { return put(" ") }
        guard !state.isHidden, !state.isDeleted else { return }
        flushText()
        flows[flows.count - 1].runs.add(.lineBreak, state.marks, state.link >= 0 ? links[state.link] : nil)
    }

    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var at = 0
        while at &+ 8 <= raw.count {
            if raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
            at &+= 8
        }
        while at < raw.count {
            if raw[at] >= 0x80 { return false }
            at &+= 1
        }
        return true
    }
}
