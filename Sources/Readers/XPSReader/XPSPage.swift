// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import PDFLayout
import XMLTree

/// What stands on one fixed page (ECMA-388, clauses 10 to 12), in points.
struct XPSPage {
    private var content: PageContent
    private let part: String
    private let package: XPSPackage
    private var styles: [TextStyle: Int] = [:]
    /// 96 to the inch become 72.
    private static let points: Float = 0.75
    private static let mostGlyphs = 200_000

    static func read(
        _ package: XPSPackage, _ part: String, number: Int, _ fonts: inout XPSFonts, _ media: inout XPSMedia, _ limits: ReadLimits
    ) throws(ReadError) -> PageContent? {
        guard let tree = try package.tree(part) else { return nil }
        return try tree.withRoot { root throws(ReadError) in
            let width = min(max(Float(root.plain("Width") ?? "") ?? 816, 10), 50_000) * points
            let height = min(max(Float(root.plain("Height") ?? "") ?? 1_056, 10), 50_000) * points
            var page = XPSPage(PageContent(number: number, width: width, height: height), part, package)
            var scale = XPSMatrix()
            (scale.a, scale.d) = (points, points)
            try page.walk(root, scale, nil, &fonts, &media)
            return page.content
        }
    }

    private init(_ content: PageContent, _ part: String, _ package: XPSPackage) { (self.content, self.part, self.package) = (content, part, package) }

    /// As deep as the tree, whose depth is bounded.
    private mutating func walk(_ parent: XMLElement, _ matrix: XPSMatrix, _ link: String?, _ fonts: inout XPSFonts, _ media: inout XPSMedia) throws(ReadError) {
        for element in parent.children {
            let name = element.plainName
            let target = element.plain("FixedPage.NavigateUri").map { $0.contains(":") ? $0 : "" } ?? link
            switch name {
            case "Canvas", "AlternateContent", "Choice", "Fallback": try walk(element, XPSMatrix(of: element).then(matrix), target, &fonts, &media)
            case "Glyphs": glyphs(element, XPSMatrix(of: element).then(matrix), target, &fonts)
            case "Path": try path(element, XPSMatrix(of: element).then(matrix), target, &media)
            default: continue
            }
        }
    }

    // MARK: Text

    private mutating func glyphs(_ element: XMLElement, _ matrix: XPSMatrix, _ link: String?, _ fonts: inout XPSFonts) {
        guard var text = element.plain("UnicodeString"), !text.isEmpty else { return }
        // A brace that opens is written behind an empty pair.
        if text.hasPrefix("{}") { text.removeFirst(2) }
        guard let size = element.plain("FontRenderingEmSize").flatMap({ Float($0) }), size > 0, size < 10_000,
            var x = element.plain("OriginX").flatMap({ Float($0) }), let y = element.plain("OriginY").flatMap({ Float($0) }), x.isFinite, y.isFinite
        else { return }
        let address = element.plain("FontUri").map { XPSPackage.resolve(String($0.prefix { $0 != "#" }), from: part) } ?? ""
        let (number, font) = fonts.font(address)
        let simulations = element.plain("StyleSimulations") ?? ""
        let style = self.style(
            TextStyle(size: size * matrix.scale, isBold: font.isBold || simulations.contains("Bold"), isItalic: font.isItalic || simulations.contains("Italic"), isMono: font.isMono, font: number))
        let isBackward = (element.plain("BidiLevel").flatMap { Int($0) } ?? 0) % 2 == 1
        let indices = XPSIndices(element.plain("Indices") ?? "")
        var extent: Box?
        for (index, scalar) in text.unicodeScalars.enumerated() where content.glyphs.count < Self.mostGlyphs {
            let mapped = indices[index]
            let advance = (mapped?.advance.map { $0 / 100 } ?? font.advance(glyph: mapped?.glyph, scalar: scalar)) * size
            let from = isBackward ? x - advance : x
            let box = Self.box(matrix, from, y - font.ascent * size, from + advance, y + font.descent * size)
            guard box.x0.isFinite, box.x1.isFinite, box.y0.isFinite, box.y1.isFinite else { return }
            content.glyphs.append(Glyph(scalar.value, style: style, turn: matrix.turn, box: box, baseline: matrix.turn % 2 == 1 ? matrix.apply(from, y).x : matrix.apply(from, y).y))
            extent = extent?.union(box) ?? box
            x = isBackward ? x - advance : x + advance
        }
        if let link, !link.isEmpty, let extent { content.links.append(LinkArea(box: extent, address: link)) }
    }

