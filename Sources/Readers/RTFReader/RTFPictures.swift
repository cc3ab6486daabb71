// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Pictures (RTF 1.9.1, "Pictures"): their bytes in hexadecimal or binary, and what kind they are.
struct RTFPictures {
    enum Kind { case png, jpeg, emf, wmf, dib, pict, other }

    private(set) var media: [Media] = []
    var alternative = ""
    private var kind = Kind.other
    private var bytes = RTFBytes()
    private var width = 0
    private var height = 0
    private var total = 0
    private let names: MediaNames

    init(_ names: MediaNames) { self.names = names }

    mutating func begin() {
        kind = .other
        bytes = RTFBytes()
        width = 0
        height = 0
        alternative = ""
    }

    mutating func size(_ word: RTFWord, _ parameter: Int) {
        let twips = min(max(parameter, 0), 32_767)
        if word == .picwgoal { width = twips } else if word == .pichgoal { height = twips }
    }

    /// False for words that are not about the picture.
    mutating func take(_ word: RTFWord) -> Bool {
        switch word {
        case .pngblip: kind = .png
        case .jpegblip: kind = .jpeg
        case .emfblip: kind = .emf
        case .wmetafile: kind = .wmf
        case .dibitmap, .wbitmap: kind = .dib
        case .picwgoal, .pichgoal: break
        case .macpict: kind = .pict
        case .pmmetafile: kind = .other
        default: return false
        }
        return true
    }

    mutating func take(hex text: UnsafeBufferPointer<UInt8>) { bytes.take(hex: text) }
    mutating func take(binary: UnsafeBufferPointer<UInt8>) { bytes.take(binary: binary) }

    /// The picture as it stands in the text; nil when there is none.
    mutating func end(wantsMedia: Bool, _ diagnostics: inout Diagnostics) -> Image? {
        let bytes = self.bytes.taken
        self.bytes = RTFBytes()
        guard !bytes.isEmpty else { return nil }
        let (ending, type) = name(bytes)
        if ending.isEmpty {
            diagnostics.report("picture-unknown", "a picture of an unknown kind was left out")
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative)
        }
        total += 1
        let id = names.claim("image\(total).\(ending)")
        if wantsMedia { media.append(Media(id: id, mediaType: type, bytes: file(bytes))) }
        return Image(.media(id), alternative: MetafileText.isLikely(ending) ? MetafileText.alternative(alternative, MetafileText.line(bytes)) : alternative)
    }

    /// What the bytes are counts more than what the word says.
    private func name(_ bytes: [UInt8]) -> (String, String) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return ("png", "image/png") }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return ("jpg", "image/jpeg") }
        if bytes.starts(with: "GIF8".utf8) { return ("gif", "image/gif") }
        return switch kind {
        case .png: ("png", "image/png")
        case .jpeg: ("jpg", "image/jpeg")
        case .emf: ("emf", "image/emf")
        case .wmf: ("wmf", "image/wmf")
        case .dib: ("bmp", "image/bmp")
        case .pict: ("pict", "image/x-pict")
        case .other: ("", "")
        }
    }

    private func file(_ bytes: [UInt8]) -> [UInt8] {
        switch kind {
        case .dib: Self.bitmap(bytes)
        case .wmf: placeable(bytes) + bytes
        case .pict: PictureType.macintoshFile(bytes)
        default: bytes
        }
    }

    /// A metafile gets the header that files of its kind have ([MS-WMF] 2.3.2.3).
    private func placeable(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.starts(with: [0xD7, 0xCD, 0xC6, 0x9A]) else { return [] }
        var words: [UInt16] = [0xCDD7, 0x9AC6, 0, 0, 0, UInt16(width), UInt16(height), 1_440, 0, 0]
        words.append(words.reduce(0, ^))
        return words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    /// A device-independent bitmap gets the header of a file before it ([MS-WMF] 2.2.2.9).
    private static func bitmap(_ bytes: [UInt8]) -> [UInt8] {
        func long(_ at: Int) -> Int { at + 4 <= bytes.count ? (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } : 0 }
        func field(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        guard !bytes.starts(with: "BM".utf8) else { return bytes }
        let header = min(long(0), 200)
        let depth = bytes.count > 15 ? Int(bytes[14]) : 0
        let colours = long(32) > 0 ? min(long(32), 256) : depth <= 8 && depth > 0 ? 1 << depth : 0
        return Array("BM".utf8) + field(bytes.count + 14) + [0, 0, 0, 0] + field(14 + header + 4 * colours) + bytes
    }
}
