// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Cuts RTF into braces, control words and text, without copying (RTF 1.9.1, "Basic Entities").
struct RTFTokenizer {
    enum Token {
        case open, close
        case word(RTFWord, Int?)
        /// A control symbol but for the apostrophe.
        case symbol(UInt8)
        /// `\'hh`, one byte of text.
        case byte(UInt8)
        case text(UnsafeBufferPointer<UInt8>)
        /// What `\bin` announces.
        case binary(UnsafeBufferPointer<UInt8>)
        case finished
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var at = 0
    /// Bytes still to be handed out as binary data.
    private var binary: Int?

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { at >= bytes.count }

    mutating func next() -> Token {
        if let count = binary {
            binary = nil
            let start = at
            at = count > bytes.count &- at ? bytes.count : at &+ count
            return .binary(slice(start, at))
        }
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "{"):
                at &+= 1
                return .open
            case UInt8(ascii: "}"):
                at &+= 1
                return .close
            case UInt8(ascii: "\\"):
                at &+= 1
                return control()
            case 0x0A, 0x0D, 0x00: at &+= 1
            default:
                let start = at
                at &+= 1
                while at < bytes.count, !Self.isSpecial(bytes[at]) { at &+= 1 }
                return .text(slice(start, at))
            }
        }
        return .finished
    }

    /// Passes over the rest of the group that is open, its closing brace included.
    mutating func skipGroup() {
        var depth = 1
        while at < bytes.count {
            let byte = bytes[at]
            at &+= 1
            switch byte {
            case UInt8(ascii: "{"): depth &+= 1
            case UInt8(ascii: "}"):
                depth &-= 1
                if depth == 0 { return }
            case UInt8(ascii: "\\"):
                guard at < bytes.count else { return }
                if bytes[at] == UInt8(ascii: "b") {
                    if case .word(.bin, _) = control() { _ = next() }
                } else if !Self.isLetter(bytes[at]) {
                    at &+= 1
                }
            default: continue
            }
        }
    }

    private func slice(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[start..<min(end, bytes.count)]) }

    /// Behind the backslash.
    private mutating func control() -> Token {
        guard at < bytes.count else { return .finished }
        let first = bytes[at]
        guard Self.isLetter(first) else {
            at &+= 1
            guard first == UInt8(ascii: "'") else { return .symbol(first) }
            guard at &+ 1 < bytes.count, let high = Self.digit(bytes[at]), let low = Self.digit(bytes[at &+ 1]) else { return .symbol(first) }
            at &+= 2
            return .byte(high << 4 | low)
        }
        let start = at
        while at < bytes.count, Self.isLetter(bytes[at]), at &- start < 40 { at &+= 1 }
        let word = RTFWord.named(slice(start, at))
        let parameter = number()
        // One space belongs to the word.
        if at < bytes.count, bytes[at] == 0x20 { at &+= 1 }
        if word == .bin { binary = max(0, parameter ?? 0) }
        return .word(word, parameter)
    }

    private mutating func number() -> Int? {
        var isNegative = false
        var digits = at
        if digits < bytes.count, bytes[digits] == UInt8(ascii: "-") {
            isNegative = true
            digits &+= 1
        }
        var value = 0
        let start = digits
        while digits < bytes.count, bytes[digits] >= 0x30, bytes[digits] <= 0x39 {
            // More digits than any number has are passed over.
            if digits &- start < 12 { value = value &* 10 &+ Int(bytes[digits] &- 0x30) }
            digits &+= 1
        }
        guard digits > start else { return nil }
        at = digits
        return isNegative ? -value : value
    }

    static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    @inline(__always)
    private static func isSpecial(_ byte: UInt8) -> Bool { byte == 0x5C || byte == 0x7B || byte == 0x7D || byte == 0x0A || byte == 0x0D || byte == 0 }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }
}
