// SPDX-License-Identifier: Apache-2.0

/// iWork's framing of Snappy: blocks behind a zero and three bytes of length, little-endian, each packed by itself and
/// without a checksum (Snappy, format_description.txt).
enum SnappyBlocks {
    /// nil where the bytes are damaged, or more than `most` when unpacked.
    static func unpacked(_ bytes: [UInt8], most: Int) -> [UInt8]? {
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            guard at + 4 <= bytes.count, bytes[at] == 0 else { return nil }
            let length = Int(bytes[at + 1]) | Int(bytes[at + 2]) << 8 | Int(bytes[at + 3]) << 16
            at += 4
            guard length <= bytes.count - at, block(bytes[at..<(at + length)], &out, most: most) else { return nil }
            at += length
        }
        return out
    }

    private static func block(_ bytes: ArraySlice<UInt8>, _ out: inout [UInt8], most: Int) -> Bool {
        var scan = ProtobufScan(bytes)
        guard let declared = scan.varint(), declared <= UInt64(max(0, most - out.count)) else { return false }
        let start = out.count
        let end = start + Int(declared)
        while let tag = scan.byte() {
            if tag & 3 == 0 {
                var length = Int(tag >> 2)
                if length >= 60 {
                    guard let long = scan.little(length - 59) else { return false }
                    length = long
                }
                guard let literal = scan.part(length + 1), literal.count <= end - out.count else { return false }
                out += literal
                continue
            }
            let copy: (length: Int, offset: Int?) = switch tag & 3 {
            case 1: (Int(tag >> 2 & 7) + 4, scan.byte().map { Int(tag >> 5) << 8 | Int($0) })
            case 2: (Int(tag >> 2) + 1, scan.little(2))
            default: (Int(tag >> 2) + 1, scan.little(4))
            }
            guard let offset = copy.offset, offset > 0, offset <= out.count - start, copy.length <= end - out.count else { return false }
            // A copy may reach into what it writes.
            for _ in 0..<copy.length { out.append(out[out.count - offset]) }
        }
        return out.count == end
    }
}
