// SPDX-License-Identifier: Apache-2.0

/// An XML document as a compact tree: 16 bytes an element, text and attributes decoded only when asked for.
///
/// Built by a tokenizer of our own; by libxml2 where the document has a DOCTYPE or is not UTF-8. Damage is stepped
/// over and named in `fault`.
package final class XMLTree: @unchecked Sendable {
    private let view: UnsafeMutablePointer<XMLTreeView>
    private let names: UnsafeMutablePointer<XMLNames.All>
    /// What is wrong with the document, when something is; follows the part's name.
    package let fault: String?

    package convenience init(_ bytes: [UInt8], vocabulary: XMLVocabulary, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        var spellings = XMLSpellings(vocabulary)
        try self.init(bytes, spellings: &spellings, limits: limits)
    }

    /// Reads one of several documents that spell names alike; `spellings` learns from each.
    package init(_ bytes: [UInt8], spellings: inout XMLSpellings, limits: XMLLimits = XMLLimits()) throws(XMLError) {
        guard bytes.count < Int(Int32.max) else { throw .limit("is larger than 2 GiB") }
        guard !bytes.isEmpty else { throw .malformed("is empty") }
        let bytes = XMLEntities.replaced(in: bytes) ?? bytes
        var builder = XMLTreeBuilder(spellings.take(), limits: limits)
        defer { spellings.names = builder.names }
        var isRead = false
        var error: XMLError?
        bytes.withUnsafeBufferPointer { buffer in
            guard buffer[0] != 0xFE, buffer[0] != 0xFF, buffer[0] != 0, buffer.count < 2 || buffer[1] != 0 else { return }
            do throws(XMLError) { isRead = try builder.read(buffer) } catch let thrown { error = thrown }
        }
        if let error { throw error }
        var kept = bytes
        if isRead {
            fault = builder.fault
        } else {
            let handler = XMLTreeHandler(XMLTreeBuilder(builder.names, limits: limits))
            let result = bytes.withUnsafeBytes { buffer in
                Result { () throws(XMLError) in try XMLParser.parse(buffer, limits: limits, into: handler) }
            }
            fault = try result.get()
            handler.builder.finish()
            builder = handler.builder
            kept = handler.bytes
        }
        guard !builder.nodes.isEmpty else { throw .malformed(fault ?? "has no elements") }
        names = .allocate(capacity: 1)
        names.initialize(to: builder.names.all)
        view = .allocate(capacity: 1)
        view.initialize(to: XMLTreeView(builder, names, bytes: kept, isDecoded: !isRead))
    }

    deinit {
        view.pointee.deallocate()
        view.deallocate()
        names.deinitialize(count: 1)
        names.deallocate()
    }

    /// Shows the outermost element; of several, the first. No element may leave `body`: elements do not keep their tree.
    package func withRoot<Result, Failure: Error>(_ body: (XMLElement) throws(Failure) -> Result) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(XMLElement(tree: UnsafePointer(view), index: view.pointee.nodes.firstIndex { !$0.isText } ?? 0))
    }
}

extension XMLTree {
    /// Shows the element whose `index` was noted before; nil when there is none. No element may leave `body`.
    package func withElement<Result, Failure: Error>(at index: Int, _ body: (XMLElement) throws(Failure) -> Result) throws(Failure) -> Result? {
        defer { withExtendedLifetime(self) {} }
        guard view.pointee.nodes.indices.contains(index), !view.pointee.nodes[index].isText else { return nil }
        return try body(XMLElement(tree: UnsafePointer(view), index: index))
    }
}

/// The arrays of a tree at addresses that stay, so that a handle on an element is two plain words, and a look at it counts no owners.
struct XMLTreeView: BitwiseCopyable {
    let nodes: UnsafeMutableBufferPointer<XMLNode>
    let attributes: UnsafeMutableBufferPointer<XMLTreeAttribute>
    let bytes: UnsafeMutableBufferPointer<UInt8>
    private let names: UnsafePointer<XMLNames.All>
    /// Attribute values have their references decoded already.
    let isDecoded: Bool

    init(_ builder: XMLTreeBuilder, _ names: UnsafePointer<XMLNames.All>, bytes: [UInt8], isDecoded: Bool) {
        nodes = Self.copy(builder.nodes)
        attributes = Self.copy(builder.attributes)
        self.bytes = Self.copy(bytes)
        self.names = names
        self.isDecoded = isDecoded
    }

    func name(_ number: Int) -> String { names.pointee[number] }

    /// Arrays of somebody else's, who keeps them for as long as the view is used.
    init(
        nodes: UnsafeMutableBufferPointer<XMLNode>, attributes: UnsafeMutableBufferPointer<XMLTreeAttribute>, bytes: UnsafeMutableBufferPointer<UInt8>,
        names: UnsafePointer<XMLNames.All>
    ) {
        self.nodes = nodes
        self.attributes = attributes
        self.bytes = bytes
        self.names = names
        isDecoded = false
    }

