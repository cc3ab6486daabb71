// SPDX-License-Identifier: Apache-2.0

/// MPEG audio frames (ISO 11172-3, 2.4): the first one, and what it says of the rest.
enum MPEGScan {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        let start = ID3.read(octets, &recording)
        ID3.readOld(octets, &recording)
        guard let at = frame(octets, from: start), let frame = Frame(octets, at) else {
            recording.isTruncated = true
            return
        }
        recording.add(codec: "MPEG audio layer \(frame.layer)")
        recording.sampleRate = frame.sampleRate
        recording.channels = frame.channels
        recording.bitRate = frame.bitRate
        let size = octets.count - at
        // A frame of another kind may give the number of frames (Xing, Info, VBRI).
        let side = at + 4 + (frame.isVersion1 ? (frame.channels == 1 ? 17 : 32) : (frame.channels == 1 ? 9 : 17))
        var frames: Int?
        if octets.starts(with: "Xing", at: side) || octets.starts(with: "Info", at: side), let flags = octets.u32(side + 4), flags & 1 != 0 { frames = octets.u32(side + 8) }
        if octets.starts(with: "VBRI", at: at + 36) { frames = octets.u32(at + 50) }
        if let frames, frames > 0 {
            let seconds = Double(frames) * Double(frame.samples) / Double(frame.sampleRate)
            recording.seconds = seconds
            if seconds > 0 { recording.bitRate = Int(min(Double(size) * 8 / seconds, 1e9)) }
        } else if recording.seconds == 0, frame.bitRate > 0 {
            recording.seconds = Double(size) * 8 / Double(frame.bitRate)
        }
    }

    /// The first place where one frame follows another, within 64 KiB.
    private static func frame(_ octets: Octets, from start: Int) -> Int? {
        for at in start..<max(start, min(octets.count, start + 65_536)) where octets.byte(at) == 0xFF {
            guard let frame = Frame(octets, at) else { continue }
            let next = at + frame.length
            if next >= octets.count || Frame(octets, next) != nil { return at }
        }
        return nil
    }

    private struct Frame {
        let isVersion1: Bool
        let layer: Int
        let bitRate: Int
        let sampleRate: Int
        let channels: Int
        let samples: Int
        let length: Int

        init?(_ octets: Octets, _ at: Int) {
            guard let header = octets.u32(at), header >> 21 == 0x7FF else { return nil }
            let version = header >> 19 & 3
            let layerBits = header >> 17 & 3
            let rate = header >> 12 & 15
            let frequency = header >> 10 & 3
            guard version != 1, layerBits != 0, rate > 0, rate < 15, frequency < 3 else { return nil }
            isVersion1 = version == 3
            layer = 4 - layerBits
            let table = isVersion1 ? Self.rates1[layer - 1] : Self.rates2[layer == 1 ? 0 : 1]
            bitRate = table[rate - 1] * 1_000
            sampleRate = [44_100, 48_000, 32_000][frequency] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
            channels = header >> 6 & 3 == 3 ? 1 : 2
            samples = layer == 1 ? 384 : layer == 3 && !isVersion1 ? 576 : 1_152
            let padding = header >> 9 & 1
            length = layer == 1 ? (12 * bitRate / sampleRate + padding) * 4 : samples / 8 * bitRate / sampleRate + padding
            if length < 4 { return nil }
        }

        private static let rates1 = [
            [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448], [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
            [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        ]
        private static let rates2 = [
            [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256], [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
        ]
    }
}
