// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// A SmartArt diagram's data (ECMA-376 part 1, 21.4.2) as a list that nests as its points do.
struct OOXMLDiagram {
    private var texts: [String: String] = [:]
    private var children: [String: [(order: Int, id: String)]] = [:]
    private var seen: Set<String> = []

    static func blocks(_ root: XMLElement) -> [Block] {
        var diagram = OOXMLDiagram()
        var top: String?
        var order: [String] = []
        for point in root.firstOrEmpty(.dgm_ptLst).children where point.known == .dgm_pt {
            guard let id = point.attribute(.n_modelId) else { continue }
            switch point.attribute(.n_type) ?? "node" {
            case "doc": top = top ?? id
            case "node", "asst":
                order.append(id)
                diagram.texts[id] = text(point)
            default: continue
            }
        }
        for link in root.firstOrEmpty(.dgm_cxnLst).children where link.known == .dgm_cxn && (link.attribute(.n_type) ?? "parOf") == "parOf" {
            guard let source = link.attribute(.n_srcId), let target = link.attribute(.n_destId) else { continue }
            diagram.children[source, default: []].append((link.attribute(.n_srcOrd).flatMap { Int($0) } ?? 0, target))
        }
        var items = top.map { diagram.items(below: $0, depth: 0) } ?? []
        // Points that hang on nothing still have text.
        items += order.flatMap { diagram.item($0, depth: 0) }
        return items.isEmpty ? [] : [.list(List(.bullet, items: items))]
    }

    private static func text(_ point: XMLElement) -> String {
        var lines: [String] = []
        point.firstOrEmpty(.dgm_t).descendants(.a_p) { paragraph in
            let line = paragraph.text.trimmed
            if !line.isEmpty { lines.append(line) }
        }
        return lines.joined(separator: " ")
    }

    private mutating func items(below id: String, depth: Int) -> [ListItem] {
        let inner = (children[id] ?? []).sorted { $0.order < $1.order }
        return inner.flatMap { item($0.id, depth: depth) }
    }

    /// A point with what is below it; a point without text leaves its place to them.
    private mutating func item(_ id: String, depth: Int) -> [ListItem] {
        guard depth < 32, let text = texts[id], seen.insert(id).inserted else { return [] }
        let inner = items(below: id, depth: depth + 1)
        guard !text.isEmpty else { return inner }
        return [ListItem([.paragraph([.text(text)])] + (inner.isEmpty ? [] : [.list(List(.bullet, items: inner))]))]
    }
}
