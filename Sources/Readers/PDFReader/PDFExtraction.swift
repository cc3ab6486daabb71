// SPDX-License-Identifier: Apache-2.0
import CPDFium
import DocumentReading
import DocumentTree
import PDFLayout

/// Takes what stands on one page after the other out of PDFium.
struct PDFExtraction {
    let document: PDFDocument
    let limits: ReadLimits
    private var fonts = PDFFonts()
    private var order = GlyphOrder()
    private var pictures: PDFPictures
    private var hidden = 0
    private var unmapped = 0
    private var glyphTotal = 0
    private var losses = PageLosses()
    private var remarksLeft = 0
    /// Files that were put onto the pages so far.
    private(set) var files: [pdfium_attachment] = []
    /// Room for glyphs, reused.
    private var raw: [pdfium_glyph] = []
    private var runs: [pdfium_run] = []
    /// Of the page at hand: where OCR read text.
    private var recognized: [Box] = []
    /// The last page that was read, kept until the next one is open: PDFium forgets a font with the last page that uses it.
    private var last: pdfium_page?

    private static let mostGlyphs = 400_000

    init(_ document: PDFDocument, limits: ReadLimits, names: MediaNames) {
        self.document = document
        self.limits = limits
        pictures = PDFPictures(limits, names)
    }

    /// nil when PDFium cannot open the page.
    mutating func page(_ index: Int) -> PageContent? {
        guard let page = pdfium_load_page(document.handle, Int32(index)) else { return nil }
        close()
        last = page
        let axes = PDFAxes(page)
        var content = PageContent(number: index + 1, width: axes.width, height: axes.height)
        var drawing = PDFDrawing(axes, content)
        drawing.read(page)
        if drawing.isCut { losses.note("drawing-cut", "a page's drawing is too complex to be looked at as a whole", page: index + 1) }
        content.rules = drawing.rules
        content.fills = drawing.fills.map(\.box)
        content.sketches = drawing.sketches
        content.links = PDFLinks.read(document, page, axes)
        if pdfium_is_tagged(document.handle) != 0 { content.tags = PDFTags.read(page) }
        recognized = []
        let hiddenBefore = hidden
        glyphs(page, axes, drawing, &content)
        losses.note("hidden-text", "characters that nobody can see were left out", page: index + 1, count: hidden - hiddenBefore)
        let annotated = PDFAnnotations.read(document, page, axes, &content)
        files += annotated.files
        remarksLeft += annotated.left
        losses.note("hidden-text", "characters that nobody can see were left out", page: index + 1, count: annotated.hidden)
        // A picture that text was read in is that text, and no figure.
        let figures = recognized.isEmpty ? drawing.pictures : drawing.pictures.prefix(200).filter { picture in recognized.filter { picture.box.holdsCenter(of: $0) }.count < 5 }
        pictures.read(figures, page, &content)
        if content.glyphs.allSatisfy(\.isSpace), drawing.pictures.contains(where: { $0.box.area > 0.1 * content.box.area }) {
            losses.note("needs-ocr", "a page has pictures and no text", page: index + 1)
        }
        return content
    }

    /// Ends the reading of pages; must come before the document is closed.
    mutating func close() {
        if let last { pdfium_close_page(last) }
        last = nil
    }

    mutating func takeMedia() -> [Media] { pictures.take() }

    func report(_ diagnostics: inout Diagnostics) {
        losses.report(&diagnostics)
        if unmapped > 0, unmapped * 50 > glyphTotal { diagnostics.report("text-unmapped", "characters have no Unicode value and may be wrong", count: unmapped) }
        if remarksLeft > 0 { diagnostics.report("comments-left-out", "more remarks on a page than are read were left out", count: remarksLeft) }
        pictures.report(&diagnostics)
    }

    // MARK: Glyphs

    private mutating func glyphs(_ page: pdfium_page, _ axes: PDFAxes, _ drawing: PDFDrawing, _ content: inout PageContent) {
        guard let text = pdfium_load_text(page) else { return }
        defer { pdfium_close_text(text) }
        let count = min(Int(pdfium_glyph_count(text)), Self.mostGlyphs)
        guard count > 0 else { return }
        if raw.count < count { raw = [pdfium_glyph](repeating: pdfium_glyph(), count: count + count / 2) }
        if runs.count < count { runs = [pdfium_run](repeating: pdfium_run(), count: count + count / 2) }
        let runCount = raw.withUnsafeMutableBufferPointer { glyphs in
            runs.withUnsafeMutableBufferPointer { pdfium_glyphs(text, Int32(count), glyphs.baseAddress, $0.baseAddress, $0.count) }
        }
        fonts.startPage()
        let isTagged = content.tags != nil
        var facts: [RunFacts] = []
        facts.reserveCapacity(runCount)
        var styles: [TextStyle: Int] = [:]
        let isRecognized = isRecognized(drawing, count, runCount)
        content.isRecognized = isRecognized
        for index in 0..<runCount { facts.append(self.facts(runs[index], axes, drawing, isTagged, isRecognized: isRecognized, &content, &styles)) }
        TeXLigatures.mend(&raw, count) { run in Int(run) < facts.count && content.styles[facts[Int(run)].style].font == fonts.nameless }
        mapByOrder(text, count, facts, content.styles)
        LigaturePieces.mend(&raw, count)
        content.glyphs.reserveCapacity(count)
        glyphTotal += count
        let page = content.box
        var beginsWord = false
        for index in 0..<count {
            let glyph = raw[index]
            guard glyph.run != UInt32.max, Int(glyph.run) < facts.count, glyph.scalar >= 0x20 || glyph.scalar == 2 || glyph.scalar == 9 else {
                beginsWord = glyph.run == UInt32.max && glyph.scalar == 0x20
                continue
            }
            defer { beginsWord = false }
            let run = facts[Int(glyph.run)]
            let box = axes.box(glyph.left, glyph.bottom, glyph.right, glyph.top)
            let origin = axes.point(glyph.x, glyph.y)
            let isSpace = glyph.scalar == 0x20 || glyph.scalar == 0xA0
            if run.isRecognized, !isSpace { recognized.append(box) }
            if run.isHidden || !isSpace && !page.intersects(box) && !(box.width == 0 && page.contains(x: origin.x, y: origin.y)) {
                if !isSpace { hidden += 1 }
                continue
            }
            if glyph.is_unmapped { unmapped += 1 }
            let baseline = run.turn == 1 || run.turn == 3 ? origin.x : origin.y
            var placed = Glyph(glyph.scalar, style: run.style, turn: run.turn, box: box, baseline: baseline, tag: run.tag)
            placed.beginsWord = beginsWord
            if let last = content.glyphs.last, let joined = SpacingAccents.joined(last, placed) {
                content.glyphs[content.glyphs.count - 1] = joined
            } else {
                content.glyphs.append(placed)
            }
        }
        if content.glyphs.contains(where: { (0x3000...0x9FFF).contains($0.scalar) }) { VerticalScript.turn(&content) }
    }

