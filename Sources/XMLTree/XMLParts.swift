// SPDX-License-Identifier: Apache-2.0

/// Reads XML that is too large for a tree: elements of some names are handed out whole, each as a small tree, as soon as
/// they end; all others are announced where they begin and where they end.
///
/// Takes the document in pieces that end before a tag. Memory is that of the largest element handed out whole. UTF-8 only.
package final class XMLParts {
    package enum Part {
        /// An element's beginning: its attributes, and no children.
        case begin(XMLElement)
        /// The number of the name of an element that ended.
        case end(Int)
        case whole(XMLElement)
    }

    /// What is wrong with the document, when something is.
    package private(set) var fault: String?
    private let whole: Set<UInt32>
    private let limits: XMLLimits
    private var names: XMLNames
    private var nodes: [XMLNode] = []
    private var attributes: [XMLTreeAttribute] = []
    private var bytes: [UInt8] = []
    /// The names of the elements that are open.
    private var open: [UInt32] = []
    /// The nodes that are open, and how deep the element is that is read whole.
    private var openNodes: [Int] = []
    private var wholeDepth: Int?
    private var rebound: [(depth: Int, prefix: String, old: String)] = []

    package init(vocabulary: XMLVocabulary, whole: [Int], limits: XMLLimits = XMLLimits()) {
        names = XMLNames(vocabulary)
        self.whole = Set(whole.map { UInt32($0) })
        self.limits = limits
    }

    /// Whether a document is of the kind that is read here: UTF-8 without a DOCTYPE.
    package static func canRead(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            guard buffer.count > 1, buffer[0] != 0xFE, buffer[0] != 0xFF, buffer[0] != 0, buffer[1] != 0 else { return false }
            var tokens = XMLTokenizer(buffer)
            return tokens.next() != .needsParser
        }
    }

    /// Throws what `visit` throws; a limit or a DOCTYPE ends the reading with a `fault`, and false.
    package func read<Failure: Error>(_ piece: [UInt8], _ visit: (Part) throws(Failure) -> Void) throws(Failure) -> Bool {
        var failure: Failure?
        let goesOn = piece.withUnsafeBufferPointer { buffer -> Bool in
            do throws(Failure) { return try read(buffer, visit) } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
        return goesOn
    }

    private func read<Failure: Error>(_ piece: UnsafeBufferPointer<UInt8>, _ visit: (Part) throws(Failure) -> Void) throws(Failure) -> Bool {
        var tokens = XMLTokenizer(piece, mostAttributes: limits.attributes)
        while true {
            switch tokens.next() {
            case .start: try start(tokens, isEmpty: false, visit)
            case .emptyElement: try start(tokens, isEmpty: true, visit)
            case .end: try end(names.number(tokens.current, isAttribute: false), visit)
            case .text: if wholeDepth != nil { text(tokens.current, isLiteral: tokens.isLiteral) }
            case .needsParser:
                fault = fault ?? "is not UTF-8 or has a DOCTYPE"
                return false
            case .finished:
                fault = fault ?? tokens.fault
                return true
            }
            if open.count > limits.depth || nodes.count > limits.nodes {
                fault = open.count > limits.depth ? "is nested deeper than \(limits.depth) elements" : "has more than \(limits.nodes) elements"
                return false
            }
        }
    }

    /// Ends what is open: the document ended early.
    package func finish<Failure: Error>(_ visit: (Part) throws(Failure) -> Void) throws(Failure) {
        if !open.isEmpty { fault = fault ?? "ends inside an element" }
        while let last = open.last { try end(last, visit) }
    }

    private func start<Failure: Error>(
        _ tokens: borrowing XMLTokenizer, isEmpty: Bool, _ visit: (Part) throws(Failure) -> Void
    ) throws(Failure) {
        bind(tokens)
        let name = names.number(tokens.current, isAttribute: false)
        let first = attributes.count
        for attribute in tokens.attributes {
            attributes.append(XMLTreeAttribute(
                name: names.number(tokens.slice(attribute.nameStart, attribute.nameCount), isAttribute: true),
                start: UInt32(truncatingIfNeeded: bytes.count), count: UInt32(truncatingIfNeeded: attribute.valueCount)))
            bytes.append(contentsOf: tokens.slice(attribute.valueStart, attribute.valueCount))
        }
        open.append(name)
        let place = nodes.count
        nodes.append(XMLNode(
            name: name, end: UInt32(truncatingIfNeeded: place &+ 1), first: UInt32(truncatingIfNeeded: first),
            count: UInt32(truncatingIfNeeded: attributes.count &- first)))
        if wholeDepth != nil {
            openNodes.append(place)
        } else if whole.contains(name) {
            wholeDepth = open.count
            openNodes.append(place)
        } else {
            try withTree { (root) throws(Failure) in try visit(.begin(root)) }
            clear()
        }
        if isEmpty { try end(name, visit) }
    }

    private func bind(_ tokens: borrowing XMLTokenizer) {
        for attribute in tokens.attributes where attribute.nameCount >= 5 && tokens.bytes[attribute.nameStart] == UInt8(ascii: "x") {
            let name = tokens.slice(attribute.nameStart, attribute.nameCount)
            guard name.starts(with: "xmlns".utf8) else { continue }
            let prefix = String(decoding: name.dropFirst(6), as: UTF8.self)
            let uri = XMLText.decode(tokens.slice(attribute.valueStart, attribute.valueCount))
            if let was = names.bind(prefix, to: uri) { rebound.append((open.count, was.prefix, was.old)) }
        }
    }

    private func text(_ text: UnsafeBufferPointer<UInt8>, isLiteral: Bool) {
        nodes.append(XMLNode(
            name: isLiteral ? XMLNode.literal : XMLNode.text, end: UInt32(truncatingIfNeeded: nodes.count &+ 1),
            first: UInt32(truncatingIfNeeded: bytes.count), count: UInt32(truncatingIfNeeded: text.count)))
        bytes.append(contentsOf: text)
    }

    private func end<Failure: Error>(_ name: UInt32, _ visit: (Part) throws(Failure) -> Void) throws(Failure) {
        guard let last = open.last else { return }
        if last != name {
            fault = fault ?? "has end tags that do not match"
            guard open.contains(name) else { return }
        }
        while let last = open.popLast() {
            while let binding = rebound.last, binding.depth >= open.count {
                rebound.removeLast()
                // The root's own bindings hold to the end.
                if !open.isEmpty { names.restore(binding.prefix, binding.old) }
            }
            if let depth = wholeDepth {
                if let node = openNodes.popLast() { nodes[node].end = UInt32(truncatingIfNeeded: nodes.count) }
                if depth > open.count {
                    wholeDepth = nil
                    try withTree { (root) throws(Failure) in try visit(.whole(root)) }
                    clear()
                }
            } else {
                try visit(.end(Int(last)))
            }
            if last == name { return }
        }
    }

    private func clear() {
        nodes.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        openNodes.removeAll(keepingCapacity: true)
    }

    /// Shows what has been gathered as a tree, without copying it.
    private func withTree<Failure: Error>(_ body: (XMLElement) throws(Failure) -> Void) throws(Failure) {
        var failure: Failure?
        nodes.withUnsafeMutableBufferPointer { nodes in
            attributes.withUnsafeMutableBufferPointer { attributes in
                bytes.withUnsafeMutableBufferPointer { bytes in
                    withUnsafePointer(to: names.all) { names in
                        withUnsafePointer(to: XMLTreeView(nodes: nodes, attributes: attributes, bytes: bytes, names: names)) { view in
                            do throws(Failure) { try body(XMLElement(tree: view, index: 0)) } catch { failure = error }
                        }
                    }
                }
            }
        }
        if let failure { throw failure }
    }
}
