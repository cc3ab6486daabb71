// SPDX-License-Identifier: Apache-2.0

/// Checks text from a worker: UTF-8 (Unicode 17.0, table 3-7) across chunk borders, without control characters but tab and newline.
///
/// What it passes on are runs of whole characters, cut where a control character is left out.
struct TextCheck {
    /// The beginning of a character whose end comes with the next chunk.
    private var pending: [UInt8] = []

    /// Whether the text could end here.
    var isAtBorder: Bool { pending.isEmpty }

    /// False when the chunk is not UTF-8.
    mutating func pass(_ chunk: UnsafeRawBufferPointer, to take: (UnsafeRawBufferPointer) throws -> Void) rethrows -> Bool {
        var rest = chunk
        while !pending.isEmpty {
            guard let next = rest.first else { return true }
            pending.append(next)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
            let stop = try pending.withUnsafeBytes { piece in
                let (clean, stop) = TextScan.run(piece)
                if clean == piece.count { try take(piece) }
                return stop
            }
            switch stop {
            case .end, .control: pending.removeAll(keepingCapacity: true)
            case .incomplete: continue
            case .invalid: return false
            }
        }
        while !rest.isEmpty {
            let (clean, stop) = TextScan.run(rest)
            if clean > 0 { try take(UnsafeRawBufferPointer(rebasing: rest.prefix(clean))) }
            switch stop {
            case .end: return true
            case .control(let width): rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(clean + width))
            case .incomplete:
                pending.append(contentsOf: rest.dropFirst(clean))
                return true
            case .invalid: return false
            }
        }
        return true
    }
}

/// The search for the first thing that may not pass.
enum TextScan {
    enum Stop: Equatable {
        case end
        /// A control character of so many bytes.
        case control(Int)
        /// The chunk ends within a character.
        case incomplete
        case invalid
    }

    /// How many bytes from the start are whole, allowed characters, and what follows them.
    static func run(_ bytes: UnsafeRawBufferPointer) -> (clean: Int, stop: Stop) {
        guard let start = bytes.baseAddress else { return (0, .end) }
        let count = bytes.count
        var at = 0
        while true {
            while at &+ 8 <= count, isPlain(start.loadUnaligned(fromByteOffset: at, as: UInt64.self)) { at &+= 8 }
            // The plain bytes of a mixed word, one by one.
            while at < count {
                let byte = start.load(fromByteOffset: at, as: UInt8.self)
                guard byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x09 else { break }
                at &+= 1
            }
            if at == count { return (at, .end) }
            // Characters of several bytes come in runs: stay here until an ASCII byte.
            repeat {
                let (width, isAllowed) = width(start + at, count &- at)
                if width <= 0 { return (at, width == 0 ? .incomplete : .invalid) }
                if !isAllowed { return (at, .control(width)) }
                at &+= width
            } while at < count && start.load(fromByteOffset: at, as: UInt8.self) >= 0x80
        }
    }

    /// Whether eight bytes are all printable ASCII, tab or newline. No carry crosses a byte: all are below 0x80 when it matters.
    @inline(__always)
    private static func isPlain(_ word: UInt64) -> Bool {
        let high: UInt64 = 0x8080_8080_8080_8080
        guard word & high == 0 else { return false }
        let low = ~(word &+ 0x6060_6060_6060_6060) & high
        let delete = (word &+ 0x0101_0101_0101_0101) & high
        if low | delete == 0 { return true }
        let tab = ~((word ^ 0x0909_0909_0909_0909) &+ 0x7F7F_7F7F_7F7F_7F7F) & high
        let newline = ~((word ^ 0x0A0A_0A0A_0A0A_0A0A) &+ 0x7F7F_7F7F_7F7F_7F7F) & high
        return (low & ~(tab | newline)) | delete == 0
    }

    /// Bytes of the character at `at` and whether it may pass; 0: cut short, -1: not UTF-8.
    @inline(__always)
    private static func width(_ at: UnsafeRawPointer, _ room: Int) -> (Int, isAllowed: Bool) {
        @inline(__always) func byte(_ index: Int) -> UInt8 { at.load(fromByteOffset: index, as: UInt8.self) }
        @inline(__always) func continues(_ index: Int) -> Bool { byte(index) & 0xC0 == 0x80 }
        let first = byte(0)
        switch first {
        case 0x00..<0x80: return (1, first >= 0x20 && first != 0x7F || first == 0x09 || first == 0x0A)
        case 0xC2...0xDF:
            guard room > 1 else { return (0, true) }
            guard continues(1) else { return (-1, true) }
            return (2, first != 0xC2 || byte(1) >= 0xA0)
        case 0xE0...0xEF:
            guard room > 1 else { return (0, true) }
            let second = byte(1)
            let least: UInt8 = first == 0xE0 ? 0xA0 : 0x80
            let most: UInt8 = first == 0xED ? 0x9F : 0xBF
            guard second >= least, second <= most else { return (-1, true) }
            guard room > 2 else { return (0, true) }
            return (continues(2) ? 3 : -1, true)
        case 0xF0...0xF4:
            guard room > 1 else { return (0, true) }
            let second = byte(1)
            let least: UInt8 = first == 0xF0 ? 0x90 : 0x80
            let most: UInt8 = first == 0xF4 ? 0x8F : 0xBF
            guard second >= least, second <= most else { return (-1, true) }
            guard room > 2 else { return (0, true) }
            guard continues(2) else { return (-1, true) }
            guard room > 3 else { return (0, true) }
            return (continues(3) ? 4 : -1, true)
        default: return (-1, true)
        }
    }
}
