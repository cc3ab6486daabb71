// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Plain file names for the media of one document, each different from all others also where case does not count.
struct MediaNames {
    private var taken: Set<String> = []
    /// How often a name was wanted.
    private var copies: [String: Int] = [:]
    private var number = 0

    /// The name wanted, made plain and unique; without one, `image1.png` and so on.
    mutating func name(like wanted: String, mediaType: String) -> MediaID {
        let ending = Self.nameExtension(of: mediaType)
        let plain = Self.plain(wanted)
        guard !plain.isEmpty else {
            repeat { number += 1 } while !taken.insert("image\(number).\(ending)").inserted
            return MediaID("image\(number).\(ending)")
        }
        let dot = plain.lastIndex(of: ".")
        let stem = dot.map { plain[..<$0] } ?? plain[...]
        let tail = dot.map { String(plain[$0...]) } ?? ".\(ending)"
        let key = (stem + tail).lowercased()
        var copy = copies[key] ?? 1
        var name = copy == 1 ? stem + tail : "\(stem)-\(copy)\(tail)"
        while !taken.insert(name.lowercased()).inserted {
            copy += 1
            name = "\(stem)-\(copy)\(tail)"
        }
        copies[key] = copy + 1
        return MediaID(name)
    }

    /// Letters, digits and a few marks; anything else becomes a hyphen. Neither hidden nor longer than a file system takes.
    private static func plain(_ name: String) -> String {
        var bytes: [UInt8] = []
        for byte in name.utf8.prefix(400) {
            let isKept = byte >= 0x80 || ByteSlice.isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || "._-+()".utf8.contains(byte)
            bytes.append(isKept ? byte : UInt8(ascii: "-"))
        }
        while bytes.first == UInt8(ascii: ".") || bytes.first == UInt8(ascii: "-") { bytes.removeFirst() }
        if bytes.count > 120 { bytes.removeFirst(bytes.count - 120) }
        while let first = bytes.first, first & 0xC0 == 0x80 { bytes.removeFirst() }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func nameExtension(of mediaType: String) -> String {
        switch mediaType {
        case "image/png": "png"
        case "image/jpeg", "image/jpg", "image/pjpeg": "jpg"
        case "image/gif": "gif"
        case "image/webp": "webp"
        case "image/svg+xml": "svg"
        case "image/bmp", "image/x-ms-bmp": "bmp"
        case "image/tiff": "tif"
        case "image/avif": "avif"
        case "image/x-icon", "image/vnd.microsoft.icon": "ico"
        default: "bin"
        }
    }
}
