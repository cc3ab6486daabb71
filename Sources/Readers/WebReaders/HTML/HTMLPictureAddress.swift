// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// Which of a picture's addresses is the picture: the one shown, or where a script would take it from.
enum HTMLPictureAddress {
    static func best(of node: HTMLNode) -> ByteSlice? {
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
}
