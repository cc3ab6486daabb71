// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// The bare text below a node.
enum HTMLText {
    /// Visits every text below `node` in order, and every line break as a line feed; no recursion.
    static func visit(_ node: HTMLNode, _ take: (ByteSlice) -> Void) {
        var open: [(children: HTMLChildren, next: Int)] = []
        var current: HTMLNode? = node
        let newline: StaticString = "\n"
        while true {
            if let node = current {
                current = nil
                if let text = node.text {
                    take(text)
                } else if node.isElement {
                    if node.tag == GUMBO_TAG_BR {
                        take(ByteSlice(start: newline.utf8Start, count: 1))
                    } else if HTMLRole.of(node) != .dropped {
                        open.append((node.children, 0))
                    }
                }
            }
            guard let top = open.indices.last else { return }
            if open[top].next < open[top].children.count {
                current = open[top].children[open[top].next]
                open[top].next += 1
            } else {
                open.removeLast()
            }
        }
    }

    /// With white space as the source has it.
    static func exact(of node: HTMLNode) -> [UInt8] {
        var bytes: [UInt8] = []
        visit(node) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// With white space collapsed and trimmed.
    static func plain(of node: HTMLNode) -> String {
        var bytes: [UInt8] = []
        var space = false
        visit(node) { text in
            for byte in text {
                if ByteSlice.isSpace(byte) {
                    space = true
                } else {
                    if space, !bytes.isEmpty { bytes.append(0x20) }
                    space = false
                    bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
