// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// What is drawn on a page beside its text: lines, filled boxes, pictures.
struct PDFDrawing {
    struct Fill {
        var box: Box
        var color: UInt32
    }

    struct PlacedPicture {
        var object: pdfium_object
        var box: Box
    }

    private let axes: PDFAxes
    private let page: Box
    private(set) var rules: [Rule] = []
    private(set) var fills: [Fill] = []
    private(set) var pictures: [PlacedPicture] = []
    /// Drawn curves and slanted lines that are larger than a letter.
    private(set) var sketches: [Sketch] = []
    /// Places whose colours nobody knows: shadings.
    private var shades: [Box] = []
    /// Every filled box from below, with those that are white or the page's own.
    private var paints: [Fill] = []
    private(set) var isCut = false
    private var left = 60_000

    private static let mostDepth = 6
    /// Pictures, shadings and painted boxes that text is held against: each piece of text looks at all of them.
    private static let mostPlaces = 1_000
    private static let mostSegments: Int32 = 200

    init(_ axes: PDFAxes, _ content: PageContent) {
        self.axes = axes
        page = content.box
    }

    /// Whether a text object lies over a picture.
    func isOverPicture(_ object: pdfium_object) -> Bool {
        var (l, b, r, t): (Float, Float, Float, Float) = (0, 0, 0, 0)
        guard pdfium_object_bounds(object, &l, &b, &r, &t) != 0 else { return false }
        let box = axes.box(l, b, r, t)
        return pictures.contains { $0.box.expanded(3).holdsCenter(of: box) }
    }

    mutating func read(_ page: pdfium_page) {
        for index in 0..<max(0, pdfium_object_count(page)) {
            guard let object = pdfium_object_at(page, index) else { continue }
            read(object, pdfium_matrix(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0), 0)
            if left <= 0 { isCut = true; return }
        }
    }

    private mutating func read(_ object: pdfium_object, _ matrix: pdfium_matrix, _ depth: Int) {
        left -= 1
        guard left > 0 else { return }
        switch Int(pdfium_object_type(object)) {
        case pdfium_object_path: path(object, matrix)
        case pdfium_object_image:
            guard let box = bounds(object, matrix) else { return }
            // Lines that PostScript drew come as pictures of one point.
            if Self.isLine(box) { rules.append(Self.rule(box)) } else if pictures.count < Self.mostPlaces { pictures.append(PlacedPicture(object: object, box: box)) }
        case pdfium_object_shading:
            if shades.count < Self.mostPlaces, let box = bounds(object, matrix) { shades.append(box) }
        case pdfium_object_form:
            guard depth < Self.mostDepth else { return }
            var own = pdfium_matrix(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0)
            _ = pdfium_object_matrix(object, &own)
            let inner = Self.product(own, matrix)
            for index in 0..<max(0, pdfium_form_count(object)) {
                guard let child = pdfium_form_object(object, UInt(index)) else { continue }
                read(child, inner, depth + 1)
                if left <= 0 { return }
            }
        default: return
        }
    }

    /// First `a`, then `b`.
    private static func product(_ a: pdfium_matrix, _ b: pdfium_matrix) -> pdfium_matrix {
        pdfium_matrix(
            a: a.a * b.a + a.b * b.c, b: a.a * b.b + a.b * b.d, c: a.c * b.a + a.d * b.c, d: a.c * b.b + a.d * b.d,
            e: a.e * b.a + a.f * b.c + b.e, f: a.e * b.b + a.f * b.d + b.f)
    }

    private func place(_ x: Float, _ y: Float, _ m: pdfium_matrix) -> (x: Float, y: Float) { axes.point(m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f) }

    private func bounds(_ object: pdfium_object, _ m: pdfium_matrix) -> Box? {
        var (l, b, r, t): (Float, Float, Float, Float) = (0, 0, 0, 0)
        guard pdfium_object_bounds(object, &l, &b, &r, &t) != 0 else { return nil }
        let corners = [place(l, b, m), place(r, t, m), place(l, t, m), place(r, b, m)]
        let box = corners.map { Box($0.x, $0.y, $0.x, $0.y) }.union ?? Box(0, 0, 0, 0)
        guard box.x0.isFinite, box.y0.isFinite, box.x1.isFinite, box.y1.isFinite else { return nil }
        return box
    }

    // MARK: Paths

