// SPDX-License-Identifier: Apache-2.0

/// Pictures, sound and video whose first bytes need a second look.
enum MediaSignature {
    static func kind(of bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.count >= 12 else { return nil }
        switch (bytes[0], bytes[1]) {
        case (0x52, 0x49): return riff(bytes)
        case (0x46, 0x4F): return text(bytes, 0) == "FORM" && ["AIFF", "AIFC"].contains(text(bytes, 8)) ? "aiff" : nil
        case (0x42, 0x4D): return isBitmap(bytes) ? "bmp" : nil
        case (0x01, 0x00) where metafile(bytes) != nil: return metafile(bytes)
        case (0xD7, 0xCD) where bytes[2] == 0xC6 && bytes[3] == 0x9A: return "wmf"
        case (0x49, 0x44) where bytes[2] == 0x33: return "mp3"
        case (0x1A, 0x45) where bytes[2] == 0xDF && bytes[3] == 0xA3: return "mkv"
        case (0xFF, _): return isMPEGAudio(bytes) ? "mp3" : nil
        default: return text(bytes, 4) == "ftyp" ? brand(text(bytes, 8)) : quickTime(bytes)
        }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> String { String(decoding: bytes[at..<(at + 4)], as: UTF8.self) }

    /// An enhanced metafile has its mark behind the header's rectangles ([MS-EMF] 2.2.9); one of old a header of nine words ([MS-WMF] 2.3.2.2).
    private static func metafile(_ bytes: UnsafeRawBufferPointer) -> String? {
        if bytes.count >= 44, text(bytes, 40) == " EMF" { return "emf" }
        return bytes[2] == 9 && bytes[3] == 0 && bytes[4] == 0 && (bytes[5] == 1 || bytes[5] == 3) ? "wmf" : nil
    }

    private static func riff(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard text(bytes, 0) == "RIFF" else { return nil }
        switch text(bytes, 8) {
        case "WEBP": return "webp"
        case "WAVE": return "wav"
        case "AVI ": return "avi"
        default: return nil
        }
    }

    /// "BM" begins texts too: the header's length must be one there is, and the pixels lie behind it.
    private static func isBitmap(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 26 else { return false }
        let header = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 14, as: UInt32.self))
        let pixels = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 10, as: UInt32.self))
        return [12, 16, 40, 52, 56, 64, 108, 124].contains(header) && pixels >= 14 + header
    }

    /// The frame's sync and fields that make sense (ISO 11172-3, 2.4.2.3), and another frame behind it.
    private static func isMPEGAudio(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x18 != 0x08 && bytes[1] & 0x06 == 0x02 && bytes[2] & 0xF0 != 0xF0 && bytes[2] & 0xF0 != 0 && bytes[2] & 0x0C != 0x0C
    }

    private static func brand(_ brand: String) -> String {
        switch brand {
        case "heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis": "heic"
        case "M4A ", "M4B ", "M4P ": "m4a"
        case "qt  ": "mov"
        default: "mp4"
        }
    }

    /// QuickTime files of old begin without `ftyp`.
    private static func quickTime(_ bytes: UnsafeRawBufferPointer) -> String? {
        switch text(bytes, 4) {
        case "moov", "mdat", "wide", "pnot": bytes[0] < 0x20 || text(bytes, 4) == "mdat" ? "mov" : nil
        default: nil
        }
    }
}
