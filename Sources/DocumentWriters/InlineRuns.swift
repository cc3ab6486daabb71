// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Runs of one look that stand side by side, made one: sources split them at every spelling mark.
enum InlineRuns {
    static func merged(_ inlines: [Inline]) -> [Inline] {
        guard inlines.count > 1 else { return inlines }
        var result: [Inline] = []
        result.reserveCapacity(inlines.count)
        for inline in inlines {
            if let last = result.last, let both = joined(last, inline) {
                result[result.count - 1] = both
            } else {
                result.append(inline)
            }
        }
        return result
    }

    private static func joined(_ a: Inline, _ b: Inline) -> Inline? {
        switch (a, b) {
        case (.text(let a), .text(let b)): .text(a + b)
        case (.emphasis(let a), .emphasis(let b)): .emphasis(a + b)
        case (.strong(let a), .strong(let b)): .strong(a + b)
        case (.strikethrough(let a), .strikethrough(let b)): .strikethrough(a + b)
        case (.underline(let a), .underline(let b)): .underline(a + b)
        case (.superscript(let a), .superscript(let b)): .superscript(a + b)
        case (.subscript(let a), .subscript(let b)): .subscript(a + b)
        case (.code(let a), .code(let b)): .code(a + b)
        case (.link(let a, let title, let first), .link(let b, let other, let second)) where a == b && title == other:
            .link(to: a, title: title, first + second)
        default: nil
        }
    }
}

/// Where the text of a note's mark and its definition meet.
enum NoteLabel {
    /// Letters, digits and hyphens only.
    static func text(_ id: NoteID) -> String {
        let safe = id.name.utf8.map { ASCII.isWord($0) && $0 < 0x80 ? $0 : UInt8(ascii: "-") }
        return safe.isEmpty ? "note" : String(decoding: safe, as: UTF8.self)
    }
}

/// How pictures are addressed, by the options.
final class PictureLinks {
    private let options: WriteOptions
    private var embedded: [MediaID: String] = [:]
    private var unknownSchemes = 0

    init(_ options: WriteOptions) { self.options = options }

    /// Keeps the bytes of pictures that go into the text; reports the one that is too large for that.
    func take(_ media: Media, _ diagnostics: inout Diagnostics) {
        guard options.images == .inline else { return }
        guard media.bytes.count <= options.inlineBytes else {
            diagnostics.report("picture-not-inlined", "pictures of more than \(options.inlineBytes >> 10) KiB were left out of the text")
            return
        }
        embedded[media.id] = "data:\(media.mediaType);base64,\(Base64.text(media.bytes))"
    }

    /// An address for a page of HTML: of no scheme, or of one that only names something; nil for all others.
    func page(_ address: String) -> String? {
        if HTMLBlocks.isSafe(address) { return address }
        unknownSchemes += 1
        return nil
    }

    /// Adds what was left out of the text.
    func report(to diagnostics: inout Diagnostics) {
        guard unknownSchemes > 0 else { return }
        diagnostics.report("link-scheme-left-out", "addresses of schemes that a page of HTML does not pass on were left out, their text kept", count: unknownSchemes)
    }

    /// nil when the picture is left out.
    func address(of image: Image) -> String? {
        if options.images == .none { return nil }
        switch image.source {
        case .address(let address): return address.isEmpty ? nil : address
        case .media(let id): return options.images == .inline ? embedded[id] : options.assetFolder + PercentEncoding.name(id.name)
        }
    }
}

enum PercentEncoding {
    /// A file name as one segment of a relative address (RFC 3986, section 2.3).
    package static func name(_ name: String) -> String {
        var out: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in name.utf8 {
            if ASCII.isWord(byte) && byte < 0x80 || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E {
                out.append(byte)
            } else {
                out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

enum Base64 {
    /// RFC 4648, section 4, with padding.
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                out.append(place <= group.count ? digits[Int(word >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
