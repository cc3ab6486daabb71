// SPDX-License-Identifier: Apache-2.0

/// The first bytes that tell binary formats.
enum Signature {
    /// The kind's name, or nil for anything else: text, or nothing known.
    static func kind(of bytes: UnsafeRawBufferPointer) -> String? {
        if let media = MediaSignature.kind(of: bytes) { return media }
        for entry in table where bytes.count >= entry.offset + entry.magic.count {
            if bytes[entry.offset..<(entry.offset + entry.magic.count)].elementsEqual(entry.magic) { return entry.kind }
        }
        return nil
    }

    private struct Entry {
        let kind: String
        let offset: Int
        let magic: [UInt8]

        init(_ kind: String, _ magic: [UInt8], at offset: Int = 0) {
            self.kind = kind
            self.offset = offset
            self.magic = magic
        }

        init(_ kind: String, _ magic: String, at offset: Int = 0) { self.init(kind, Array(magic.utf8), at: offset) }
    }

    private static let table: [Entry] = [
        Entry("zip", [0x50, 0x4B, 0x03, 0x04]),
        Entry("zip", [0x50, 0x4B, 0x05, 0x06]),
        Entry("ole", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        Entry("pdf", "%PDF-"),
        Entry("rtf", "{\\rtf"),
        Entry("png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        Entry("jpg", [0xFF, 0xD8, 0xFF]),
        Entry("gif", "GIF8"),
        Entry("tiff", [0x49, 0x49, 0x2A, 0x00]),
        Entry("tiff", [0x4D, 0x4D, 0x00, 0x2A]),
        Entry("flac", "fLaC"),
        Entry("ogg", "OggS"),
        Entry("gz", [0x1F, 0x8B, 0x08]),
        Entry("7z", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        Entry("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
        Entry("zst", [0x28, 0xB5, 0x2F, 0xFD]),
        Entry("bz2", "BZh"),
        Entry("rar", "Rar!"),
        Entry("tar", "ustar", at: 257),
        Entry("elf", [0x7F, 0x45, 0x4C, 0x46]),
        Entry("sqlite", "SQLite format 3"),
        Entry("ps", "%!PS"),
    ]
}
