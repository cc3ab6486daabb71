// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The pictures of a page: addresses as they stand, and `data:` addresses turned into media, each distinct one once.
struct HTMLPictures {
    private let wantsMedia: Bool
    private var names: [String: MediaID] = [:]
    private var fresh: [Media] = []
    private var number = 0

    init(wantsMedia: Bool) { self.wantsMedia = wantsMedia }

    /// Media found since the last call.
    mutating func takeNew() -> [Media] {
        defer { fresh = [] }
        return fresh
    }

    /// Nothing for a picture without address and without text, and for the empty dots that stand in for late pictures.
    mutating func image(of node: HTMLNode) -> Image? {
        let alternative = node.attribute("alt").map { Self.oneLine($0) } ?? ""
        let title = node.attribute("title").map { Self.oneLine($0) }.flatMap { $0.isEmpty ? nil : $0 }
        guard let address = address(of: node) else {
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative, title: title)
        }
        guard address.hasKeyword("data:") else { return Image(.address(address.string), alternative: alternative, title: title) }
        let written = address.string
        if let known = names[written] { return Image(.media(known), alternative: alternative, title: title) }
        guard let data = HTMLDataAddress(address) else {
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative, title: title)
        }
        if data.bytes.count <= Self.dot, alternative.isEmpty { return nil }
        number += 1
        let id = MediaID("image\(number).\(data.nameExtension)")
        names[written] = id
        if wantsMedia { fresh.append(Media(id: id, mediaType: data.mediaType, bytes: data.bytes)) }
        return Image(.media(id), alternative: alternative, title: title)
    }

    /// `src`, or where scripts would take it from, or the first candidate of `srcset`.
    private func address(of node: HTMLNode) -> ByteSlice? {
        let source = node.attribute("src")?.trimmed
        if let source, !source.isEmpty, !source.hasKeyword("data:") { return source }
        let late: [StaticString] = ["data-src", "data-original", "data-lazy-src"]
        for name in late {
            if let address = node.attribute(name)?.trimmed, !address.isEmpty { return address }
        }
        if let source, !source.isEmpty { return source }
        guard let set = node.attribute("srcset")?.trimmed, let first = set.split(whereSeparator: { ByteSlice.isSpace($0) }).first else { return nil }
        return ByteSlice(rebasing: first)
    }

    private static func oneLine(_ text: ByteSlice) -> String {
        text.split(whereSeparator: { ByteSlice.isSpace($0) }).map { ByteSlice(rebasing: $0).string }.joined(separator: " ")
    }

    private static let dot = 80
}
