// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport

@testable import OpenDocumentReaders

/// Builds small flat OpenDocument files, and packages with members stored.
enum ODFMaker {
    static let spaces = ["office", "style", "text", "table", "drawing", "meta", "presentation", "chart", "datastyle", "form"].map { name in
        "xmlns:\(["drawing": "draw", "datastyle": "number"][name] ?? name)='urn:oasis:names:tc:opendocument:xmlns:\(name):1.0'"
    }.joined(separator: " ")
        + " xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'"
        + " xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:math='http://www.w3.org/1998/Math/MathML' xmlns:loext='urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0'"

    static func flat(_ body: String, _ kind: String = "text", styles: String = "", automatic: String = "", rest: String = "") -> [UInt8] {
        let type = ["text": "text", "spreadsheet": "spreadsheet", "presentation": "presentation"][kind] ?? kind
        return Array("""
            <?xml version="1.0"?><office:document \(spaces) office:mimetype="application/vnd.oasis.opendocument.\(type)">\(rest)\
            <office:styles>\(styles)</office:styles><office:automatic-styles>\(automatic)</office:automatic-styles>\
            <office:body><office:\(kind)>\(body)</office:\(kind)></office:body></office:document>
            """.utf8)
    }

    static func text(_ body: String, styles: String = "", automatic: String = "", rest: String = "") throws -> (blocks: [String], document: Document, losses: [String]) {
        let (document, losses) = try Outline.read(flat(body, styles: styles, automatic: automatic, rest: rest), ODTReader())
        return (document.blocks.map(Outline.block), document, losses.items.map(\.code))
    }
}
