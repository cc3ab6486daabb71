// SPDX-License-Identifier: Apache-2.0

/// Matroska and WebM (RFC 9559): the elements before the first cluster, and tags behind them.
enum MatroskaScan {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        var state = State()
        elements(octets, depth: 0, &state, &recording)
        if state.duration > 0 { recording.seconds = state.duration * Double(state.scale) / 1e9 }
    }

    private struct State {
        var scale = 1_000_000
        var duration = 0.0
        var tagName = ""
        var left = 200_000
    }

    private static func elements(_ octets: Octets, depth: Int, _ state: inout State, _ recording: inout Recording) {
        var at = 0
        while at < octets.count, state.left > 0 {
            state.left -= 1
            guard let (id, idLength) = number(octets, at, keepsMark: true), let (size, sizeLength) = number(octets, at + idLength, keepsMark: false) else { return }
            let start = at + idLength + sizeLength
            // All ones: the size is not known, as in a live recording.
            let isOpen = sizeLength > 0 && size == 1 << (7 * sizeLength) - 1
            guard let body = octets.part(start, isOpen ? Int.max : size) else { return }
            if body.count < size, !isOpen { recording.isTruncated = true }
            switch id {
            case 0x1853_8067, 0x1549_A966, 0x1654_AE6B, 0xAE, 0xE0, 0xE1, 0x1254_C367, 0x7373, 0x67C8:
                if depth < 8 { elements(body, depth: depth + 1, &state, &recording) }
            case 0x2AD7B1: state.scale = integer(body) ?? state.scale
            case 0x4489: state.duration = float(body) ?? 0
            case 0x7BA9: recording.tag("TITLE", body.text)
            case 0x86: recording.add(codec: String(body.text.split(separator: "/").first?.drop { $0 != "_" }.dropFirst() ?? ""))
            case 0xB0: recording.width = max(recording.width, integer(body) ?? 0)
            case 0xBA: recording.height = max(recording.height, integer(body) ?? 0)
            case 0xB5: recording.sampleRate = float(body).map { $0 > 0 && $0 < 1e7 ? Int($0) : 0 } ?? 0
            case 0x9F: recording.channels = max(recording.channels, integer(body) ?? 0)
            case 0x45A3: state.tagName = body.text.uppercased()
            case 0x4487: recording.tag(state.tagName, body.text)
            default: break
            }
            // A cluster of unknown size has everything behind it inside.
            if isOpen, id == 0x1F43_B675 { return }
            let (next, overflow) = start.addingReportingOverflow(size)
            if isOpen || overflow { return }
            at = next
        }
    }

    /// A number of variable length (RFC 8794, section 4).
    private static func number(_ octets: Octets, _ at: Int, keepsMark: Bool) -> (value: Int, length: Int)? {
        guard let first = octets.byte(at), first != 0 else { return nil }
        let length = first.leadingZeroBitCount + 1
        guard length <= (keepsMark ? 4 : 8) else { return nil }
        var value = keepsMark ? Int(first) : Int(first) & (0xFF >> length)
        for index in 1..<max(1, length) {
            guard let byte = octets.byte(at + index) else { return nil }
            value = value << 8 | Int(byte)
        }
        return (value, length)
    }

    private static func integer(_ body: Octets) -> Int? {
        guard body.count <= 7 else { return nil }
        return body.bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func float(_ body: Octets) -> Double? {
        switch body.count {
        case 4: body.u32(0).map { Double(Float(bitPattern: UInt32($0))) }
        case 8:
            if let high = body.u32(0), let low = body.u32(4) { Double(bitPattern: UInt64(high) << 32 | UInt64(low)) } else { nil }
        default: nil
        }
    }
}
