// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

extension HTMLWalk {
    func enter(_ node: HTMLNode) {
        if let text = node.text {
            if !pendingAnchors.isEmpty, text.contains(where: { !ByteSlice.isSpace($0) }) { placeAnchors() }
            if keepsSpace { frame.run.addKept(text, in: marks) } else { frame.run.add(text, in: marks) }
            return
        }
        guard node.isElement, dropped.isEmpty || !dropped.contains(node.pointer) else { return }
        let role = HTMLRole.of(node)
        guard role != .dropped else {
            if node.tag == GUMBO_TAG_SCRIPT { enterScript(node) }
            return
        }
        elements += 1
        guard node.hasAttributes else { return enter(node, as: role, style: HTMLStyle()) }
        if enterTarget(node, role) { return }
        let style = node.attribute("style").map { HTMLStyle($0) } ?? HTMLStyle()
        if isHidden(node, role, style) {
            if role != .input { diagnostics.report("html-hidden-dropped", "elements the page hides were left out") }
            return
        }
        if let keeps = style.keepsSpace, keeps != keepsSpace, role != .preformatted, role != .cell, role != .item {
            let before = keepsSpace
            steps.append(Step(children: HTMLChildren(), leave: .keptSpace(before)))
            keepsSpace = keeps
        }
        enter(node, as: role, style: style)
    }

    private func enter(_ node: HTMLNode, as role: HTMLRole, style: HTMLStyle) {
        switch role {
        case .block:
            if style.display == .inline { return enterInline(node, role, style) }
            frame.endParagraph()
            enterMarks(node, nil, style, then: .paragraph)
        case .summary:
            frame.endParagraph()
            enterMarks(node, .strong, style, then: .paragraph)
        case .heading:
            _ = push(.heading(Int(node.tag.rawValue - GUMBO_TAG_H1.rawValue) + 1), for: node)
        case .quote: _ = push(.quote, for: node)
        case .preformatted: enterPreformatted(node)
        case .rule:
            frame.endParagraph()
            if !frame.holdsOneRun { frame.append(.rule) }
        case .lineBreak: enterBreak()
        case .orderedList, .bulletList: enterList(node, ordered: role == .orderedList)
        case .item: enterItem(node)
        case .definitions: _ = push(.definitions, for: node)
        case .term: enterTerm(node)
        case .description: enterDescription(node)
        case .table: enterTable(node)
        case .rowGroup: enterRowGroup(node)
        case .row: enterRow(node)
        case .cell: enterCell(node, style)
        case .caption: _ = push(.caption, for: node)
        case .figure: _ = push(.figure, for: node)
        case .figureCaption: _ = push(.figureCaption, for: node)
        case .transparent, .emphasis, .strong, .strikethrough, .underline, .superscript, .subscript, .code, .link:
            enterInline(node, role, style)
        case .image, .quotation, .ruby, .math, .button, .input, .select, .textArea, .embedded:
            enterReplaced(node, role)
        case .dropped: break
        }
    }

    private func isHidden(_ node: HTMLNode, _ role: HTMLRole, _ style: HTMLStyle) -> Bool {
        if style.display == .hidden || style.isInvisible || node.attribute("hidden") != nil {
            return !holdsOnlyMath(node, role)
        }
        // The picture of a formula beside the formula itself.
        return node.attribute("aria-hidden") != nil && node.attribute("class")?.hasKeyword("katex-html") == true
    }

    private func enterBreak() {
        if frame.run.breakPending, !frame.holdsOneRun {
            frame.endParagraph()
        } else if keepsSpace || !frame.holdsOneRun || !steps.isEmpty {
            frame.run.addBreak()
        }
    }

    func leave(_ leave: Leave) {
        switch leave {
        case .nothing: break
        case .paragraph:
            frame.endParagraph()
            startPages()
        case .frame:
            complete(frames.removeLast())
            startPages()
        case .marks(let before): marks = before
        case .space: frame.run.addSpace()
        case .quotation: addText("”")
        case .keptSpace(let before): keepsSpace = before
        case .row: frame.rows.endRow()
        }
    }

    /// Hands a finished part to the one it stands in.
    private func complete(_ part: HTMLFrame) {
        switch part.kind {
        case .document: break
        case .note(let id): document.notes.append(Note(id: id, blocks: part.takeBlocks()))
        case .heading(let level):
            // A heading begins with its words: the places in it that are linked to stand behind them.
            let inlines = part.run.take()
            let words = inlines.filter { if case .anchor = $0 { false } else { true } }
            let anchors = inlines.filter { if case .anchor = $0 { true } else { false } }
            if !words.isEmpty { frame.append(.heading(level: level + page.headingOffset, words + anchors)) }
        case .quote:
            let blocks = part.takeBlocks()
            if !blocks.isEmpty { frame.append(.quote(blocks)) }
        case .list: completeList(part)
        case .item: completeItem(part)
        case .table: completeTable(part)
        case .cell: completeCell(part)
        case .caption, .figureCaption: completeCaption(part)
        case .figure:
            let blocks = part.takeBlocks()
            if blocks.isEmpty {
                if !part.caption.isEmpty { frame.append(.paragraph(part.caption)) }
            } else {
                frame.append(.figure(blocks, caption: part.caption))
            }
        case .definitions: completeDefinitions(part)
        case .term: completeTerm(part)
        case .description: completeDescription(part)
        }
    }

    private func completeCaption(_ part: HTMLFrame) {
        let inlines = part.run.take()
        guard !inlines.isEmpty else { return }
        switch frame.kind {
        case .table, .figure:
            if !frame.caption.isEmpty { frame.caption.append(.lineBreak) }
            frame.caption += inlines
        default: frame.append(.paragraph(inlines))
        }
    }

    private func enterPreformatted(_ node: HTMLNode) {
        frame.endParagraph()
        var code = HTMLCode(of: node)
        guard code.trim() else { return }
        placeAnchorsAlone()
        if frame.holdsOneRun {
            addText(code.text)
        } else {
            frame.append(.code(code.text, language: code.language))
        }
    }

    func addText(_ text: String) {
        placeAnchors()
        var text = text
        text.withUTF8 { frame.run.add($0, in: marks) }
    }
}
