// SPDX-License-Identifier: Apache-2.0
import CGumbo

typealias ByteSlice = UnsafeBufferPointer<UInt8>

/// One node of gumbo's tree, valid while its `HTMLTree` lives. Costs a pointer.
struct HTMLNode {
    let pointer: UnsafePointer<GumboNode>

    init?(_ pointer: UnsafeRawPointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer.assumingMemoryBound(to: GumboNode.self)
    }

    var isElement: Bool {
        pointer.pointee.type == GUMBO_NODE_ELEMENT || pointer.pointee.type == GUMBO_NODE_TEMPLATE
    }

    /// Character data with entities resolved; nil for elements and comments.
    var text: ByteSlice? {
        switch pointer.pointee.type {
        case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA: ByteSlice(cString: pointer.pointee.v.text.text)
        default: nil
        }
    }

    /// An element's tag; meaningless for text.
    var tag: GumboTag { pointer.pointee.v.element.tag }

    var isHTML: Bool { pointer.pointee.v.element.tag_namespace == GUMBO_NAMESPACE_HTML }

    var children: HTMLChildren { isElement ? HTMLChildren(pointer.pointee.v.element.children) : HTMLChildren() }

    var hasAttributes: Bool { pointer.pointee.v.element.attributes.length > 0 }

    /// An attribute's value with entities resolved; names are lower case.
    func attribute(_ name: StaticString) -> ByteSlice? {
        let list = pointer.pointee.v.element.attributes
        guard list.length > 0, let data = list.data else { return nil }
        for index in 0..<Int(list.length) {
            guard let item = data[index] else { continue }
            let attribute = item.assumingMemoryBound(to: GumboAttribute.self).pointee
            if attribute.name != nil, ByteSlice(cString: attribute.name) == name { return ByteSlice(cString: attribute.value) }
        }
        return nil
    }

    /// The element's name as the source wrote it, for elements HTML does not know.
    var writtenName: ByteSlice {
        var piece = pointer.pointee.v.element.original_tag
        guard piece.data != nil, piece.length > 0 else { return ByteSlice(start: nil, count: 0) }
        gumbo_tag_from_original_text(&piece)
        guard let data = piece.data else { return ByteSlice(start: nil, count: 0) }
        return data.withMemoryRebound(to: UInt8.self, capacity: piece.length) { ByteSlice(start: $0, count: piece.length) }
    }
}

/// The children of an element, by position.
struct HTMLChildren {
    private let data: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    let count: Int

    init() {
        data = nil
        count = 0
    }

    init(_ vector: GumboVector) {
        data = vector.data
        count = vector.data == nil ? 0 : Int(vector.length)
    }

    subscript(index: Int) -> HTMLNode? { index < count ? HTMLNode(data?[index]) : nil }
}
