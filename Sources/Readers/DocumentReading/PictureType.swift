// SPDX-License-Identifier: Apache-2.0

/// A picture's media type by its first bytes.
package enum PictureType {
    package static func sniffed(_ bytes: UnsafeRawBufferPointer) -> String? {
        func holds(_ mark: String, at offset: Int) -> Bool {
            bytes.count >= offset + mark.utf8.count && bytes[offset..<(offset + mark.utf8.count)].elementsEqual(mark.utf8)
        }
        for (start, type) in table where bytes.starts(with: start) { return type }
        if holds("GIF87a", at: 0) || holds("GIF89a", at: 0) { return "image/gif" }
        if holds("RIFF", at: 0), holds("WEBP", at: 8) { return "image/webp" }
        if holds(" EMF", at: 40) { return "image/emf" }
        // Behind a header of nothing, the size and the frame: the version (Apple, "Inside Macintosh: Imaging with QuickDraw", A).
        if holds("\u{0}\u{11}\u{2}", at: 522), bytes.count > 526, bytes[525] == 0xFF { return "image/x-pict" }
        // BITMAPFILEHEADER has two reserved words of zero; prose may begin with BM.
        if holds("BM", at: 0), holds("\0\0\0\0", at: 6) { return "image/bmp" }
        return nil
    }

    /// A drawing of the Macintosh's memory gets the empty header that one in a file has.
    package static func macintoshFile(_ drawing: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: 512) + drawing }

    private static let table: [([UInt8], String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ([0xD7, 0xCD, 0xC6, 0x9A], "image/wmf"),
        // A metafile in memory, the size of its header and its version.
        ([0x01, 0x00, 0x09, 0x00, 0x00, 0x03], "image/wmf"),
    ]
}
