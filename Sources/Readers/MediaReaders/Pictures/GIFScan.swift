// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// GIF's blocks (GIF89a): size, frames, comments, XMP.
enum GIFScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        picture.width = octets.u16(6, big: false) ?? 0
        picture.height = octets.u16(8, big: false) ?? 0
        var at = 13 + colours(octets.byte(10) ?? 0)
        var frames = 0
        for _ in 0..<200_000 {
            switch octets.byte(at) {
            case 0x2C:
                frames += 1
                at = blocks(octets, at + 11 + colours(octets.byte(at + 9) ?? 0))
            case 0x21:
                if octets.byte(at + 1) == 0xFE, let count = octets.byte(at + 2), let text = octets.part(at + 3, Int(count)) {
                    picture.facts.add(.comment, text.text)
                }
                if octets.byte(at + 1) == 0xFF, octets.starts(with: "XMP DataXMP", at: at + 3), let packet = octets.part(at + 14) { XMP.read(packet, &picture.facts) }
                at = blocks(octets, at + 2)
            case 0x3B:
                picture.frames = max(1, frames)
                return
            default:
                picture.isTruncated = true
                picture.frames = max(1, frames)
                return
            }
        }
    }

    private static func colours(_ flags: UInt8) -> Int { flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0 }

    /// Behind a chain of sub-blocks.
    private static func blocks(_ octets: Octets, _ start: Int) -> Int {
        var at = start
        while let count = octets.byte(at), count > 0 { at += Int(count) + 1 }
        return at + 1
    }
}
