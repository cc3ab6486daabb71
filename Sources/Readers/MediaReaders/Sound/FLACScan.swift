// SPDX-License-Identifier: Apache-2.0

/// FLAC's metadata blocks (RFC 9639, section 8).
enum FLACScan {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        recording.add(codec: "FLAC")
        var at = 4
        for _ in 0..<1_000 {
            guard let header = octets.u32(at), let body = octets.part(at + 4, header & 0xFF_FFFF) else { return }
            switch header >> 24 & 0x7F {
            case 0:
                guard let rate = body.u32(10), let low = body.u32(14) else { return }
                recording.sampleRate = rate >> 12
                recording.channels = (rate >> 9 & 7) + 1
                let samples = (rate & 15) << 32 | low
                if recording.sampleRate > 0 { recording.seconds = Double(samples) / Double(recording.sampleRate) }
            case 4: VorbisComments.read(body, &recording)
            default: break
            }
            at += 4 + header & 0xFF_FFFF
            if header >> 31 == 1 { return }
        }
    }
}