    private mutating func style(_ style: TextStyle) -> Int {
        if let known = styles[style] { return known }
        guard content.styles.count < Int(UInt16.max) else { return 0 }
        styles[style] = content.styles.count
        content.styles.append(style)
        return content.styles.count - 1
    }

    private static func box(_ matrix: XPSMatrix, _ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) -> Box {
        let corners = [matrix.apply(x0, y0), matrix.apply(x1, y0), matrix.apply(x0, y1), matrix.apply(x1, y1)]
        return Box(corners.map(\.x).min() ?? 0, corners.map(\.y).min() ?? 0, corners.map(\.x).max() ?? 0, corners.map(\.y).max() ?? 0)
    }

    // MARK: Lines, boxes and pictures

    private mutating func path(_ element: XMLElement, _ matrix: XPSMatrix, _ link: String?, _ media: inout XPSMedia) throws(ReadError) {
        guard content.rules.count + content.fills.count + content.sketches.count < Self.mostGlyphs else { return }
        let data = element.plain("Data") ?? element.children.first { $0.plainName == "Path.Data" }?.children.first { _ in true }?.plain("Figures") ?? ""
        let figures = XPSFigure.read(data).map { figure in figure.points.map { matrix.apply($0.x, $0.y) } }
        let points = figures.flatMap { $0 }
        guard let first = points.first, points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return }
        let extent = points.dropFirst().reduce(Box(first.x, first.y, first.x, first.y)) { $0.union(Box($1.x, $1.y, $1.x, $1.y)) }
        if let brush = element.children.first(where: { $0.plainName == "Path.Fill" })?.children.first(where: { $0.plainName == "ImageBrush" }) {
            guard let source = brush.plain("ImageSource"), !source.hasPrefix("{"), extent.width > 8, extent.height > 8 else { return }
            content.pictures.append(Picture(box: extent, name: try media.name(of: XPSPackage.resolve(source, from: part)), alternative: element.plain("AutomationProperties.Name") ?? ""))
            return
        }
        if let link, !link.isEmpty { content.links.append(LinkArea(box: extent, address: link)) }
        let isStroked = element.plain("Stroke") != nil || element.children.contains { $0.plainName == "Path.Stroke" }
        let isFilled = element.plain("Fill").map { !$0.hasPrefix("#00") || $0.utf8.count != 9 } ?? element.children.contains { $0.plainName == "Path.Fill" }
        guard isStroked || isFilled else { return }
        for corners in figures { figure(corners, isStroked: isStroked, isFilled: isFilled) }
    }

    private mutating func figure(_ corners: [(x: Float, y: Float)], isStroked: Bool, isFilled: Bool) {
        guard let first = corners.first, corners.count > 1 else { return }
        let box = corners.reduce(Box(first.x, first.y, first.x, first.y)) { $0.union(Box($1.x, $1.y, $1.x, $1.y)) }
        let isStraight = zip(corners, corners.dropFirst()).allSatisfy { abs($0.x - $1.x) < 0.5 || abs($0.y - $1.y) < 0.5 }
        guard isStraight else { return content.sketches.append(Sketch(box: box, isCurve: false)) }
        if isFilled, !isStroked || corners.count > 2 {
            if box.height < 2.5, box.width > 4 {
                content.rules.append(Rule(horizontal: box.midY, from: box.x0, to: box.x1))
            } else if box.width < 2.5, box.height > 4 {
                content.rules.append(Rule(vertical: box.midX, from: box.y0, to: box.y1))
            } else if box.width > 4, box.height > 4, box.area < 0.9 * content.box.area {
                content.fills.append(box)
            }
        }
        guard isStroked else { return }
        for (start, end) in zip(corners, corners.dropFirst()) {
            if abs(start.y - end.y) < 0.5, abs(start.x - end.x) > 2 {
                content.rules.append(Rule(horizontal: start.y, from: start.x, to: end.x))
            } else if abs(start.x - end.x) < 0.5, abs(start.y - end.y) > 2 {
                content.rules.append(Rule(vertical: start.x, from: start.y, to: end.y))
            }
        }
    }
}
