// SPDX-License-Identifier: Apache-2.0
import XMLTree

extension XMLElement {
    /// The name without its prefix: these documents have no names that only their namespaces tell apart.
    private static func local(_ name: String) -> Substring { name.split(separator: ":").last ?? "" }

    func plain(_ name: String) -> String? { attributes.first { Self.local($0.name) == name }?.value }

    /// The first of this name among all elements below, in the document's order.
    func descendant(_ name: String) -> XMLElement? {
        var open = [children]
        while let last = open.indices.last {
            guard let child = open[last].next() else {
                open.removeLast()
                continue
            }
            if Self.local(child.name) == name { return child }
            open.append(child.children)
        }
        return nil
    }
}
