// SPDX-License-Identifier: Apache-2.0

/// What stands beside a mark of emphasis, which decides whether the mark opens or closes (CommonMark 6.2).
enum MarkdownFlank {
    case space, punctuation, word

    init(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            self = ASCII.isSpace(byte) ? .space : ASCII.isPunctuation(byte) ? .punctuation : .word
            return
        }
        switch scalar.properties.generalCategory {
        case .spaceSeparator: self = .space
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation,
            .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            self = .punctuation
        default: self = .word
        }
    }

    /// The end of what has been written; nothing counts as white space.
    init(endOf bytes: [UInt8]) {
        guard let last = bytes.last else {
            self = .space
            return
        }
        var start = bytes.count - 1
        while last >= 0x80, start > 0, start > bytes.count - 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        self.init(scalarOf: bytes[start...])
    }

    /// The character that begins at `index`; the end counts as white space.
    init(at index: Int, of text: UnsafeBufferPointer<UInt8>) {
        self.init(scalarOf: text[min(index, text.count)..<min(index + 4, text.count)])
    }

    private init(scalarOf bytes: some Sequence<UInt8>) {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&iterator) { self.init(scalar) } else { self = .space }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool { Self(scalar) == .space }
}
