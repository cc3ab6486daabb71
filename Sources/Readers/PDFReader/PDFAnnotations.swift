// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// What was put onto a page (ISO 32000-1, 12.5.6): form fields with their values and texts, where they are shown; remarks, at their places.
enum PDFAnnotations {
    private static let most: Int32 = 5_000
    private static let mostRemarks = 500
    private static let widget: Int32 = 20
    private static let freeText: Int32 = 3
    private static let file: Int32 = 17
    /// Notes, marks in the text, drawn shapes, stamps and files: what they say is a remark on the page.
    private static let remarks: Set<Int32> = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17]

    /// What does not stand on the page.
    struct Rest {
        /// Remarks that were too many.
        var left = 0
        /// Characters that nobody can see.
        var hidden = 0
        var files: [pdfium_attachment] = []
    }

    static func read(_ document: PDFDocument, _ page: pdfium_page, _ axes: PDFAxes, _ content: inout PageContent) -> Rest {
        let count = pdfium_annotation_count(page)
        var rest = Rest()
        guard count > 0 else { return rest }
        rest.left = max(0, Int(count - most))
        for index in 0..<min(count, most) {
            guard let annotation = pdfium_annotation_at(page, index) else { continue }
            defer { pdfium_close_annotation(annotation) }
            let kind = pdfium_annotation_kind(annotation)
            var box = pdfium_box()
            guard kind == widget || kind == freeText || remarks.contains(kind), pdfium_annotation_box(annotation, &box) != 0 else { continue }
            // Hidden, or not to be viewed.
            guard pdfium_annotation_flags(annotation) & 0b10_0010 == 0 else {
                if kind != widget { rest.hidden += text(annotation, "Contents").unicodeScalars.count }
                continue
            }
            let place = axes.box(box)
            switch kind {
            case widget: if let form = document.form { field(form, annotation, place, &content) }
            case freeText: write(text(annotation, "Contents"), in: place, &content)
            default:
                if kind == file, let attached = pdfium_annotation_file(annotation) { rest.files.append(attached) }
                let words = text(annotation, "Contents")
                guard words.contains(where: { !$0.isWhitespace }) else { continue }
                if content.remarks.count == mostRemarks { rest.left += 1 } else { content.remarks.append(Remark(box: place, author: text(annotation, "T"), text: words)) }
            }
        }
        return rest
    }

    private static func text(_ annotation: pdfium_annotation, _ key: String) -> String {
        PDFText.utf16 { room, length in key.withCString { pdfium_annotation_text(annotation, $0, room, length) } }
    }

    private static func field(_ form: pdfium_form, _ annotation: pdfium_annotation, _ place: Box, _ content: inout PageContent) {
        switch pdfium_field_kind(form, annotation) {
        case 2, 3: write(pdfium_field_is_checked(form, annotation) != 0 ? "☒" : "☐", in: place, &content)
        case 4, 5, 6: write(PDFText.utf16 { pdfium_field_value(form, annotation, $0, $1) }, in: place, &content)
        default: return
        }
    }

    /// Sets a text in a box as if the page had it.
    private static func write(_ text: String, in box: Box, _ content: inout PageContent) {
        let lines = text.split(omittingEmptySubsequences: true) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }.prefix(200)
        guard !lines.isEmpty, content.box.intersects(box), box.height > 1 else { return }
        let size = max(4, min(11, box.height / Float(lines.count) * 0.8))
        let style = content.styles.count
        content.styles.append(TextStyle(size: size, font: -1))
        for (number, line) in lines.enumerated() {
            let scalars = line.unicodeScalars.prefix(4_000)
            let width = min(0.5 * size, box.width / Float(max(scalars.count, 1)))
            let baseline = lines.count == 1 ? box.midY + 0.35 * size : box.y0 + (Float(number) + 0.9) * box.height / Float(lines.count)
            var x = box.x0 + 1
            for scalar in scalars {
                let glyph = Box(x, baseline - 0.8 * size, x + width, baseline + 0.2 * size)
                content.glyphs.append(Glyph(scalar.value, style: style, box: glyph, baseline: baseline))
                x += width
            }
        }
    }
}
