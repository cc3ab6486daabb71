// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// A page's own axes brought to the layout's: the crop box's corner at the origin, y downwards, the page turned as it is shown.
struct PDFAxes {
    private let turn: Int32
    private let frame: pdfium_box
    let width: Float
    let height: Float

    init(_ page: pdfium_page) {
        var frame = pdfium_box()
        width = max(1, pdfium_page_width(page))
        height = max(1, pdfium_page_height(page))
        turn = pdfium_page_rotation(page) & 3
        if pdfium_page_bounds(page, &frame) == 0 || frame.right <= frame.left {
            frame = pdfium_box(left: 0, top: turn & 1 == 0 ? height : width, right: turn & 1 == 0 ? width : height, bottom: 0)
        }
        self.frame = frame
    }

    func point(_ x: Float, _ y: Float) -> (x: Float, y: Float) {
        switch turn {
        case 1: (y - frame.bottom, x - frame.left)
        case 2: (frame.right - x, y - frame.bottom)
        case 3: (frame.top - y, frame.right - x)
        default: (x - frame.left, frame.top - y)
        }
    }

    func box(_ left: Float, _ bottom: Float, _ right: Float, _ top: Float) -> Box {
        let (a, b) = point(left, bottom), (c, d) = point(right, top)
        return Box(a, b, c, d)
    }

    func box(_ box: pdfium_box) -> Box { self.box(box.left, box.bottom, box.right, box.top) }

    /// Quarter turns clockwise of a direction that is given in the page's own axes; `Glyph.skew` for others.
    func quarter(_ dx: Float, _ dy: Float) -> UInt8 {
        let (ox, oy) = point(0, 0), (px, py) = point(dx, dy)
        let (x, y) = (px - ox, py - oy)
        let long = max(abs(x), abs(y)), short = min(abs(x), abs(y))
        guard long > 0 else { return 0 }
        if short > 0.12 * long { return Glyph.skew }
        if abs(x) >= abs(y) { return x > 0 ? 0 : 2 }
        return y > 0 ? 1 : 3
    }
}
