// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// A page's part of the structure tree.
enum PDFTags {
    private static let mostNodes = 20_000
    private static let mostDepth = 40

    static func read(_ page: pdfium_page) -> TagNode? {
        guard let tree = pdfium_page_tree(page) else { return nil }
        defer { pdfium_close_tree(tree) }
        var left = mostNodes
        var children: [TagNode.Child] = []
        for index in 0..<max(0, pdfium_tree_count(tree)) {
            guard let element = pdfium_tree_child(tree, index), let node = node(element, 0, &left) else { continue }
            children.append(.node(node))
        }
        return children.isEmpty || left <= 0 ? nil : TagNode("StructTreeRoot", children)
    }

    private static func node(_ element: pdfium_element, _ depth: Int, _ left: inout Int) -> TagNode? {
        left -= 1
        guard left > 0, depth < mostDepth else { return nil }
        var node = TagNode(PDFText.utf16(most: 128) { pdfium_element_type(element, $0, $1) })
        for index in 0..<max(0, pdfium_element_count(element)) {
            if let child = pdfium_element_child(element, index) {
                if let inner = self.node(child, depth + 1, &left) { node.children.append(.node(inner)) }
            } else {
                let content = pdfium_element_content(element, index)
                if content >= 0 { node.children.append(.content(content)) }
            }
        }
        if node.type == "Figure" || node.type == "Formula" { node.alternative = PDFText.utf16(most: 4_096) { pdfium_element_alternative(element, $0, $1) } }
        if node.type == "TD" || node.type == "TH" {
            node.columns = span("ColSpan", element)
            node.rows = span("RowSpan", element)
        }
        return node
    }

    private static func span(_ name: String, _ element: pdfium_element) -> Int {
        for index in 0..<min(8, max(0, pdfium_element_attribute_count(element))) {
            guard let attributes = pdfium_element_attributes(element, index), let value = name.withCString({ pdfium_attribute_value(attributes, $0) }) else { continue }
            var number: Float = 0
            if pdfium_value_number(value, &number) != 0, number >= 1, number < 1_000 { return Int(number) }
        }
        return 1
    }
}