    private mutating func path(_ object: pdfium_object, _ outer: pdfium_matrix) {
        let count = pdfium_path_count(object)
        guard count >= 2 else { return }
        var fill: Int32 = 0, stroke: Int32 = 0
        guard pdfium_path_mode(object, &fill, &stroke) != 0, fill != 0 || stroke != 0 else { return }
        var own = pdfium_matrix(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0)
        _ = pdfium_object_matrix(object, &own)
        let matrix = Self.product(own, outer)
        let fillColor = fill != 0 ? color(object, pdfium_fill_color) : nil
        let strokeColor = stroke != 0 ? color(object, pdfium_stroke_color) : nil
        guard fillColor != nil || strokeColor != nil else { return }
        var outlines: [Outline] = []
        var points: [(x: Float, y: Float)] = []
        var hasCurve = false
        func flush(closed: Bool) {
            if points.count >= 2, !hasCurve { outlines.append(Outline(points: points, isClosed: closed)) }
            if let strokeColor, !Self.isWhite(strokeColor) { sketch(points, hasCurve) }
            points.removeAll(keepingCapacity: true)
            hasCurve = false
        }
        left -= Int(min(count, Self.mostSegments * 10)) / 4
        for index in 0..<min(count, Self.mostSegments * 10) {
            guard let segment = pdfium_path_segment(object, index) else { continue }
            var x: Float = 0, y: Float = 0
            guard pdfium_segment_point(segment, &x, &y) != 0 else { continue }
            let kind = Int(pdfium_segment_type(segment))
            if kind == pdfium_segment_move { flush(closed: false) }
            if kind == pdfium_segment_curve { hasCurve = true }
            points.append(place(x, y, matrix))
            if pdfium_segment_closes(segment) != 0 { flush(closed: true) }
        }
        flush(closed: false)
        shapes(outlines, fillColor, strokeColor)
    }

    /// One of a path's lines.
    private struct Outline {
        var points: [(x: Float, y: Float)]
        var isClosed: Bool
        var box: Box { PDFDrawing.box(around: points) ?? Box(0, 0, 0, 0) }
    }

    private mutating func shapes(_ outlines: [Outline], _ fill: UInt32?, _ stroke: UInt32?) {
        var index = 0
        while index < outlines.count {
            // A box in a box, filled between them: a border, and nothing that text stands on.
            if let fill, index + 1 < outlines.count, let border = border(outlines[index], outlines[index + 1]) {
                if !Self.isWhite(fill) { rules += border }
                index += 2
                continue
            }
            shape(outlines[index].points, outlines[index].isClosed, fill, stroke)
            index += 1
        }
    }

    /// The sides of a border that is drawn as the place between two boxes.
    private func border(_ one: Outline, _ other: Outline) -> [Rule]? {
        let boxes = [one.box, other.box].sorted { $0.area < $1.area }
        let (inner, outer) = (boxes[0], boxes[1])
        guard inner.area > 0, outer.x0.isFinite, outer.y0.isFinite, outer.x1.isFinite, outer.y1.isFinite, outer.intersects(page.expanded(2)),
            isRectangle(one.points, one.box), isRectangle(other.points, other.box),
            inner.x0 >= outer.x0, inner.x1 <= outer.x1, inner.y0 >= outer.y0, inner.y1 <= outer.y1
        else { return nil }
        var sides: [Rule] = []
        // A side of no width is none.
        if inner.y0 > outer.y0 { sides.append(Rule(horizontal: (inner.y0 + outer.y0) / 2, from: outer.x0, to: outer.x1)) }
        if inner.y1 < outer.y1 { sides.append(Rule(horizontal: (inner.y1 + outer.y1) / 2, from: outer.x0, to: outer.x1)) }
        if inner.x0 > outer.x0 { sides.append(Rule(vertical: (inner.x0 + outer.x0) / 2, from: outer.y0, to: outer.y1)) }
        if inner.x1 < outer.x1 { sides.append(Rule(vertical: (inner.x1 + outer.x1) / 2, from: outer.y0, to: outer.y1)) }
        return sides
    }

