// SPDX-License-Identifier: Apache-2.0

/// Grows a tree from tokens; forgives end tags that do not match.
struct XMLTreeBuilder {
    private(set) var nodes: [XMLNode] = []
    private(set) var attributes: [XMLTreeAttribute] = []
    private(set) var names: XMLNames
    private(set) var fault: String?
    private var open: [UInt32] = []
    private var rebound: [(depth: Int, prefix: String, old: String)] = []
    private let limits: XMLLimits

    init(_ names: XMLNames, limits: XMLLimits) {
        self.names = names
        self.limits = limits
    }

    /// False when the bytes need the full parser.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(XMLError) -> Bool {
        var tokens = XMLTokenizer(bytes, mostAttributes: limits.attributes)
        nodes.reserveCapacity(bytes.count / 24)
        attributes.reserveCapacity(bytes.count / 40)
        loop: while true {
            switch tokens.next() {
            case .start: try start(&tokens, isEmpty: false)
            case .emptyElement: try start(&tokens, isEmpty: true)
            case .end: end(names.number(tokens.current, isAttribute: false))
            case .text: try text(tokens.start, tokens.count, isLiteral: tokens.isLiteral)
            case .needsParser: return false
            case .finished: break loop
            }
        }
        fault = tokens.fault ?? fault
        finish()
        return true
    }

    private mutating func start(_ tokens: inout XMLTokenizer, isEmpty: Bool) throws(XMLError) {
        for attribute in tokens.attributes where attribute.nameCount >= 5 && tokens.bytes[attribute.nameStart] == UInt8(ascii: "x") {
            let name = tokens.slice(attribute.nameStart, attribute.nameCount)
            guard name.starts(with: "xmlns".utf8) else { continue }
            let prefix = String(decoding: name.dropFirst(6), as: UTF8.self)
            let uri = XMLText.decode(tokens.slice(attribute.valueStart, attribute.valueCount))
            if let was = names.bind(prefix, to: uri) { rebound.append((open.count, was.prefix, was.old)) }
        }
        let first = attributes.count
        for attribute in tokens.attributes {
            attributes.append(XMLTreeAttribute(
                name: names.number(tokens.slice(attribute.nameStart, attribute.nameCount), isAttribute: true),
                start: UInt32(truncatingIfNeeded: attribute.valueStart), count: UInt32(truncatingIfNeeded: attribute.valueCount)))
        }
        let number = names.number(tokens.current, isAttribute: false)
        try push(number, attributes: first)
        if isEmpty || names.isOpaque(number) && tokens.passContent() { pop() }
    }

    mutating func push(_ name: UInt32, attributes first: Int) throws(XMLError) {
        guard open.count < limits.depth else { throw .depth("is nested deeper than \(limits.depth) elements") }
        try checkRoom()
        open.append(UInt32(truncatingIfNeeded: nodes.count))
        nodes.append(XMLNode(
            name: name, end: 0, first: UInt32(truncatingIfNeeded: first), count: UInt32(truncatingIfNeeded: attributes.count &- first)))
    }

    mutating func push(_ name: String, _ list: [(name: String, start: Int, count: Int)]) throws(XMLError) {
        let first = attributes.count
        for attribute in list {
            attributes.append(XMLTreeAttribute(
                name: names.number(of: attribute.name), start: UInt32(truncatingIfNeeded: attribute.start), count: UInt32(truncatingIfNeeded: attribute.count)))
        }
        try push(names.number(of: name), attributes: first)
    }

    mutating func text(_ start: Int, _ count: Int, isLiteral: Bool) throws(XMLError) {
        guard !open.isEmpty, count > 0 else { return }
        try checkRoom()
        nodes.append(XMLNode(
            name: isLiteral ? XMLNode.literal : XMLNode.text, end: UInt32(truncatingIfNeeded: nodes.count &+ 1),
            first: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: count)))
    }

    private mutating func end(_ name: UInt32) {
        if let last = open.last, nodes[Int(last)].name == name { return pop() }
        fault = fault ?? "has end tags that do not match"
        guard let place = open.lastIndex(where: { nodes[Int($0)].name == name }) else { return }
        while open.count > place { pop() }
    }

    mutating func pop() {
        guard let last = open.popLast() else { return }
        nodes[Int(last)].end = UInt32(truncatingIfNeeded: nodes.count)
        while let binding = rebound.last, binding.depth >= open.count {
            rebound.removeLast()
            // The root's own bindings hold to the end.
            if !open.isEmpty { names.restore(binding.prefix, binding.old) }
        }
    }

    mutating func finish() {
        if !open.isEmpty { fault = fault ?? "ends inside an element" }
        while !open.isEmpty { pop() }
    }

    private func checkRoom() throws(XMLError) {
        guard nodes.count < limits.nodes else { throw .limit("has more than \(limits.nodes) elements") }
    }
}

/// Grows a tree from libxml2's events, for documents the tokenizer leaves alone.
final class XMLTreeHandler: XMLHandler {
    var builder: XMLTreeBuilder
    /// Text and attribute values, with their references decoded.
    private(set) var bytes: [UInt8] = []

    init(_ builder: XMLTreeBuilder) { self.builder = builder }

    func start(_ name: String, namespace: String?, attributes: [XMLAttribute]) throws(XMLError) {
        var list: [(name: String, start: Int, count: Int)] = []
        for attribute in attributes {
            list.append((attribute.name, bytes.count, attribute.value.utf8.count))
            bytes.append(contentsOf: attribute.value.utf8)
        }
        try builder.push(name, list)
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) throws(XMLError) {
        try builder.text(bytes.count, text.count, isLiteral: true)
        bytes.append(contentsOf: text)
    }

    func end(_ name: String) { builder.pop() }
}
