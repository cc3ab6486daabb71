// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import Glibc

/// Takes the fields of a delimited text as they are found. A field's bytes are valid during the call.
protocol CSVConsumer {
    mutating func field(_ bytes: UnsafeBufferPointer<UInt8>)
    mutating func endRow() throws(SinkError)
    /// A quotation mark where RFC 4180 allows none.
    mutating func strayQuote()
    /// A field longer than `CSVTokenizer.longestField`; its rest is lost.
    mutating func fieldCut()
}

/// Cuts delimited text into fields (RFC 4180, read generously), fed piece by piece in bounded memory.
///
///     field start ──"──▶ quoted ──"──▶ quote seen ──,──▶ field start
///         │                ▲──────"──────┘   └─any──▶ unquoted (what follows is kept)
///         └──any──▶ unquoted ──,──▶ field start
///
/// Rows end with LF, CRLF or CR. White space around an unquoted field is no part of it. A quoted field that does not end
/// within `longestField` was none: its mark is text, and what was read is read again.
struct CSVTokenizer {
    static let longestField = 4 << 20
    /// Marks found to be text before quotes are not believed any more.
    private static let mostFalseQuotes = 8

    private enum State { case fieldStart, unquoted, quoted, quoteSeen }

    private let delimiter: UInt8
    private var state = State.fieldStart
    /// The part of the current field that came in earlier pieces, or was quoted.
    private var buffer: [UInt8] = []
    private var skipsLineFeed = false
    private var rowHasFields = false
    private var falseQuotes = 0
    private var isCut = false

    /// Nil for text of a single column.
    init(delimiter: UInt8?) { self.delimiter = delimiter ?? 0x0A }

    mutating func feed<Consumer: CSVConsumer>(_ bytes: UnsafeBufferPointer<UInt8>, to consumer: inout Consumer) throws(SinkError) {
        var index = 0
        while index < bytes.count {
            switch state {
            case .fieldStart:
                let byte = bytes[index]
                if skipsLineFeed, byte == 0x0A {
                    index += 1
                } else if byte == 0x20 || byte == 0x09, byte != delimiter {
                    index += 1
                } else if byte == 0x22, falseQuotes < Self.mostFalseQuotes {
                    state = .quoted
                    index += 1
                } else {
                    state = .unquoted
                }
                skipsLineFeed = false
            case .unquoted:
                let start = index
                while index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
                if index == bytes.count {
                    keep(bytes, start..<index, &consumer)
                } else {
                    let end = bytes[index]
                    if buffer.isEmpty {
                        consumer.field(Self.trimmed(bytes, start..<index))
                    } else {
                        keep(bytes, start..<index, &consumer)
                        giveBuffer(to: &consumer, trimmed: true)
                    }
                    index += 1
                    try endField(with: end, &consumer)
                }
            case .quoted:
                guard let base = bytes.baseAddress else { return }
                let found = memchr(base + index, 0x22, bytes.count - index).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
                let end = found ?? bytes.count
                if buffer.count + end - index > Self.longestField {
                    try reread(bytes, &index, &consumer)
                } else {
                    buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<end]))
                    index = end
                    if found != nil {
                        state = .quoteSeen
                        index += 1
                    }
                }
            case .quoteSeen:
                let byte = bytes[index]
                if byte == 0x22 {
                    buffer.append(0x22)
                    state = .quoted
                    index += 1
                } else if byte == delimiter || byte == 0x0A || byte == 0x0D {
                    giveBuffer(to: &consumer, trimmed: false)
                    index += 1
                    try endField(with: byte, &consumer)
                } else if byte == 0x20 || byte == 0x09 {
                    index += 1
                } else {
                    consumer.strayQuote()
                    state = .unquoted
                }
            }
        }
    }

    /// After the last piece.
    mutating func finish<Consumer: CSVConsumer>(to consumer: inout Consumer) throws(SinkError) {
        while state == .quoted {
            var index = 0
            try reread(UnsafeBufferPointer(start: nil, count: 0), &index, &consumer)
        }
        if state != .fieldStart || !buffer.isEmpty {
            giveBuffer(to: &consumer, trimmed: state == .unquoted)
            try consumer.endRow()
        } else if rowHasFields {
            consumer.field(UnsafeBufferPointer(start: nil, count: 0))
            try consumer.endRow()
        }
        state = .fieldStart
        rowHasFields = false
    }

    private mutating func endField<Consumer: CSVConsumer>(with byte: UInt8, _ consumer: inout Consumer) throws(SinkError) {
        state = .fieldStart
        isCut = false
        if byte == delimiter, byte != 0x0A {
            rowHasFields = true
        } else {
            rowHasFields = false
            skipsLineFeed = byte == 0x0D
            try consumer.endRow()
        }
    }

    private mutating func keep<Consumer: CSVConsumer>(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ consumer: inout Consumer) {
        let room = max(0, Self.longestField - buffer.count)
        buffer.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range.prefix(room)]))
        if range.count > room, !isCut {
            isCut = true
            consumer.fieldCut()
        }
    }

    private mutating func giveBuffer<Consumer: CSVConsumer>(to consumer: inout Consumer, trimmed: Bool) {
        buffer.withUnsafeBufferPointer { consumer.field(trimmed ? Self.trimmed($0, 0..<$0.count) : $0) }
        buffer.removeAll(keepingCapacity: buffer.count < 1 << 16)
    }

    /// The quotation mark the field began with was text: reads the field again as unquoted.
    private mutating func reread<Consumer: CSVConsumer>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ consumer: inout Consumer
    ) throws(SinkError) {
        falseQuotes += 1
        consumer.strayQuote()
        let read = buffer
        buffer = [0x22]
        state = .unquoted
        // Doubled marks were folded; they stay single.
        var failure: SinkError?
        read.withUnsafeBufferPointer { bytes in
            do throws(SinkError) { try feed(bytes, to: &consumer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        var end = range.upperBound
        while end > range.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[range.lowerBound..<end])
    }
}
