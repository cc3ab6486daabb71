// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension ODFBody {
    /// A drawing object (10.3, 10.4): pictures stay in the line or before it, text and charts follow the paragraph.
    func shape(_ element: XMLElement, _ runs: inout TextRuns, _ marks: TextMarks, _ link: String?) {
        switch element.known {
        case .draw_frame: frame(element, &runs, marks, link)
        case .draw_a:
            let target = ODFAddress.link(element.attribute(.xlink_href)) ?? link
            for child in element.children { shape(child, &runs, marks, target) }
        case .draw_g, .dr3d_scene:
            for child in element.children { shape(child, &runs, marks, link) }
        case .draw_control: control(element, &runs, marks, link)
        case .svg_title, .svg_desc, .draw_gluePoint, .office_eventListeners, .draw_enhancedGeometry: return
        default:
            let inner = ODFBody(document)
            floats += inner.blocks(element)
        }
    }

    /// A form's control (10.3.13): in the line where it is anchored so, else behind the paragraph.
    private func control(_ element: XMLElement, _ runs: inout TextRuns, _ marks: TextMarks, _ link: String?) {
        guard let text = document.forms.text(of: element.attribute(.draw_control)) else {
            return document.diagnostics.report("form-control", "a form's control was left out")
        }
        guard !text.isEmpty else { return }
        if element.attribute(.text_anchorType) == "as-char" {
            runs.add(Self.line(text), marks, link)
            endsInSpace = false
        } else {
            floats += text.split(separator: "\n").map { .paragraph([.text(String($0))]) }
        }
    }

    private func frame(_ element: XMLElement, _ runs: inout TextRuns, _ marks: TextMarks, _ link: String?) {
        let anchor = element.attribute(.text_anchorType)
        let alternative = Self.line((element.first(.svg_desc) ?? element.firstOrEmpty(.svg_title)).text)
        if let object = element.first(.draw_object), self.object(object, &runs, marks, link) { return }
        if let box = element.first(.draw_textBox) {
            floats += ODFBody(document).blocks(box)
            return
        }
        if let table = element.first(.table_table) {
            floats += ODFBody(document).table(table)
            return
        }
        let embedded = element.first(.draw_object) ?? element.first(.draw_objectOle)
        let target = embedded?.attribute(.xlink_href).flatMap { ODFAddress.part($0) == nil && !$0.hasPrefix("#") && !$0.isEmpty ? $0 : nil }
        if let target {
            runs.add(LinkedObject.inline(target), [], nil)
            document.diagnostics.report("object-linked", "a linked object was not followed; its name and place stand in the text")
        }
        let isTaken = target != nil || embedded.map { document.takeObject($0) } ?? false
        if let picture = picture(element, alternative) {
            if embedded != nil, !isTaken {
                document.diagnostics.report("object-embedded", "an embedded object was left out; its picture stands for it")
            }
            if anchor == "as-char" || link != nil {
                runs.add(.image(picture), [], link)
                endsInSpace = false
            } else {
                leading.append(.paragraph([.image(picture)]))
            }
            // In drawings a picture may have a text of its own.
            for image in element.children where image.known == .draw_image && image.hasChildren && image.first(.office_binaryData) == nil {
                floats += ODFBody(document).blocks(image)
            }
            return
        }
        for child in element.children {
            switch child.known {
            case .draw_object, .draw_objectOle, .draw_applet: if !isTaken { document.diagnostics.report("object-embedded", "an embedded object was left out") }
            case .draw_plugin, .draw_floatingFrame:
                document.diagnostics.report("media-embedded", "a sound, film or frame was left out")
            default: continue
            }
        }
    }

    /// The first of a frame's pictures that viewers show; of those they do not, the first.
    private func picture(_ frame: XMLElement, _ alternative: String) -> Image? {
        let images = frame.children.filter { $0.known == .draw_image }
        let usual = images.first { image in
            guard let href = image.attribute(.xlink_href) else { return image.first(.office_binaryData) != nil }
            return ["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp"].contains { href.lowercased().hasSuffix("." + $0) }
        }
        guard let image = usual ?? images.first else { return nil }
        let type = image.attribute(.draw_mimeType)
        if let data = image.first(.office_binaryData) {
            return document.picture(base64: data.text, mediaType: type, alternative: alternative)
        }
        guard let href = image.attribute(.xlink_href), !href.isEmpty else { return nil }
        guard let part = ODFAddress.part(href) else { return Image(.address(href), alternative: alternative) }
        if let picture = document.picture(part, mediaType: type, alternative: alternative) { return picture }
        if document.package.isFlat { return Image(.address(href), alternative: alternative) }
        document.diagnostics.report("picture-missing", "a picture's part is not in the package")
        return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative)
    }

    /// An embedded document (10.4.6.2): formulas and charts are read here; anything else is read behind the text.
    private func object(_ element: XMLElement, _ runs: inout TextRuns, _ marks: TextMarks, _ link: String?) -> Bool {
        if let own = element.children.first(where: { $0.known != .loext_p }) { return content(own, &runs, marks, link) }
        guard let href = element.attribute(.xlink_href), let part = ODFAddress.part(href), !document.package.isFlat else { return false }
        guard let tree = document.package.optionalTree(part + "/content.xml", &document.diagnostics) ?? document.package.optionalTree(part, &document.diagnostics)
        else { return false }
        return tree.withRoot { content($0, &runs, marks, link) }
    }

    private func content(_ root: XMLElement, _ runs: inout TextRuns, _ marks: TextMarks, _ link: String?) -> Bool {
        if root.known == .math_math {
            let formula = MathML.latex(root)
            if !formula.isEmpty { runs.add(.math(formula), marks, link) }
            endsInSpace = false
            return true
        }
        guard let chart = root.firstOrEmpty(.office_body).firstOrEmpty(.office_chart).first(.chart_chart) else { return false }
        floats += ODFChart.blocks(chart, document)
        return true
    }

    static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

/// A chart (chapter 11) as its titles, its kind and the table of its values.
enum ODFChart {
    static func blocks(_ chart: XMLElement, _ document: ODFDocument) -> [Block] {
        var out: [Block] = []
        for title in [chart.firstOrEmpty(.chart_title), chart.firstOrEmpty(.chart_subtitle)] {
            let text = ODFBody.line(title.text)
            if !text.isEmpty { out.append(.paragraph([.text(text)])) }
        }
        if let kind = kinds[chart.attribute(.chart_class) ?? ""] { out.append(.paragraph([.text(kind.text(in: document.limits.labels))])) }
        if let table = chart.first(.table_table) { out += ODFBody(document).table(table) }
        return out
    }

    private static let kinds: [String: Label] = [
        "chart:bar": .barChart, "chart:line": .lineChart, "chart:circle": .pieChart, "chart:area": .areaChart, "chart:scatter": .scatterChart,
        "chart:ring": .doughnutChart, "chart:radar": .radarChart, "chart:filled-radar": .radarChart, "chart:stock": .stockChart, "chart:bubble": .bubbleChart,
        "chart:surface": .surfaceChart,
    ]
}
