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
