// SPDX-License-Identifier: Apache-2.0

/// Checks JSON without building it: no recursion, one bit of memory per level. Values one after another are JSON lines.
struct JSONScan {
    struct Outcome: Equatable {
        /// The line of the first fault, from 1; nil for JSON.
        var faultLine: Int?
        var depth = 0
    }

    private enum Expectation { case value, firstValue, key, firstKey, colon, separator }

    static func run(_ text: UnsafeBufferPointer<UInt8>) -> Outcome {
        var scan = JSONScan(text: text)
        let isValid = scan.check()
        var outcome = Outcome(depth: scan.deepest)
        if !isValid { outcome.faultLine = 1 + text.prefix(scan.at).reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
        return outcome
    }

    private let text: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var deepest = 0
    /// True for an object.
    private var stack: [Bool] = []

    private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    private mutating func check() -> Bool {
        var next = Expectation.value
        while true {
            while at < text.count, text[at] == 0x20 || text[at] >= 0x09 && text[at] <= 0x0D { at += 1 }
            guard at < text.count else { return stack.isEmpty && next != .colon }
            let byte = text[at]
            switch (next, byte) {
            case (.firstValue, UInt8(ascii: "]")), (.firstKey, UInt8(ascii: "}")):
                at += 1
                next = close()
            case (.value, _), (.firstValue, _):
                if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                    stack.append(byte == UInt8(ascii: "{"))
                    deepest = max(deepest, stack.count)
                    at += 1
                    next = byte == UInt8(ascii: "{") ? .firstKey : .firstValue
                } else {
                    guard scalar() else { return false }
                    next = stack.isEmpty ? .value : .separator
                }
            case (.key, UInt8(ascii: "\"")), (.firstKey, UInt8(ascii: "\"")):
                guard string() else { return false }
                next = .colon
            case (.colon, UInt8(ascii: ":")):
                at += 1
                next = .value
            case (.separator, UInt8(ascii: ",")):
                at += 1
                next = stack.last == true ? .key : .value
            case (.separator, UInt8(ascii: "}")) where stack.last == true, (.separator, UInt8(ascii: "]")) where stack.last == false:
                at += 1
                next = close()
            default: return false
            }
        }
    }

    private mutating func close() -> Expectation {
        stack.removeLast()
        return stack.isEmpty ? .value : .separator
    }

    private mutating func scalar() -> Bool {
        if text[at] == UInt8(ascii: "\"") { return string() }
        for word in ["true", "false", "null"] where text[at...].starts(with: word.utf8) {
            at += word.utf8.count
            return true
        }
        return number()
    }

    private mutating func string() -> Bool {
        at += 1
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "\""):
                at += 1
                return true
            case UInt8(ascii: "\\"): at += 2
            case ..<0x20: return false
            default: at += 1
            }
        }
        at = text.count
        return false
    }

    private mutating func number() -> Bool {
        if text[at] == UInt8(ascii: "-") { at += 1 }
        guard digits() else { return false }
        if at < text.count, text[at] == UInt8(ascii: ".") {
            at += 1
            guard digits() else { return false }
        }
        if at < text.count, text[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < text.count, text[at] == UInt8(ascii: "+") || text[at] == UInt8(ascii: "-") { at += 1 }
            guard digits() else { return false }
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = at
        while at < text.count, text[at] >= 0x30, text[at] <= 0x39 { at += 1 }
        return at > start
    }
}
