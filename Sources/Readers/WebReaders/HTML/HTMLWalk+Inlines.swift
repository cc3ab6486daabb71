// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

extension HTMLWalk {
    func enterInline(_ node: HTMLNode, _ role: HTMLRole, _ style: HTMLStyle) {
        if style.display == .block, role == .transparent {
            frame.endParagraph()
            enterMarks(node, nil, style, then: .paragraph)
            return
        }
        if role == .link, node.hasAttributes, let address = node.attribute("href")?.trimmed, !address.isEmpty {
            if let note = note(of: node, at: address) {
                placeAnchors()
                return frame.run.add(.note(note), in: marks)
            }
            if isWayBack(node, to: address) { return }
        }
        let kind: HTMLMark.Kind? = switch role {
        // Wikipedia's `cite` holds a whole reference, which no browser shows slanted.
        case .emphasis: style.emphasis == false || (node.tag == GUMBO_TAG_CITE && node.attribute("class") != nil) ? nil : .emphasis
        case .strong: style.strong == false ? nil : .strong
        case .strikethrough: .strikethrough
        case .underline: .underline
        case .superscript: .superscript
        case .subscript: .subscript
        case .code: .code
        case .link: link(node)
        default: nil
        }
        enterMarks(node, kind, style, then: .nothing)
    }

    /// Opens what the element and its style say, each at most once at a time, then visits the children.
    func enterMarks(_ node: HTMLNode, _ kind: HTMLMark.Kind?, _ style: HTMLStyle, then leave: Leave) {
        let before = marks
        if style.strong == false { marks.removeAll { $0.kind == .strong } }
        if style.emphasis == false { marks.removeAll { $0.kind == .emphasis } }
        if let kind { open(kind) }
        // Headings are strong by themselves; a style that only repeats it is no emphasis.
        if !frame.holdsOneRun {
            if style.strong == true { open(.strong) }
            if style.emphasis == true { open(.emphasis) }
        }
        if style.strikethrough { open(.strikethrough) }
        guard marks.count != before.count || marks.last?.element != before.last?.element else { return descend(node, then: leave) }
        if case .paragraph = leave { steps.append(Step(children: HTMLChildren(), leave: .paragraph)) }
        descend(node, then: .marks(before))
    }

    private func open(_ kind: HTMLMark.Kind) {
        guard marks.count < Self.deepestMarks, !marks.contains(where: { $0.kind == kind }) else { return }
        elements += 1
        marks.append(HTMLMark(kind: kind, element: elements))
    }

    private func link(_ node: HTMLNode) -> HTMLMark.Kind? {
        guard let address = node.attribute("href")?.trimmed, !address.isEmpty else { return nil }
        guard !marks.contains(where: { if case .link = $0.kind { true } else { false } }) else { return nil }
        let title = node.attribute("title")?.trimmed
        let destination = destination(of: address)
        return destination.isEmpty ? nil : .link(destination, title: title.flatMap { $0.isEmpty ? nil : $0.string })
    }

    /// Where a link leads: within the page it stays as it is, else it starts from the base and is the host's to say.
    private func destination(of written: ByteSlice) -> String {
        if written[0] == UInt8(ascii: "#"), HTMLNoteMarks.isReferencePlace(written[slice: 1..<written.count]) { return "" }
        if document.host == nil, base.isEmpty || written[0] == UInt8(ascii: "#") { return written.string }
        let address = WebAddress.resolve(written.string, against: base)
        return document.host?.destination(of: address) ?? address
    }

    func enterReplaced(_ node: HTMLNode, _ role: HTMLRole) {
        switch role {
        case .image:
            if let formula = lastFormula, let alternative = node.attribute("alt"), HTMLFormula.bare(alternative.string) == formula { return }
            if let image = document.pictures.image(of: node, base, document.host) {
                placeAnchors()
                frame.run.add(.image(image), in: marks)
            }
        case .quotation:
            addText("“")
            descend(node, then: .quotation)
        case .ruby: enterRuby(node)
        case .math: enterMath(node)
        case .button:
            frame.run.addSpace()
            steps.append(Step(children: HTMLChildren(), leave: .space))
            descend(node, then: .nothing)
        case .input: enterInput(node)
        case .select: enterSelect(node)
        case .textArea:
            frame.run.addSpace()
            for index in 0..<node.children.count {
                if let text = node.children[index]?.text { frame.run.addKept(text, in: marks) }
            }
            frame.run.addSpace()
        default: enterEmbedded(node)
        }
    }

    /// Readings stand in parentheses behind their base, unless the page brings its own.
    private func enterRuby(_ node: HTMLNode) {
        let children = node.children
        let hasParentheses = (0..<children.count).contains { children[$0].map { $0.isElement && $0.tag == GUMBO_TAG_RP } ?? false }
        guard !hasParentheses else { return descend(node, then: .nothing) }
        for index in 0..<children.count {
            guard let child = children[index] else { continue }
            let isReading = child.isElement && child.tag == GUMBO_TAG_RT
            let text = HTMLText.plain(of: child)
            if !text.isEmpty { addText(isReading ? "(\(text))" : text) }
        }
    }
}
