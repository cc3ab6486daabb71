// SPDX-License-Identifier: Apache-2.0

/// One node of a tree, 16 bytes; nodes stand in document order, so a node's first child follows it.
struct XMLNode: BitwiseCopyable {
    /// `text` and `literal` stand for pieces of text.
    var name: UInt32
    /// The index behind the node's last descendant.
    var end: UInt32
    /// An element's first attribute, or where the text begins.
    var first: UInt32
    /// An element's number of attributes, or the text's bytes.
    var count: UInt32

    static let text = UInt32.max
    static let literal = UInt32.max - 1

    var isText: Bool { name >= Self.literal }
}

struct XMLTreeAttribute: BitwiseCopyable {
    var name: UInt32
    var start: UInt32
    var count: UInt32
}
