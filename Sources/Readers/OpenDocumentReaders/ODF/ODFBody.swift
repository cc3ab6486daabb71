// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// Reads the block content of a body, cell, note, text box or header (ODF 1.3 part 3, chapters 4, 5 and 9).
final class ODFBody {
    let document: ODFDocument
    /// Text boxes, charts and the like, which follow the paragraph they are anchored in.
    var floats: [Block] = []
    /// Floating pictures, which stand before the paragraph they are anchored in.
    var leading: [Block] = []
    var numbering = ODFNumbering()
    /// Cells that a document's tables may still fill by repeating.
    var repeats = ODFTable.mostRepeated
    /// The last character was white space, which swallows what follows (6.1.2).
    var endsInSpace = true
    /// The box that the paragraph begins with, which makes it a task (a content control of LibreOffice, 7.4 and later).
    var isTicked: Bool?
    private var isInIndex = false

    init(_ document: ODFDocument) { self.document = document }

    func blocks(_ element: XMLElement) -> [Block] {
        var out: [Block] = []
        walk(element, &out)
        return Blocks.joined(out)
    }

    /// One element's blocks.
    func blocks(of element: XMLElement) -> [Block] {
        var out: [Block] = []
        block(element, &out)
        return Blocks.joined(out)
    }

    func walk(_ element: XMLElement, _ out: inout [Block]) {
        for child in element.children { block(child, &out) }
    }

    func block(_ child: XMLElement, _ out: inout [Block]) {
        switch child.known {
        case .text_p, .text_h, .loext_p:
            let outer = isTicked
            isTicked = nil
            let made = paragraph(child)
            if let isTicked { add(task: ListItem(made, checked: isTicked), &out) } else { out += made }
            isTicked = outer
        case .text_list: list(child, &out)
        case .text_numberedParagraph: out += numbered(child)
        case .table_table: out += table(child)
        case .text_section:
            guard child.attribute(.text_display) == "none" || child.isTrue(.text_isHidden) else { return walk(child, &out) }
            if child.hasText { document.diagnostics.report("hidden-text", "hidden text was left out") }
        case .text_tableOfContent, .text_illustrationIndex, .text_tableIndex, .text_objectIndex, .text_userIndex, .text_alphabeticalIndex, .text_bibliography:
            let outer = isInIndex
            isInIndex = true
            walk(child, &out)
            isInIndex = outer
        case .text_indexBody, .text_indexTitle: walk(child, &out)
        case .draw_frame, .draw_g, .draw_a, .draw_customShape, .draw_rect, .draw_line, .draw_polyline, .draw_polygon, .draw_regularPolygon, .draw_path, .draw_circle,
            .draw_ellipse, .draw_connector, .draw_caption, .draw_measure, .draw_control, .dr3d_scene:
            var runs = TextRuns()
            shape(child, &runs, [], nil)
            emit(&runs, &out)
        case .office_annotation:
            var runs = TextRuns()
            annotation(child, &runs)
            emit(&runs, &out)
        case .math_math: out.append(.math(MathML.latex(child)))
        case .office_forms, .text_trackedChanges, .text_sequenceDecls, .text_variableDecls, .text_userFieldDecls, .text_ddeConnectionDecls,
            .text_alphabeticalIndexAutoMarkFile, .text_softPageBreak, .text_tableOfContentSource, .text_illustrationIndexSource, .text_tableIndexSource,
            .text_objectIndexSource, .text_userIndexSource, .text_alphabeticalIndexSource, .text_bibliographySource, .text_change, .text_changeStart,
            .text_changeEnd, .text_bookmark, .text_bookmarkStart, .text_bookmarkEnd, .table_shapes, .draw_enhancedGeometry, .draw_gluePoint, .office_eventListeners,
            .presentation_notes, .anim_par, .anim_seq, .presentation_animations, .svg_title, .svg_desc, .office_annotationEnd, .draw_pageThumbnail,
            .text_noteContinuationNotice, .table_calculationSettings, .text_number: return
        default:
            guard child.hasText else { return }
            document.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
            walk(child, &out)
        }
    }