    private func color(_ object: pdfium_object, _ get: (pdfium_object?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?, UnsafeMutablePointer<UInt32>?) -> Int32) -> UInt32? {
        var (r, g, b, a): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 255)
        guard get(object, &r, &g, &b, &a) != 0, a > 8 else { return nil }
        return (r & 255) << 16 | (g & 255) << 8 | b & 255
    }

    private mutating func shape(_ points: [(x: Float, y: Float)], _ closed: Bool, _ fill: UInt32?, _ stroke: UInt32?) {
        let box = Self.box(around: points) ?? Box(0, 0, 0, 0)
        guard box.x0.isFinite, box.y0.isFinite, box.x1.isFinite, box.y1.isFinite, box.intersects(page.expanded(2)) || box.width == 0 || box.height == 0 else { return }
        if let fill {
            if Self.isLine(box) {
                if !Self.isWhite(fill) { rules.append(Self.rule(box)) }
            } else if isRectangle(points, box) {
                if paints.count < Self.mostPlaces { paints.append(Fill(box: box, color: fill)) }
                if !Self.isWhite(fill), box.area < 0.9 * page.area { fills.append(Fill(box: box, color: fill)) }
            }
        }
        guard let stroke, !Self.isWhite(stroke) else { return }
        for (a, b) in zip(points, points.dropFirst()) { line(a, b) }
        if closed, let first = points.first, let last = points.last, points.count > 2 { line(last, first) }
    }

    private static func box(around points: [(x: Float, y: Float)]) -> Box? {
        guard let first = points.first else { return nil }
        return points.dropFirst().reduce(into: Box(first.x, first.y, first.x, first.y)) { $0.grow(Box($1.x, $1.y, $1.x, $1.y)) }
    }

    /// Whether a box is so thin that it is a line.
    private static func isLine(_ box: Box) -> Bool { min(box.width, box.height) < 3.2 && max(box.width, box.height) > 3 }

    private static func rule(_ box: Box) -> Rule {
        box.width > box.height ? Rule(horizontal: box.midY, from: box.x0, to: box.x1) : Rule(vertical: box.midX, from: box.y0, to: box.y1)
    }

    private mutating func sketch(_ points: [(x: Float, y: Float)], _ hasCurve: Bool) {
        guard sketches.count < Self.mostPlaces, hasCurve || zip(points, points.dropFirst()).contains(where: { abs($0.x - $1.x) > 1.5 && abs($0.y - $1.y) > 1.5 }),
            let box = Self.box(around: points), box.width > 10, box.height > 10, box.width.isFinite, box.height.isFinite
        else { return }
        sketches.append(Sketch(box: box, isCurve: hasCurve))
    }

    private mutating func line(_ a: (x: Float, y: Float), _ b: (x: Float, y: Float)) {
        if abs(a.y - b.y) < 0.6, abs(a.x - b.x) > 2 { rules.append(Rule(horizontal: (a.y + b.y) / 2, from: a.x, to: b.x)) }
        if abs(a.x - b.x) < 0.6, abs(a.y - b.y) > 2 { rules.append(Rule(vertical: (a.x + b.x) / 2, from: a.y, to: b.y)) }
    }

    private func isRectangle(_ points: [(x: Float, y: Float)], _ box: Box) -> Bool {
        guard (4...6).contains(points.count) else { return false }
        return points.allSatisfy { point in
            (abs(point.x - box.x0) < 0.5 || abs(point.x - box.x1) < 0.5) && (abs(point.y - box.y0) < 0.5 || abs(point.y - box.y1) < 0.5)
        }
    }

    private static func isWhite(_ color: UInt32) -> Bool { color >> 16 > 0xFA && color >> 8 & 255 > 0xFA && color & 255 > 0xFA }

    // MARK: What text stands on

    /// Whether a text object has the colour of what is under it, or none.
    func hides(_ object: pdfium_object, _ axes: PDFAxes) -> Bool {
        let mode = pdfium_text_mode(object)
        guard mode == 0 || mode == 4 else { return false }
        var (r, g, b, a): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 255)
        guard pdfium_fill_color(object, &r, &g, &b, &a) != 0 else { return false }
        if a <= 8 { return true }
        // Most text is dark, and most pages are white: only then is there a question.
        let isLight = r > 235 && g > 235 && b > 235
        guard isLight || !paints.isEmpty else { return false }
        var (l, bottom, right, top): (Float, Float, Float, Float) = (0, 0, 0, 0)
        guard pdfium_object_bounds(object, &l, &bottom, &right, &top) != 0 else { return false }
        let box = axes.box(l, bottom, right, top)
        if pictures.contains(where: { $0.box.intersects(box) }) || shades.contains(where: { $0.intersects(box) }) { return false }
        let under = paints.last { $0.box.holdsCenter(of: box) }
        let ground = under?.color ?? 0xFFFFFF
        func near(_ one: UInt32, _ shift: UInt32) -> Bool { abs(Int(one) - Int(ground >> shift & 255)) <= 6 }
        return near(r, 16) && near(g, 8) && near(b, 0)
    }
}
