// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

extension HTMLWalk {
    /// Frames, players and drawings: what they hold instead is read, they themselves are reported.
    func enterEmbedded(_ node: HTMLNode) {
        if !node.isHTML || node.tag == GUMBO_TAG_SVG { return enterDrawing(node) }
        if node.tag == GUMBO_TAG_OBJECT, node.attribute("type")?.hasKeyword("image/") == true, let address = node.attribute("data")?.trimmed,
            let image = document.pictures.image(at: address, alternative: HTMLText.plain(of: node), base, document.host) {
            placeAnchors()
            return frame.run.add(.image(image), in: marks)
        }
        switch node.tag {
        case GUMBO_TAG_IFRAME, GUMBO_TAG_FRAME, GUMBO_TAG_EMBED:
            diagnostics.report("html-embedded-dropped", "embedded frames and objects were left out")
        case GUMBO_TAG_CANVAS:
            descend(node, then: .nothing)
        default:
            diagnostics.report("html-embedded-dropped", "embedded frames and objects were left out")
            descend(node, then: .nothing)
        }
    }

    /// The pictures within a drawing are kept; the drawing itself and its words are left out.
    private func enterDrawing(_ node: HTMLNode) {
        var open = [node.children]
        var places = [0]
        var seen = 0
        var hasWords = false
        var title = ""
        while let top = open.indices.last, seen < 10_000 {
            guard let child = open[top][places[top]] else {
                open.removeLast()
                places.removeLast()
                continue
            }
            places[top] += 1
            seen += 1
            guard child.isElement else { continue }
            let name = child.writtenName
            if name.isKeyword("image") || child.isHTML && child.tag == GUMBO_TAG_IMG {
                if let address = (child.attribute("href") ?? child.attribute("xlink:href") ?? child.attribute("src"))?.trimmed, !address.isEmpty,
                    let image = document.pictures.image(at: address, alternative: title, base, document.host) {
                    placeAnchors()
                    frame.run.add(.image(image), in: marks)
                }
            } else if name.isKeyword("title") {
                title = HTMLText.plain(of: child)
            } else if name.isKeyword("text") {
                hasWords = true
            } else {
                open.append(child.children)
                places.append(0)
            }
        }
        if hasWords { diagnostics.report("html-drawing-dropped", "drawings with text in them were left out") }
    }

    /// What a person typed or chose is text of the page; a password is not.
    func enterInput(_ node: HTMLNode) {
        let type = node.attribute("type")?.trimmed
        if type?.isKeyword("checkbox") == true { return enterCheckbox(node) }
        let shown: [StaticString] = ["text", "email", "number", "tel", "url", "search", "date", "time", "datetime-local", "month", "week"]
        let isShown = type.map { type in type.isEmpty || shown.contains { type.isKeyword($0) } } ?? true
        if isShown, let value = node.attribute("value")?.trimmed, !value.isEmpty {
            frame.run.addSpace()
            frame.run.add(value, in: marks)
            frame.run.addSpace()
        } else if type?.isKeyword("radio") == true, node.attribute("checked") != nil {
            diagnostics.report("html-form-state-dropped", "the state of buttons and boxes was left out")
        }
    }

    /// The box at the start of a list item makes it a task.
    private func enterCheckbox(_ node: HTMLNode) {
        let isChecked = node.attribute("checked") != nil
        if let item = frames.last(where: { if case .item = $0.kind { true } else { false } }), item === frame, item.blocks.isEmpty,
            !item.run.hasContent, item.checked == nil {
            item.checked = isChecked
        } else if isChecked {
            diagnostics.report("html-form-state-dropped", "the state of buttons and boxes was left out")
        }
    }

    /// The chosen entry, or the first, as a closed list shows it.
    func enterSelect(_ node: HTMLNode) {
        var options: [HTMLNode] = []
        for index in 0..<node.children.count {
            guard let child = node.children[index], child.isElement else { continue }
            if child.tag == GUMBO_TAG_OPTION { options.append(child) }
            for inner in 0..<child.children.count {
                if let option = child.children[inner], option.isElement, option.tag == GUMBO_TAG_OPTION { options.append(option) }
            }
        }
        let chosen = options.filter { $0.attribute("selected") != nil }
        let shown = chosen.isEmpty ? Array(options.prefix(1)) : chosen
        if options.count > shown.count { diagnostics.report("html-choices-dropped", "entries of choice lists that were not chosen were left out") }
        frame.run.addSpace()
        for option in shown {
            addText(HTMLText.plain(of: option))
            frame.run.addSpace()
        }
    }

    // MARK: Mathematics

    func enterMath(_ node: HTMLNode) {
        let formula = HTMLFormula(node)
        guard !formula.text.isEmpty else { return }
        elements += 1
        addMath(formula.text, displayed: node.attribute("display")?.isKeyword("block") == true)
        lastFormula = formula.text
    }

    func enterScript(_ node: HTMLNode) {
        guard let type = node.attribute("type"), type.hasKeyword("math/tex") else { return }
        let text = node.children[0].map { HTMLText.exact(of: $0) } ?? []
        let latex = String(decoding: text, as: UTF8.self)
        if !latex.isEmpty { addMath(latex, displayed: type.place(ofKeyword: "mode=display") != nil) }
    }

    private func addMath(_ latex: String, displayed: Bool) {
        if displayed, !frame.holdsOneRun {
            frame.endParagraph()
            placeAnchorsAlone()
            frame.append(.math(latex))
        } else {
            placeAnchors()
            frame.run.add(.math(latex), in: marks)
        }
    }

    /// MathML that a page hides for the benefit of a picture beside it is still the better source.
    func holdsOnlyMath(_ node: HTMLNode, _ role: HTMLRole) -> Bool {
        if role == .math { return true }
        guard role == .transparent else { return false }
        var found = false
        for index in 0..<node.children.count {
            guard let child = node.children[index] else { continue }
            if child.isElement {
                guard HTMLRole.of(child) == .math else { return false }
                found = true
            }
        }
        return found
    }
}
