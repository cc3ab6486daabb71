// SPDX-License-Identifier: Apache-2.0

/// Unpacks the RTF of Outlook's bodies ([MS-OXRTFCP]): a window of 4,096 bytes that begins with common RTF.
enum CompressedRTF {
    /// nil when it is no such data; a cut-off one gives its beginning.
    static func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= 16 else { return nil }
        func long(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        let end = min(bytes.count, long(0) + 4)
        switch long(8) {
        case 0x414C_454D: return Array(bytes[16..<max(16, min(end, 16 + long(4)))])
        case 0x7546_5A4C: return unpacked(bytes, end: max(16, end), size: long(4))
        default: return nil
        }
    }

    private static func unpacked(_ bytes: [UInt8], end: Int, size: Int) -> [UInt8] {
        var window = start + [UInt8](repeating: 0, count: 4_096 - start.count)
        var write = start.count
        var out: [UInt8] = []
        out.reserveCapacity(min(size, 9 * bytes.count))
        var at = 16
        func put(_ byte: UInt8) {
            out.append(byte)
            window[write] = byte
            write = (write + 1) & 4_095
        }
        while at < end {
            let control = bytes[at]
            at += 1
            for bit in 0..<8 {
                if control >> bit & 1 == 0 {
                    guard at < end else { return out }
                    put(bytes[at])
                    at += 1
                    continue
                }
                guard at + 1 < end else { return out }
                let offset = Int(bytes[at]) << 4 | Int(bytes[at + 1]) >> 4
                let length = Int(bytes[at + 1] & 15) + 2
                at += 2
                // A reference to the place of writing is the end (3.2.1.3).
                if offset == write { return out }
                for step in 0..<length { put(window[(offset + step) & 4_095]) }
            }
        }
        return out
    }

    private static let start = Array(
        ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
            + "MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx").utf8)
}