    /// Gives characters to codes that have no Unicode value: where a font's codes are glyph numbers, and to minus signs, which tables of
    /// numbers need most and which fonts of signs have at codes that are none.
    private mutating func mapByOrder(_ text: pdfium_text, _ count: Int, _ facts: [RunFacts], _ styles: [TextStyle]) {
        func font(_ glyph: pdfium_glyph) -> Int? {
            guard glyph.is_unmapped, glyph.run != UInt32.max, Int(glyph.run) < facts.count else { return nil }
            let style = styles[facts[Int(glyph.run)].style]
            return style.isSymbol ? nil : style.font
        }
        var found: [Int: Bool] = [:]
        for index in 0..<count {
            guard let font = font(raw[index]) else { continue }
            order.note(raw[index].scalar, font: font)
            found[font] = false
        }
        guard !found.isEmpty else { return }
        for font in found.keys { found[font] = order.isOrdered(font) }
        for index in 0..<count {
            guard let font = font(raw[index]) else { continue }
            if found[font] == true {
                raw[index].scalar = GlyphOrder.scalar(raw[index].scalar) ?? 0xFFFD
            } else if raw[index].scalar < 0x20, isDash(text, index) {
                raw[index].scalar = 0x2212
            }
        }
    }

    /// Whether a glyph looks like a minus sign: a bar above the line of the text.
    private func isDash(_ text: pdfium_text, _ index: Int) -> Bool {
        var left = 0.0, right = 0.0, bottom = 0.0, top = 0.0
        guard pdfium_glyph_ink(text, Int32(index), &left, &right, &bottom, &top) != 0 else { return false }
        let width = right - left, height = top - bottom, room = Double(raw[index].top - raw[index].bottom)
        return height > 0 && width > 4 * height && width > 0.25 * room && width < room && bottom - Double(raw[index].y) > 0.1 * room
    }

    /// Whether the page's invisible text is what OCR read in its pictures: it lies over them, and next to nothing else is written.
    private func isRecognized(_ drawing: PDFDrawing, _ count: Int, _ runCount: Int) -> Bool {
        guard !drawing.pictures.isEmpty else { return false }
        var counts = [Int](repeating: 0, count: runCount)
        for glyph in raw.prefix(count) where glyph.run != UInt32.max && Int(glyph.run) < runCount && glyph.scalar > 0x20 { counts[Int(glyph.run)] += 1 }
        var invisible = 0, visible = 0
        for (run, glyphs) in zip(runs, counts) {
            guard let object = run.object else { continue }
            if pdfium_text_mode(object) == 3 { invisible += glyphs } else { visible += glyphs }
        }
        return invisible > visible
    }

    private struct RunFacts {
        var style: Int
        var turn: UInt8
        var isHidden: Bool
        var tag: Int32
        /// Invisible text that OCR read in a picture.
        var isRecognized = false
    }

    private mutating func facts(
        _ run: pdfium_run, _ axes: PDFAxes, _ drawing: PDFDrawing, _ isTagged: Bool, isRecognized: Bool, _ content: inout PageContent, _ styles: inout [TextStyle: Int]
    ) -> RunFacts {
        let m = run.matrix
        let scale = (m.c * m.c + m.d * m.d).squareRoot()
        let size = abs(run.size) * (scale > 0 ? scale : (m.a * m.a + m.b * m.b).squareRoot())
        let font = fonts.facts(run.object.flatMap { pdfium_text_font($0) })
        var style = font
        style.size = (size * 20).rounded() / 20
        let place: Int
        if let known = styles[style] {
            place = known
        } else {
            place = content.styles.count
            content.styles.append(style)
            styles[style] = place
        }
        let turn = axes.quarter(m.a * run.size.sign1, m.b * run.size.sign1)
        var isHidden = size < 0.8 || !size.isFinite, isOverPicture = false
        if let object = run.object, !isHidden {
            let mode = pdfium_text_mode(object)
            if mode == 3, isRecognized, drawing.isOverPicture(object) {
                isOverPicture = true
            } else {
                isHidden = mode == 3 || mode == 7 || drawing.hides(object, axes)
            }
        }
        let tag = isTagged ? run.object.map { pdfium_content_id($0) } ?? -1 : -1
        return RunFacts(style: place, turn: turn, isHidden: isHidden, tag: tag, isRecognized: isOverPicture)
    }
}

extension Float {
    fileprivate var sign1: Float { self < 0 ? -1 : 1 }
}