    func deallocate() {
        nodes.deallocate()
        attributes.deallocate()
        bytes.deallocate()
    }

    private static func copy<Element: BitwiseCopyable>(_ array: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let room = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
        _ = room.initialize(from: array)
        return room
    }

    func text(_ at: Int) -> String {
        let node = nodes[at]
        let raw = UnsafeBufferPointer(rebasing: bytes[Int(node.first)..<(Int(node.first) &+ Int(node.count))])
        return node.name == XMLNode.literal ? String(decoding: raw, as: UTF8.self) : XMLText.decode(raw)
    }
}

/// A handle on one element of a tree; the null element has no name, text or children.
package struct XMLElement: @unchecked Sendable {
    let tree: UnsafePointer<XMLTreeView>?
    /// Tells elements of one tree apart, in the order of the document.
    package let index: Int

    package static let null = XMLElement(tree: nil, index: 0)

    package var isNull: Bool { tree == nil }

    /// The name's number in the vocabulary; beyond its end for names it does not have.
    @inline(__always)
    package var number: Int { tree.map { Int($0.pointee.nodes[index].name) } ?? -1 }

    /// The name with its fixed prefix.
    package var name: String {
        guard let tree = tree?.pointee else { return "" }
        return tree.name(Int(tree.nodes[index].name))
    }

    package var children: XMLChildren {
        guard let tree = tree?.pointee else { return XMLChildren(tree: nil, at: 0, end: 0) }
        return XMLChildren(tree: self.tree, at: index &+ 1, end: Int(tree.nodes[index].end))
    }

    /// The first child of this name, or the null element.
    package func firstOrEmpty(_ number: Int) -> XMLElement {
        for child in children where child.number == number { return child }
        return .null
    }

    package func first(_ number: Int) -> XMLElement? {
        for child in children where child.number == number { return child }
        return nil
    }

    /// The value of an attribute, its references decoded.
    package func attribute(_ number: Int) -> String? {
        guard let tree = tree?.pointee, let place = place(number) else { return nil }
        let raw = UnsafeBufferPointer(rebasing: tree.bytes[Int(place.start)..<(Int(place.start) &+ Int(place.count))])
        return tree.isDecoded ? String(decoding: raw, as: UTF8.self) : XMLText.decode(raw)
    }

    package func has(_ number: Int) -> Bool { place(number) != nil }

    private func place(_ number: Int) -> XMLTreeAttribute? {
        guard let tree = tree?.pointee else { return nil }
        let node = tree.nodes[index]
        var at = Int(node.first)
        let end = at &+ Int(node.count)
        while at < end {
            if Int(tree.attributes[at].name) == number { return tree.attributes[at] }
            at &+= 1
        }
        return nil
    }

    /// All attributes, for names outside of the vocabulary.
    package var attributes: [XMLAttribute] {
        guard let tree = tree?.pointee else { return [] }
        let node = tree.nodes[index]
        return (Int(node.first)..<(Int(node.first) &+ Int(node.count))).map { at in
            let name = Int(tree.attributes[at].name)
            return XMLAttribute(name: tree.name(name), value: attribute(name) ?? "")
        }
    }

    /// Every element below with one of these names, in document order; one look at each node.
    package func each(_ wanted: [Int], _ visit: (XMLElement) -> Void) {
        guard let tree, !wanted.isEmpty else { return }
        var at = index &+ 1
        let end = Int(tree.pointee.nodes[index].end)
        while at < end {
            let name = Int(tree.pointee.nodes[at].name)
            if wanted.contains(name) { visit(XMLElement(tree: tree, index: at)) }
            at &+= 1
        }
    }

    /// All text below, in order.
    package var text: String {
        guard let tree = tree?.pointee else { return "" }
        var out = ""
        var at = index &+ 1
        let end = Int(tree.nodes[index].end)
        while at < end {
            if tree.nodes[at].isText { out += tree.text(at) }
            at &+= 1
        }
        return out
    }

    /// Whether any text below is more than white space.
    package var hasText: Bool {
        guard let tree = tree?.pointee else { return false }
        return (index..<Int(tree.nodes[index].end)).contains { at in
            let node = tree.nodes[at]
            guard node.isText else { return false }
            return tree.bytes[Int(node.first)..<(Int(node.first) &+ Int(node.count))].contains { !XMLTokenizer.isSpace($0) }
        }
    }
}

/// The child elements of an element, in order; text between them is passed over.
package struct XMLChildren: Sequence, IteratorProtocol {
    let tree: UnsafePointer<XMLTreeView>?
    var at: Int
    let end: Int

    @inline(__always)
    package mutating func next() -> XMLElement? {
        guard let nodes = tree?.pointee.nodes else { return nil }
        while at < end {
            let here = at
            at = Int(nodes[here].end)
            if !nodes[here].isText { return XMLElement(tree: self.tree, index: here) }
        }
        return nil
    }
}
