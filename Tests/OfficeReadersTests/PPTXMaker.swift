// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport

@testable import OfficeReaders

/// Builds small presentations from the shapes of their slides.
enum PPTXMaker {
    static let spaces = """
        xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" \
        xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
        xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
        xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" \
        xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" \
        xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" \
        xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"
        """
    private static let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    /// A slide: its shapes, attributes of `p:sld`, and relationships as `(id, type, target)`.
    struct Slide {
        var shapes: String
        var attributes = ""
        var links: [(String, String, String)] = []
    }

    /// Slides with one layout and a master whose bodies are bullet lists; `order` names slides by number.
    static func package(_ slides: [Slide], order: [Int]? = nil, parts: [(String, String)] = [], links: [(String, String, String)] = []) -> [UInt8] {
        let ids = (order ?? Array(1...slides.count)).map { "<p:sldId r:id='s\($0)'/>" }.joined()
        var members = [
            ("ppt/presentation.xml", "<p:presentation \(spaces)><p:sldIdLst>\(ids)</p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", relations(slides.indices.map { ("s\($0 + 1)", "slide", "slides/slide\($0 + 1).xml") } + links)),
            ("ppt/slideLayouts/l.xml", "<p:sldLayout \(spaces)><p:cSld><p:spTree>"
                + shape("half", placeholder: "idx='2'", at: (0, 0, 10, 10), style: "<a:lvl1pPr><a:buNone/></a:lvl1pPr>") + "</p:spTree></p:cSld></p:sldLayout>"),
            ("ppt/slideLayouts/_rels/l.xml.rels", relations([("m", "slideMaster", "../slideMasters/m.xml")])),
            ("ppt/slideMasters/m.xml", "<p:sldMaster \(spaces)><p:cSld><p:spTree/></p:cSld><p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char='•'/></a:lvl1pPr>"
                + "<a:lvl2pPr><a:buChar char='–'/></a:lvl2pPr></p:bodyStyle></p:txStyles></p:sldMaster>"),
        ]
        for (index, slide) in slides.enumerated() {
            members.append(("ppt/slides/slide\(index + 1).xml", "<p:sld \(spaces) \(slide.attributes)><p:cSld><p:spTree>\(slide.shapes)</p:spTree></p:cSld></p:sld>"))
            members.append(("ppt/slides/_rels/slide\(index + 1).xml.rels", relations([("l", "slideLayout", "../slideLayouts/l.xml")] + slide.links)))
        }
        return DOCXMaker.archive(members + parts)
    }

    static func read(_ slides: [Slide], order: [Int]? = nil, parts: [(String, String)] = [], links: [(String, String, String)] = []) throws -> (String, Diagnostics) {
        let (document, diagnostics) = try Outline.read(package(slides, order: order, parts: parts, links: links), PPTXReader(), nameExtension: "pptx")
        return (document.blocks.map(Outline.block).joined(separator: " "), diagnostics)
    }

    static func read(_ shapes: String, links: [(String, String, String)] = [], parts: [(String, String)] = []) throws -> String {
        try read([Slide(shapes: shapes, links: links)], parts: parts).0
    }

    static func relations(_ links: [(String, String, String)]) -> String {
        let all = links.map { id, type, target in
            "<Relationship Id='\(id)' Type='\(types)\(type)' Target='\(target)'\(target.contains("://") ? " TargetMode='External'" : "")/>"
        }
        return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\(all.joined())</Relationships>"
    }

    static func part(_ root: String, _ content: String) -> String { "<\(root) \(spaces)>\(content)</\(root)>" }

    /// A shape of paragraphs; text without markup is made one paragraph.
    static func shape(
        _ text: String, placeholder: String? = nil, at frame: (Int, Int, Int, Int)? = nil, style: String = "", names: String = "", body: String = ""
    ) -> String {
        let inner = text.hasPrefix("<") ? text : paragraph(text)
        return "<p:sp><p:nvSpPr><p:cNvPr id='1' name='s' \(names)/><p:nvPr>\(placeholder.map { "<p:ph \($0)/>" } ?? "")</p:nvPr></p:nvSpPr>"
            + "<p:spPr>\(frame.map(transform) ?? "")</p:spPr><p:txBody>\(body)<a:lstStyle>\(style)</a:lstStyle>\(inner)</p:txBody></p:sp>"
    }

    static func paragraph(_ text: String, _ properties: String = "", run: String = "") -> String {
        "<a:p>\(properties)<a:r>\(run)<a:t>\(text)</a:t></a:r></a:p>"
    }

    static func transform(_ frame: (Int, Int, Int, Int)) -> String {
        let (x, y, width, height) = frame
        return "<a:xfrm><a:off x='\(x * 100_000)' y='\(y * 100_000)'/><a:ext cx='\(width * 100_000)' cy='\(height * 100_000)'/></a:xfrm>"
    }

    static func graphic(_ content: String, at frame: (Int, Int, Int, Int) = (0, 0, 1, 1)) -> String {
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='1' name='g'/><p:nvPr/></p:nvGraphicFramePr>"
            + transform(frame).replacing("a:xfrm", with: "p:xfrm") + "<a:graphic><a:graphicData>\(content)</a:graphicData></a:graphic></p:graphicFrame>"
    }
}
