// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// Which of a picture's addresses is the picture: the one shown, or where a script would take it from.
enum HTMLPictureAddress {
    static func best(of node: HTMLNode) -> ByteSlice? {
        let source = node.attribute("src")?.trimmed
        if let source, !source.isEmpty, !source.hasKeyword("data:"), !isPlaceholder(source) { return source }
        for name in late {
            if let address = node.attribute(name)?.trimmed, !address.isEmpty { return address }
        }
        for name in sets {
            if let set = node.attribute(name), let address = largest(in: set) { return address }
        }
        if let set = sourcesBeside(node) { return set }
        return source.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static let late: [StaticString] = ["data-src", "data-original", "data-lazy-src", "data-full-src", "data-url"]
    private static let sets: [StaticString] = ["srcset", "data-srcset"]

    /// What pages show until the picture is needed.
    private static func isPlaceholder(_ address: ByteSlice) -> Bool {
        let name = address[slice: ((address.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)..<address.count]
        return name.isKeyword("blank.gif") || name.isKeyword("spacer.gif") || name.isKeyword("placeholder.gif") || name.isKeyword("pixel.gif")
            || name.isKeyword("transparent.gif") || name.isKeyword("lazy.png") || name.isKeyword("placeholder.png")
    }

    /// The first `source` of the `picture` around the element.
    private static func sourcesBeside(_ node: HTMLNode) -> ByteSlice? {
        guard let parent = HTMLNode(node.pointer.pointee.parent), parent.isElement, parent.writtenName.isKeyword("picture") else { return nil }
        for index in 0..<min(parent.children.count, 50) {
            guard let child = parent.children[index], child.isElement, child.tag == GUMBO_TAG_SOURCE else { continue }
            for name in sets {
                if let set = child.attribute(name), let address = largest(in: set) { return address }
            }
        }
        return nil
    }

    /// The candidate with the greatest width or density (HTML standard 4.8.4.3.5).
    private static func largest(in set: ByteSlice) -> ByteSlice? {
        var best: (address: ByteSlice, size: Int)?
        var place = 0
        while place < set.count {
            while place < set.count, ByteSlice.isSpace(set[place]) || set[place] == UInt8(ascii: ",") { place += 1 }
            let start = place
            while place < set.count, !ByteSlice.isSpace(set[place]) { place += 1 }
            var end = place
            var size = 1
            if end > start, set[end - 1] == UInt8(ascii: ",") {
                end -= 1
            } else {
                let descriptor = place
                while place < set.count, set[place] != UInt8(ascii: ",") { place += 1 }
                size = set[slice: descriptor..<place].number(most: 100_000) ?? 1
            }
            if end > start, size > best?.size ?? 0 { best = (set[slice: start..<end], size) }
        }
        return best?.address
    }
}
