// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("Visio drawings")
struct VSDXTests {
    private static let space = "xmlns='http://schemas.microsoft.com/office/visio/2012/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' xml:space='preserve'"

    private static func relations(_ links: [(String, String, String)]) -> String {
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" + links.map { id, type, target in
            "<Relationship Id='\(id)' Type='http://schemas.microsoft.com/visio/2010/relationships/\(type)' Target='\(target)'/>"
        }.joined() + "</Relationships>"
    }

    static func shape(_ id: Int, at place: (Double, Double), _ text: String, within: String = "") -> String {
        "<Shape ID='\(id)' Type='Shape'><Cell N='PinX' V='\(place.0)'/><Cell N='PinY' V='\(place.1)'/><Cell N='Width' V='1'/><Cell N='Height' V='0.5'/>"
            + "<Section N='Geometry'><Row T='MoveTo'><Cell N='X' V='9'/></Row></Section>" + (text.isEmpty ? "" : "<Text><cp IX='0'/>\(text)\n</Text>")
            + (within.isEmpty ? "" : "<Shapes>\(within)</Shapes>") + "</Shape>"
    }

    static func package(_ pages: [(name: String, contents: String)]) -> [UInt8] {
        let list = pages.enumerated().map { "<Page ID='\($0)' Name='\($1.name)'><PageSheet><Cell N='PageWidth' V='8'/></PageSheet><Rel r:id='p\($0)'/></Page>" }.joined()
        var members = [
            ("_rels/.rels", relations([("d", "document", "visio/document.xml")])), ("visio/document.xml", "<VisioDocument \(space)/>"),
            ("visio/_rels/document.xml.rels", relations([("l", "pages", "pages/pages.xml")])), ("visio/pages/pages.xml", "<Pages \(space)>\(list)</Pages>"),
            // Pages are stored in another order than they have.
            ("visio/pages/_rels/pages.xml.rels", relations(pages.indices.map { ("p\($0)", "page", "page\(pages.count - $0).xml") })),
        ]
        for (place, page) in pages.enumerated() {
            members.append(("visio/pages/page\(pages.count - place).xml", "<PageContents \(space)>\(page.contents)</PageContents>"))
        }
        return DOCXMaker.archive(members)
    }

    private func read(_ bytes: [UInt8]) throws -> (blocks: [String], losses: [String]) {
        let (document, diagnostics) = try Outline.read(bytes, VSDXReader(), nameExtension: "vsdx")
        return (document.blocks.map(Outline.block), diagnostics.items.map(\.code))
    }

    @Test("pages come in their order, shapes in reading order, groups together, connectors with what they join")
    func drawing() throws {
        let flow = "<Shapes>" + Self.shape(1, at: (4, 2), "Last") + Self.shape(2, at: (2, 8), "First\nstep") + Self.shape(3, at: (3, 5), "when &lt; 5")
            + Self.shape(4, at: (6, 8), "", within: Self.shape(5, at: (0, 0), "Group a") + Self.shape(6, at: (1, 0), "Group b")) + "</Shapes>"
            + "<Connects><Connect FromSheet='3' FromCell='BeginX' ToSheet='2' ToCell='PinX'/><Connect FromSheet='3' FromCell='EndX' ToSheet='1' ToCell='PinX'/>"
            + "<Connect FromSheet='9' FromCell='BeginX' ToSheet='4'/><Connect FromSheet='9' FromCell='EndX' ToSheet='1'/><Connect FromSheet='8' FromCell='EndX' ToSheet='1'/></Connects>"
        let result = try read(Self.package([("Flow", flow), ("Notes &amp; more", "<Shapes>" + Self.shape(1, at: (1, 1), "n") + "</Shapes>")]))
        #expect(result.blocks == [
            "h2(Flow)", "p(First⏎step)", "p(Group a)", "p(Group b)", "p(Last)", "ul(li(First step → Last: when < 5) li(Group a → Last))", "page", "h2(Notes & more)", "p(n)",
        ])
        #expect(result.losses == ["drawing-dropped"])
    }

    @Test("a package without pages is malformed, one page that is damaged costs only itself")
    func damaged() throws {
        #expect(throws: ReadError.malformed("the drawing has no pages")) { try read(Self.package([])) }
        let result = try read(Self.package([("a", "<Shapes>" + Self.shape(1, at: (1, 1), "kept") + "<Shape"), ("b", "<Shapes>" + Self.shape(1, at: (1, 1), "n") + "</Shapes>")]))
        #expect(result.blocks.contains("p(n)"))
        #expect(result.losses.contains("xml-damaged") || result.losses.contains("part-unreadable"))
    }
}
