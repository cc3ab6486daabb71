// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// A page's links to addresses outside of the document.
enum PDFLinks {
    private static let most = 2_000

    static func read(_ document: PDFDocument, _ page: pdfium_page, _ axes: PDFAxes) -> [LinkArea] {
        var out: [LinkArea] = []
        var position: Int32 = 0
        var link: pdfium_link?
        while out.count < most, pdfium_next_link(page, &position, &link) != 0 {
            guard let link, let action = pdfium_link_action(link), pdfium_action_type(action) == 3 else { continue }
            var box = pdfium_box()
            guard pdfium_link_box(link, &box) != 0 else { continue }
            let address = PDFText.bytes(most: 8_192) { pdfium_action_address(document.handle, action, $0, $1) }
            guard !address.isEmpty else { continue }
            out.append(LinkArea(box: axes.box(box).expanded(0.5), address: String(decoding: address, as: UTF8.self)))
        }
        return out
    }
}

/// Form fields and their values, put on the page where they are shown; and texts that were written onto it.
enum PDFFields {
    private static let most: Int32 = 5_000
    private static let widget: Int32 = 20
    private static let freeText: Int32 = 3
    /// Notes, marks in the text, drawn shapes, stamps and files (ISO 32000-1, 12.5.6): what they say is a comment on the page.
    private static let comments: Set<Int32> = [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17]

    /// Returns how many comments there are, which are not read.
    static func read(_ document: PDFDocument, _ page: pdfium_page, _ axes: PDFAxes, _ content: inout PageContent) -> Int {
        let count = min(pdfium_annotation_count(page), most)
        guard count > 0 else { return 0 }
        var unread = 0
        for index in 0..<count {
            guard let annotation = pdfium_annotation_at(page, index) else { continue }
            defer { pdfium_close_annotation(annotation) }
            // Hidden, or not to be viewed.
            guard pdfium_annotation_flags(annotation) & 0b10_0010 == 0 else { continue }
            var box = pdfium_box()
            guard pdfium_annotation_box(annotation, &box) != 0 else { continue }
            let place = axes.box(box)
            switch pdfium_annotation_kind(annotation) {
            case widget: if let form = document.form { field(form, annotation, place, &content) }
            case freeText: write(contents(annotation), in: place, &content)
            case let kind where comments.contains(kind): if !contents(annotation).isEmpty { unread += 1 }
            default: continue
            }
        }
        return unread
    }

    private static func contents(_ annotation: pdfium_annotation) -> String {
        PDFText.utf16 { room, length in "Contents".withCString { pdfium_annotation_text(annotation, $0, room, length) } }
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
