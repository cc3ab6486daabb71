// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// Elements and attributes by their names without prefixes: books and feeds use and forget namespaces as they please.
enum XMLLocalName {
    static let vocabulary = XMLVocabulary([])
}

extension XMLElement {
    var localName: Substring {
        let name = name
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return name[...] }
        return name[name.utf8.index(after: colon)...]
    }

    /// The value of an attribute, whatever its prefix.
    func plainAttribute(_ name: String) -> String? {
        attributes.first { attribute in
            attribute.name == name || attribute.name.hasSuffix(":" + name)
        }?.value
    }

    /// All elements below of these names, in document order.
    func below(_ names: Set<String>) -> [XMLElement] {
        var found: [XMLElement] = []
        var open = [children]
        while let last = open.indices.last {
            guard let child = open[last].next() else {
                open.removeLast()
                continue
            }
            if names.contains(String(child.localName)) { found.append(child) }
            open.append(child.children)
        }
        return found
    }

    /// The first child of this name, or the null element.
    func firstOrEmpty(named name: String) -> XMLElement {
        for child in children where child.localName == name { return child }
        return .null
    }
}
