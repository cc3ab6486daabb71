// SPDX-License-Identifier: Apache-2.0

/// A picture's media type by its first bytes.
enum PictureType {
    static func sniffed(_ bytes: [UInt8]) -> String? {
        for (start, type) in table where bytes.starts(with: start) { return type }
        if bytes.count > 12, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) { return "image/webp" }
        if bytes.count > 44, bytes[40..<44].elementsEqual(" EMF".utf8) { return "image/emf" }
        return nil
    }

    private static let table: [([UInt8], String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        (Array("GIF8".utf8), "image/gif"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ([0xD7, 0xCD, 0xC6, 0x9A], "image/wmf"),
        (Array("BM".utf8), "image/bmp"),
    ]
}
