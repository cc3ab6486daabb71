// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension ODFBody {
    /// Running text: spans, links, fields, marks and anchored objects (chapters 6 and 7).
    func inlines(_ element: XMLElement, _ format: ODFTextProperties, _ extra: TextMarks, _ runs: inout TextRuns, _ link: String?) {
        let marks = format.marks.union(extra)
        let isHidden = format.hidden == true
        for piece in element.content {
            switch piece {
            case .text(let text):
                if isHidden { hide(text) } else { add(text, marks, &runs, link) }
            case .element(let child): inline(child, format, extra, marks, &runs, link)
            }
        }
    }

    private func inline(
        _ child: XMLElement, _ format: ODFTextProperties, _ extra: TextMarks, _ marks: TextMarks, _ runs: inout TextRuns, _ link: String?
    ) {
        switch child.known {
        case .text_span:
            let style = document.styles.style("text", child.attribute(.text_styleName))
            inlines(child, format.overlaid(by: style.text), style.isCode ? extra.union(.code) : extra, &runs, link)
        case .text_a: inlines(child, format, extra, &runs, ODFAddress.link(child.attribute(.xlink_href)) ?? link)
        case .text_s:
            guard format.hidden != true else { return }
            runs.add(String(repeating: " ", count: child.count(.text_c, usual: 1, most: 1_000)), marks, link)
            endsInSpace = false
        case .text_tab:
            if format.hidden != true { runs.add("\t", marks, link) }
            endsInSpace = false
        case .text_lineBreak:
            runs.add(.lineBreak, marks, link)
            endsInSpace = true
        case .loext_contentControl where child.isTrue(.loext_checkbox) && runs.isBlank && isTicked == nil:
            // A box within a text is a sign, as it is written.
            isTicked = child.isTrue(.loext_checked)
        case .text_note: note(child, &runs)
        case .office_annotation: annotation(child, &runs)
        case .text_bookmark, .text_bookmarkStart, .text_referenceMark, .text_referenceMarkStart:
            let name = child.attribute(.text_name) ?? ""
            if !name.isEmpty, !name.hasPrefix("_") { runs.add(.anchor(name)) }
        case .text_ruby:
            inlines(child.firstOrEmpty(.text_rubyBase), format, extra, &runs, link)
            let above = child.firstOrEmpty(.text_rubyText).text
            if !above.isEmpty { runs.add("(" + above + ")", marks, link) }
        case .text_hiddenText, .text_hiddenParagraph:
            if child.has(.text_stringValue) || child.hasText { document.diagnostics.report("hidden-text", "hidden text was left out") }
        case .draw_frame, .draw_g, .draw_a, .draw_customShape, .draw_rect, .draw_line, .draw_polyline, .draw_polygon, .draw_regularPolygon, .draw_path, .draw_circle,
            .draw_ellipse, .draw_connector, .draw_caption, .draw_measure, .draw_control, .dr3d_scene: shape(child, &runs, marks, link)
        case .math_math: runs.add(.math(MathML.latex(child)), marks, link)
        case .text_p, .text_h:
            // Some programs nest paragraphs where only text may be.
            if !runs.isEmpty { runs.add(.lineBreak) }
            inlines(child, format, extra, &runs, link)
        case .text_list, .table_table:
            // The block itself looks at what floats.
            var inner: [Block] = []
            block(child, &inner)
            floats += inner
        case .text_pageNumber, .text_pageCount, .text_pageContinuation, .text_pageVariableGet, .text_bookmarkEnd, .text_referenceMarkEnd, .text_change,
            .text_changeStart, .text_changeEnd, .text_softPageBreak, .text_script, .office_annotationEnd, .text_tocMark, .text_tocMarkStart, .text_tocMarkEnd,
            .text_alphabeticalIndexMark, .text_alphabeticalIndexMarkStart, .text_alphabeticalIndexMarkEnd, .text_userIndexMark, .text_userIndexMarkStart,
            .text_userIndexMarkEnd, .text_number, .office_eventListeners, .presentation_header, .presentation_footer, .presentation_dateTime: return
        case .text_variableSet where child.attribute(.text_display) == "none": return
        default: inlines(child, format, extra, &runs, link)
        }
    }

    private func hide(_ text: String) {
        if text.contains(where: { !$0.isWhitespace }) { document.diagnostics.report("hidden-text", "hidden text was left out") }
    }

    /// Runs of white space are one space, and none at the beginning (6.1.2).
    private func add(_ text: String, _ marks: TextMarks, _ runs: inout TextRuns, _ link: String?) {
        guard let last = text.utf8.last else { return }
        guard (endsInSpace && text.utf8.first.map(Self.isSpace) == true) || Self.needsCollapsing(text.utf8) else {
            runs.add(text, marks, link)
            endsInSpace = last == 0x20
            return
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if Self.isSpace(byte) {
                if !endsInSpace { bytes.append(0x20) }
                endsInSpace = true
            } else {
                bytes.append(byte)
                endsInSpace = false
            }
        }
        runs.add(String(decoding: bytes, as: UTF8.self), marks, link)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func needsCollapsing(_ text: String.UTF8View) -> Bool {
        var wasSpace = false
        for byte in text {
            if byte <= 0x20 {
                if wasSpace || byte != 0x20 { return true }
                wasSpace = true
            } else {
                wasSpace = false
            }
        }
        return false
    }

    /// A footnote or endnote (6.3).
    private func note(_ element: XMLElement, _ runs: inout TextRuns) {
        let id = document.note(element.attribute(.text_noteClass) == "endnote" ? .endnote : .footnote)
        runs.add(.note(id))
        endsInSpace = false
        document.add(Note(id: id, blocks: aside(element.firstOrEmpty(.text_noteBody))))
    }

    /// A comment (14.1), which begins with its author's name.
    func annotation(_ element: XMLElement, _ runs: inout TextRuns) {
        var blocks = remark(element)
        guard !blocks.isEmpty else { return }
        let id = document.note(.comment)
        runs.add(.note(id))
        let author = element.firstOrEmpty(.dc_creator).text
        if !author.isEmpty {
            if case .paragraph(let content)? = blocks.first {
                blocks[0] = .paragraph([.text(author + ": ")] + content)
            } else {
                blocks.insert(.paragraph([.text(author + ":")]), at: 0)
            }
        }
        document.add(Note(id: id, blocks: blocks))
    }

    /// What a comment says.
    func remark(_ element: XMLElement) -> [Block] {
        let body = ODFBody(document)
        var blocks: [Block] = []
        for child in element.children where child.known != .dc_creator && child.known != .dc_date && child.name != "meta:creator-initials" {
            body.block(child, &blocks)
        }
        return blocks
    }

    /// Content apart from the text it is anchored in.
    private func aside(_ element: XMLElement) -> [Block] { ODFBody(document).blocks(element) }
}

/// The addresses that links have (3.4).
enum ODFAddress {
    /// A package counts as a folder, so its neighbours begin with `../`; places that programs name by themselves lead nowhere.
    static func link(_ href: String?) -> String? {
        guard var href, !href.isEmpty, !href.hasPrefix("#_") else { return nil }
        if href.hasPrefix("../") { href.removeFirst(3) }
        if href.hasPrefix("#"), let bar = href.lastIndex(of: "|") { href = String(href[..<bar]) }
        return href.count > 1 ? href : nil
    }

    /// A part of the package, or nil for an address outside of it.
    static func part(_ href: String) -> String? {
        var path = href[...]
        if path.hasPrefix("#") { path = path.dropFirst() }
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        if path.hasPrefix("/") || path.hasPrefix("../") { return nil }
        if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") { return nil }
        while path.hasSuffix("/") { path = path.dropLast() }
        return String(path)
    }
}
