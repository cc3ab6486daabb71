// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// The first bytes that tell binary formats.
enum Signature {
    /// The kind's name, or nil for anything else: text, or nothing known.
    static func kind(of bytes: UnsafeRawBufferPointer) -> String? {
        if let media = MediaSignature.kind(of: bytes) { return media }
        for entry in table where bytes.count >= entry.offset + entry.magic.count {
            if bytes[entry.offset..<(entry.offset + entry.magic.count)].elementsEqual(entry.magic) { return entry.kind }
        }
        return isCpio(bytes) ? "cpio" : isTar(bytes) ? "tar" : PackedSignature.kind(of: bytes)
    }

    /// Whether a ZIP archive's end record (APPNOTE 4.3.16) is in the last 64 KiB.
    static func endsAsZIP(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 22 else { return false }
        return ByteSearch.first([0x50, 0x4B, 5, 6], in: UnsafeRawBufferPointer(rebasing: bytes.suffix(65_557))) != nil
    }

    /// A header of digits only: more than six of them, or any list of numbers would be an archive.
    private static func isCpio(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let isOctal = bytes.starts(with: "070707".utf8)
        guard isOctal || bytes.starts(with: "070701".utf8) || bytes.starts(with: "070702".utf8), bytes.count >= 110 else { return false }
        return bytes.prefix(isOctal ? 76 : 110).allSatisfy {
            $0 >= 0x30 && $0 <= (isOctal ? 0x37 : 0x39) || !isOctal && ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66)
        }
    }

    /// Archives older than the mark of POSIX: the header's sum is in the header (octal, counted as blanks).
    private static func isTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 512, bytes[0] != 0 else { return false }
        var sum = 0
        for (place, byte) in bytes.prefix(512).enumerated() { sum += (148..<156).contains(place) ? 0x20 : Int(byte) }
        let digits = bytes[148..<156].drop { $0 == 0x20 }.prefix { $0 >= 0x30 && $0 <= 0x37 }
        return digits.count >= 4 && digits.reduce(0) { $0 * 8 + Int($1 - 0x30) } == sum
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
        Entry("lz", "LZIP\u{1}"),
        Entry("lz", "LZIP\0"),
        Entry("z", [0x1F, 0x9D]),
        Entry("ar", "!<arch>\n"),
        Entry("iso", "CD001", at: 32_769),
        Entry("tnef", [0x78, 0x9F, 0x3E, 0x22]),
        Entry("cab", "MSCF\0\0\0\0"),
        Entry("lha", "-lh0-", at: 2),
        Entry("lha", "-lh1-", at: 2),
        Entry("lha", "-lh2-", at: 2),
        Entry("lha", "-lh3-", at: 2),
        Entry("lha", "-lh4-", at: 2),
        Entry("lha", "-lh5-", at: 2),
        Entry("lha", "-lh6-", at: 2),
        Entry("lha", "-lh7-", at: 2),
        // A directory; and the methods of LArc.
        Entry("lha", "-lhd-", at: 2),
        Entry("lha", "-lz4-", at: 2),
        Entry("lha", "-lz5-", at: 2),
        Entry("lha", "-lzs-", at: 2),
        // What came before the compound files of Office 95: Word 1 and 2, Excel 2 to 5.
        Entry("doc", [0x9B, 0xA5, 0x21, 0x00]),
        Entry("doc", [0xDB, 0xA5, 0x2D, 0x00]),
        Entry("Windows Write", [0x31, 0xBE, 0x00, 0x00]),
        Entry("Windows Write", [0x32, 0xBE, 0x00, 0x00]),
        Entry("Word for the Macintosh", [0xFE, 0x37, 0x00, 0x1C]),
        Entry("Word for the Macintosh", [0xFE, 0x37, 0x00, 0x23]),
        Entry("xls", [0x09, 0x00, 0x04, 0x00]),
        Entry("xls", [0x09, 0x02, 0x06, 0x00]),
        Entry("xls", [0x09, 0x04, 0x06, 0x00]),
        Entry("xls", [0x09, 0x08, 0x08, 0x00, 0x00, 0x05]),
        Entry("xls", [0x09, 0x08, 0x10, 0x00, 0x00, 0x06]),
        Entry("Lotus 1-2-3", [0x00, 0x00, 0x02, 0x00, 0x04, 0x04]),
        Entry("Lotus 1-2-3", [0x00, 0x00, 0x02, 0x00, 0x06, 0x04]),
        Entry("Lotus 1-2-3", [0x00, 0x00, 0x1A, 0x00, 0x00, 0x10, 0x04, 0x00]),
        Entry("WordPerfect", [0xFF, 0x57, 0x50, 0x43]),
        Entry("mobi", "BOOKMOBI", at: 60),
        Entry("mobi", "TEXtREAd", at: 60),
        Entry("Windows help", "ITSF\u{3}\0\0\0"),
        Entry("DjVu", "AT&TFORM"),
        Entry("psd", "8BPS\0\u{1}"),
        Entry("psd", "8BPS\0\u{2}"),
        Entry("asf", [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),
        Entry("elf", [0x7F, 0x45, 0x4C, 0x46]),
        Entry("sqlite", "SQLite format 3"),
        Entry("ps", "%!PS"),
    ]
}
