// SPDX-License-Identifier: Apache-2.0

/// Vorbis comments (xiph.org, "Ogg Vorbis I comment field"): `NAME=value`, little-endian lengths.
enum VorbisComments {
    static func read(_ octets: Octets, _ recording: inout Recording) {
        guard let vendor = octets.u32(0, big: false), let count = octets.u32(4 + vendor, big: false) else { return }
        var at = 8 + vendor
        for _ in 0..<min(count, 2_000) {
            guard let length = octets.u32(at, big: false), let entry = octets.part(at + 4, length) else { return }
            at += 4 + length
            guard let equal = entry.bytes.firstIndex(of: UInt8(ascii: "=")), equal < 64, let name = entry.part(0, equal), let value = entry.part(equal + 1) else { continue }
            // Pictures are tags too; their bytes are no text.
            if value.count < 100_000 { recording.tag(name.latin.uppercased(), value.text) }
        }
    }
}
