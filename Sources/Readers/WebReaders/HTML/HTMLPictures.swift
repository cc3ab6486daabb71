// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The pictures of a document: addresses of elsewhere as they stand; `data:` addresses and what the document itself holds
/// turned into media, each distinct one once.
struct HTMLPictures {
    private let wantsMedia: Bool
    private var known: [String: MediaID?] = [:]
    private var names = MediaNames()
    private var fresh: [Media] = []

    init(wantsMedia: Bool) { self.wantsMedia = wantsMedia }

    /// Media found since the last call.
    mutating func takeNew() -> [Media] {
        defer { fresh = [] }
        return fresh
    }

    /// Nothing for a picture without address and without text, and for the empty dots that stand in for late pictures.
    mutating func image(of node: HTMLNode, _ base: String, _ host: (any HTMLHost)?) -> Image? {
        let alternative = node.attribute("alt").map { Self.oneLine($0) } ?? ""
        let title = node.attribute("title").map { Self.oneLine($0) }.flatMap { $0.isEmpty ? nil : $0 }
        guard let written = HTMLPictureAddress.best(of: node) else {
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative, title: title)
        }
        return image(at: written, alternative: alternative, title: title, base, host)
    }

    mutating func image(at written: ByteSlice, alternative: String, title: String? = nil, _ base: String, _ host: (any HTMLHost)?) -> Image? {
        let without = alternative.isEmpty ? nil : Image(.address(""), alternative: alternative, title: title)
        if written.hasKeyword("data:") {
            guard let id = data(written, hasText: !alternative.isEmpty) else { return without }
            return Image(.media(id), alternative: alternative, title: title)
        }
        let address = WebAddress.resolve(written.string, against: base)
        switch held(address, host) {
        case .some(.some(let id)): return Image(.media(id), alternative: alternative, title: title)
        case .some(.none): return without
        case .none: return Image(.address(address), alternative: alternative, title: title)
        }
    }

    /// The picture at an address that the document holds; an inner nil when it should and does not.
    mutating func held(_ address: String, _ host: (any HTMLHost)?) -> MediaID?? {
        guard let host else { return nil }
        let place = WebAddress.split(address).address
        if let before = known[place] { return before }
        switch host.resource(at: place) {
        case .elsewhere: return nil
        case .missing:
            known[place] = .some(nil)
            return .some(nil)
        case .here(let bytes, let mediaType):
            let file = WebAddress.percentDecoded(String(place.prefix { $0 != "?" })).split(separator: "/").last.map(String.init) ?? ""
            let id = names.name(like: place.contains(":") && !place.contains("/") ? "" : file, mediaType: mediaType)
            known[place] = .some(id)
            if wantsMedia { fresh.append(Media(id: id, mediaType: mediaType, bytes: bytes)) }
            return .some(id)
        }
    }

    private mutating func data(_ address: ByteSlice, hasText: Bool) -> MediaID? {
        let written = address.string
        if let before = known[written] { return before }
        guard let data = HTMLDataAddress(address), data.bytes.count > Self.dot || hasText else { return nil }
        let id = names.name(like: "", mediaType: data.mediaType)
        known[written] = .some(id)
        if wantsMedia { fresh.append(Media(id: id, mediaType: data.mediaType, bytes: data.bytes)) }
        return id
    }

    private static func oneLine(_ text: ByteSlice) -> String {
        text.split(whereSeparator: { ByteSlice.isSpace($0) }).map { ByteSlice(rebasing: $0).string }.joined(separator: " ")
    }

    private static let dot = 80
}