    /// Neighbouring tasks are one list.
    private func add(task: ListItem, _ out: inout [Block]) {
        guard case .list(var list)? = out.last, list.items.allSatisfy({ $0.checked != nil }) else { return out.append(.list(List(.bullet, items: [task]))) }
        list.items.append(task)
        out[out.count - 1] = .list(list)
    }

    /// A paragraph from what an anchored object left, and the blocks around it.
    private func emit(_ runs: inout TextRuns, _ out: inout [Block]) {
        out += leading
        leading = []
        if !runs.isBlank { out.append(.paragraph(runs.inlines())) }
        flush(&out)
    }

    func flush(_ out: inout [Block]) {
        out += floats
        floats = []
    }

    /// A paragraph or heading (5.1): the pictures before it, itself, and the boxes behind it.
    private func paragraph(_ element: XMLElement) -> [Block] {
        var out: [Block] = []
        let style = document.styles.style("paragraph", element.attribute(.text_styleName))
        let isHeading = element.known == .text_h && !element.isTrue(.text_isListHeader)
        let runs = runs(element, style, isHeading: isHeading)
        if style.breaksPage { out.append(.pageBreak(page: nil)) }
        out += leading
        leading = []
        if isHeading, !runs.isBlank {
            let level = max(1, element.count(.text_outlineLevel, usual: 1, most: 10))
            out.append(heading(level, runs, numbering.outline(level, element, document.styles.outline)))
        } else {
            out += shown(runs, style)
        }
        flush(&out)
        return out
    }

    func heading(_ level: Int, _ runs: TextRuns, _ label: String) -> Block {
        var content = runs.inlines(without: [.bold, .code])
        if !label.isEmpty { content.insert(.text((label.last == "." ? String(label.dropLast()) : label) + " "), at: 0) }
        return .heading(level: level, content)
    }

    /// A paragraph by its style: title, heading, quotation, code or plain.
    private func shown(_ runs: TextRuns, _ style: ODFStyle) -> [Block] {
        if style.role == .rule, runs.isBlank { return [.rule] }
        guard !runs.isBlank else { return style.role == .code && !runs.isEmpty ? [.code("", language: nil)] : [] }
        switch style.role {
        case .title:
            document.noteTitle()
            return [.heading(level: 0, runs.inlines(without: [.bold, .code]))]
        case .subtitle: return [.heading(level: 1, runs.inlines(without: [.bold, .code]))]
        case .heading(let level): return [heading(level, runs, "")]
        case .code: return [.code(runs.plainText, language: nil)]
        case .quote: return [.quote([.paragraph(runs.inlines())])]
        case .rule, nil: break
        }
        if let formulas = runs.onlyMath { return formulas.map { .math($0) } }
        if runs.isCode, ProgramText.isLikely(runs.plainText) { return [.code(runs.plainText, language: nil)] }
        return [.paragraph(runs.inlines())]
    }

    /// The running text of a paragraph, without white space at its ends. How a heading's own style slants or strikes all of it emphasizes nothing.
    func runs(_ element: XMLElement, _ style: ODFStyle, isHeading: Bool = false) -> TextRuns {
        var runs = TextRuns()
        endsInSpace = style.role != .code
        var base = style.text
        if isHeading || style.role?.isHeading == true {
            base.italic = nil
            base.underline = nil
        }
        inlines(element, base, style.isCode ? .code : [], &runs, nil)
        if style.role != .code { runs.trimEnd() }
        if isInIndex { ODFIndex.dropPage(&runs) }
        return runs
    }
}

/// Entries of tables of contents end in a tab and a page, which means nothing here.
enum ODFIndex {
    static func dropPage(_ runs: inout TextRuns) {
        let text = runs.plainText
        guard let tab = text.utf8.lastIndex(of: 0x09), case let rest = text[tab...].dropFirst(), !rest.isEmpty, rest.utf8.count <= 9,
            rest.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A })
        else { return }
        runs.dropEnd(rest.utf8.count + 1)
    }
}
