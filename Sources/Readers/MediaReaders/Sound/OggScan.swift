// SPDX-License-Identifier: Apache-2.0

/// Ogg pages (RFC 3533) with Vorbis, Opus, FLAC, Speex or Theora in them.
enum OggScan {
    private static let mostHeader = 4 << 20

    static func read(_ octets: Octets, _ recording: inout Recording) {
        var at = 0
        var packets: [Int: [UInt8]] = [:]
        var skip = 0
        var serial: Int?
        for _ in 0..<2_000 {
            guard octets.starts(with: "OggS", at: at), let flags = octets.byte(at + 5), let stream = octets.u32(at + 14, big: false), let segments = octets.byte(at + 26) else { break }
            var size = 0
            for index in 0..<Int(segments) { size += Int(octets.byte(at + 27 + index) ?? 0) }
            guard let body = octets.part(at + 27 + Int(segments), size) else { break }
            if flags & 2 != 0 {
                skip = max(skip, start(body, &recording, &serial, stream))
            } else {
                packets[stream, default: []] += body.bytes
                // The comments come right behind the header.
                if packets.values.reduce(0, { $0 + $1.count }) > mostHeader || octets.u64(at + 6, big: false) ?? 0 > 0 { break }
            }
            at += 27 + Int(segments) + size
        }
        for packet in packets.values {
            packet.withUnsafeBytes { raw in
                let octets = Octets(raw)
                for (mark, length): (StaticString, Int) in [("\u{3}vorbis", 7), ("OpusTags", 8)] where octets.starts(with: mark) {
                    if let body = octets.part(length) { VorbisComments.read(body, &recording) }
                }
                if raw.first == 0x84, let body = octets.part(4) { VorbisComments.read(body, &recording) }
                if raw.starts(with: [0x81, 0x74, 0x68]), let body = octets.part(7) { VorbisComments.read(body, &recording) }
            }
        }
        end(octets, serial, skip, &recording)
    }

    /// A stream's first page; gives the samples to leave out before it (RFC 7845, 4.2).
    private static func start(_ body: Octets, _ recording: inout Recording, _ serial: inout Int?, _ stream: Int) -> Int {
        if body.starts(with: "\u{1}vorbis") {
            recording.add(codec: "Vorbis")
            recording.channels = body.byte(11).map { Int($0) } ?? 0
            recording.sampleRate = body.u32(12, big: false) ?? 0
            serial = stream
        } else if body.starts(with: "OpusHead") {
            recording.add(codec: "Opus")
            recording.channels = body.byte(9).map { Int($0) } ?? 0
            recording.sampleRate = 48_000
            serial = stream
            return body.u16(10, big: false) ?? 0
        } else if body.starts(with: "Speex   ") {
            recording.add(codec: "Speex")
            recording.sampleRate = body.u32(36, big: false) ?? 0
            serial = stream
        } else if body.byte(0) == 0x80, body.part(1)?.starts(with: "theora") == true {
            recording.add(codec: "Theora")
            recording.width = (body.u16(10) ?? 0) * 16
            recording.height = (body.u16(12) ?? 0) * 16
        }
        return 0
    }

    /// The time of the last page.
    private static func end(_ octets: Octets, _ serial: Int?, _ skip: Int, _ recording: inout Recording) {
        guard recording.sampleRate > 0 else { return }
        var at = octets.count - 27
        let least = max(0, octets.count - 131_072)
        while at >= least {
            if octets.byte(at) == 0x4F, octets.starts(with: "OggS", at: at), octets.u32(at + 14, big: false) == serial, let samples = octets.u64(at + 6, big: false), samples >= skip {
                recording.seconds = Double(samples - skip) / Double(recording.sampleRate)
                return
            }
            at -= 1
        }
    }
}
