// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import WebReaders
import XMLTree

/// Reads the text of a drawing (SVG 2): title and description, then each text element as a paragraph.
package struct SVGReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var text = TextReading.whole(source, &diagnostics, declared: XMLReader.declared(in: source.bytes))
        // It is UTF-8 now, whatever its declaration says.
        if text[...].hasPrefix("<?xml"), let end = text[...].first("?>") { text.removeFirst(end + 2) }
        let tree: XMLTree
        do throws(XMLError) {
            tree = try XMLTree(text, vocabulary: XMLVocabulary(Self.names), limits: XMLLimits(depth: limits.xmlDepth))
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed("the drawing \(reason)")
            case .limit(let reason): throw .limit("the drawing \(reason)")
            case .depth(let reason): throw .xmlDepth("the drawing \(reason)")
            }
        }
        if tree.fault != nil { diagnostics.report("xml-malformed", "the drawing is not well-formed") }
        var walk = SVGWalk()
        tree.withRoot { walk.visit($0, depth: 0) }
        if walk.hasShapes { diagnostics.report("drawing-dropped", "shapes and pictures of the drawing were left out") }
        try sink.take(walk.document)
    }

    fileprivate static let names = ["svg", "title", "desc", "text", "tspan", "textPath", "g", "a", "switch", "defs", "symbol", "marker", "style", "script", "metadata", "foreignObject"]
}

private struct SVGWalk {
    var document = Document()
    private(set) var hasShapes = false

    mutating func visit(_ element: XMLElement, depth: Int) {
        let name = element.name.split(separator: ":").last.map(String.init) ?? ""
        let text = Self.clean(element.text)
        switch name {
        case "title":
            // A shape's own title is its tooltip.
            if depth <= 1 {
                document.metadata.add("title", text)
                if !text.isEmpty { document.blocks.append(.heading(level: 1, [.text(text)])) }
            } else if !text.isEmpty {
                document.blocks.append(.paragraph([.text(text)]))
            }
        case "desc":
            if depth <= 1 { document.metadata.add("description", text) }
            if !text.isEmpty { document.blocks.append(.paragraph([.text(text)])) }
        case "text": if !text.isEmpty { document.blocks.append(.paragraph(lines(of: element))) }
        case "style", "script", "metadata": break
        case "foreignObject": if !text.isEmpty { document.blocks.append(.paragraph([.text(text)])) }
        case "svg", "g", "a", "switch", "defs", "symbol", "marker": for child in element.children { visit(child, depth: depth + 1) }
        default:
            hasShapes = true
            for child in element.children { visit(child, depth: depth + 1) }
        }
    }

    /// Spans that stand at places of their own are lines.
    private func lines(of element: XMLElement) -> [Inline] {
        var lines: [String] = []
        for child in element.children where child.name.hasSuffix("tspan") && child.attributes.contains(where: { ["x", "y", "dy"].contains($0.name) }) {
            let text = Self.clean(child.text)
            if !text.isEmpty { lines.append(text) }
        }
        let whole = Self.clean(element.text)
        // Text beside the spans would be lost: then it is one line.
        guard Self.clean(lines.joined(separator: " ")).filter({ $0 != " " }) == whole.filter({ $0 != " " }) else { return [.text(whole)] }
        return Array(lines.map { [Inline.text($0)] }.joined(separator: [.lineBreak]))
    }

    private static func clean(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
