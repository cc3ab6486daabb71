// SPDX-License-Identifier: Apache-2.0

/// A picture that is packed by itself, as Office keeps drawings (RFC 1952): `emz`, `wmz`, `pcz`, and `svgz`.
package struct PackedPicture {
    /// The name of the picture within.
    package let name: String
    private static let endings = [("emz", "emf"), ("wmz", "wmf"), ("pcz", "pict"), ("svgz", "svg")]

    /// nil when the name promises no such picture.
    package init?(name: String) {
        let lower = name.lowercased()
        guard let (packed, plain) = Self.endings.first(where: { lower.hasSuffix("." + $0.0) }) else { return nil }
        self.name = String(name.dropLast(packed.count)) + plain
    }

    /// The picture, or the bytes themselves where they are not packed; nil when it is damaged at its beginning or unpacks to more than `most`.
    package func unpacked(_ bytes: [UInt8], most: Int) -> [UInt8]? {
        guard bytes.starts(with: [0x1F, 0x8B, 8]) else { return bytes }
        return bytes.withUnsafeBytes { raw in
            guard let start = Self.dataStart(raw) else { return nil }
            let packed = UnsafeRawBufferPointer(rebasing: raw[start...])
            let plain = PackedBytes.inflated(packed, most: min(most, PackedBytes.room(for: packed.count, ratio: 1_000)))
            return plain?.isEmpty == false ? plain : nil
        }
    }

    /// Behind the head with its extra fields, name and comment (2.3.1).
    private static func dataStart(_ raw: UnsafeRawBufferPointer) -> Int? {
        guard raw.count > 18 else { return nil }
        let flags = raw[3]
        var at = 10
        if flags & 4 != 0 { at += 2 + Int(raw[at]) + Int(raw[at + 1]) << 8 }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            guard at < raw.count, let end = raw[at...].firstIndex(of: 0) else { return nil }
            at = end + 1
        }
        if flags & 2 != 0 { at += 2 }
        return at < raw.count ? at : nil
    }
}
