// SPDX-License-Identifier: Apache-2.0

/// AIFF and AIFF-C: chunks with big-endian lengths (Apple, "Audio Interchange File Format" 1.3).
enum AIFFScan {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        var at = 12
        for _ in 0..<10_000 {
            guard let size = octets.u32(at + 4), let body = octets.part(at + 8, size) else { break }
            if body.count < size { recording.isTruncated = true }
            switch octets.code(at) {
            case "COMM":
                recording.channels = body.u16(0) ?? 0
                recording.sampleRate = Int(rate(body))
                if recording.sampleRate > 0 { recording.seconds = Double(body.u32(2) ?? 0) / Double(recording.sampleRate) }
                let kind = octets.starts(with: "AIFC", at: 8) ? Octets.clean(body.code(18)) : "PCM"
                recording.add(codec: ["NONE", "sowt", "twos"].contains(kind) ? "PCM" : kind)
                recording.bitRate = (body.u16(6) ?? 0) * recording.channels * recording.sampleRate
            case "NAME": recording.tag("TITLE", body.text)
            case "AUTH": recording.tag("ARTIST", body.text)
            case "(c) ": recording.tag("COPYRIGHT", body.text)
            case "ANNO": recording.tag("COMMENT", body.text)
            case "ID3 ", "id3 ": _ = ID3.read(body, &recording)
            default: break
            }
            at += 8 + size + size & 1
        }
    }

    /// Samples a second as an 80-bit number (IEEE 754, extended); 0 for those that make no sense.
    private static func rate(_ body: Octets) -> Double {
        guard let exponent = body.u16(8), (0x3FFF...0x3FFF + 24).contains(exponent), let high = body.u32(10) else { return 0 }
        return Double(sign: .plus, exponent: exponent - 0x3FFF - 31, significand: Double(high))
    }
}
