// SPDX-License-Identifier: Apache-2.0

/// What one XML document may cost.
package struct XMLLimits: Sendable, Hashable {
    package var depth: Int
    package var attributes: Int
    /// Elements and pieces of text of a tree; 16 bytes each.
    package var nodes: Int

    package init(depth: Int = 256, attributes: Int = 10_000, nodes: Int = 20_000_000) {
        self.depth = depth
        self.attributes = attributes
        self.nodes = nodes
    }
}

/// Why an XML document cannot be read; follows the name of the part.
package enum XMLError: Error, Sendable, Hashable {
    case malformed(String)
    case limit(String)
    /// Elements within elements, more than `XMLLimits.depth`.
    case depth(String)
}

/// Prefixes that stand for a namespace whatever prefix the document uses; strict and transitional OOXML are one.
package enum XMLNamespaces {
    static let prefixes: [String: String] = {
        var table: [String: String] = [
            "http://www.w3.org/XML/1998/namespace": "xml",
            "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
            "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
            "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
            "http://purl.org/dc/elements/1.1/": "dc",
            "http://purl.org/dc/terms/": "dcterms",
            "urn:schemas-microsoft-com:vml": "v",
            "urn:schemas-microsoft-com:office:office": "o",
            "urn:schemas-microsoft-com:office:word": "w10",
            "urn:schemas-microsoft-com:office:excel": "x10",
            "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
            "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
            "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
            "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
            "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
            "http://schemas.microsoft.com/office/drawing/2010/main": "a14",
            "http://schemas.microsoft.com/office/drawing/2016/SVG/main": "asvg",
            "http://schemas.microsoft.com/office/drawing/2008/diagram": "dsp",
            "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
            "http://schemas.microsoft.com/office/drawing/2017/decorative": "adec",
            "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments": "xtc",
            "http://schemas.microsoft.com/office/powerpoint/2010/main": "p14",
            "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
        ]
        let shared: [(String, transitional: String, strict: String)] = [
            ("w", "wordprocessingml/2006/main", "wordprocessingml/main"),
            ("x", "spreadsheetml/2006/main", "spreadsheetml/main"),
            ("p", "presentationml/2006/main", "presentationml/main"),
            ("a", "drawingml/2006/main", "drawingml/main"),
            ("c", "drawingml/2006/chart", "drawingml/chart"),
            ("dgm", "drawingml/2006/diagram", "drawingml/diagram"),
            ("pic", "drawingml/2006/picture", "drawingml/picture"),
            ("wp", "drawingml/2006/wordprocessingDrawing", "drawingml/wordprocessingDrawing"),
            ("xdr", "drawingml/2006/spreadsheetDrawing", "drawingml/spreadsheetDrawing"),
            ("r", "officeDocument/2006/relationships", "officeDocument/relationships"),
            ("m", "officeDocument/2006/math", "officeDocument/math"),
            ("ep", "officeDocument/2006/extended-properties", "officeDocument/extendedProperties"),
            ("op", "officeDocument/2006/custom-properties", "officeDocument/customProperties"),
            ("vt", "officeDocument/2006/docPropsVTypes", "officeDocument/docPropsVTypes"),
        ]
        // OpenDocument 1.3 part 3, 2.1, and what it takes from elsewhere.
        for name in ["office", "style", "text", "table", "drawing", "meta", "datastyle", "chart", "presentation", "form", "script", "animation", "dr3d"] {
            table["urn:oasis:names:tc:opendocument:xmlns:\(name):1.0"] = ["drawing": "draw", "datastyle": "number", "animation": "anim"][name] ?? name
        }
        for (prefix, name) in [("fo", "xsl-fo"), ("svg", "svg"), ("smil", "smil")] { table["urn:oasis:names:tc:opendocument:xmlns:\(name)-compatible:1.0"] = prefix }
        table["http://www.w3.org/1999/xlink"] = "xlink"
        table["http://www.w3.org/1998/Math/MathML"] = "math"
        table["urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"] = "loext"
        for (prefix, transitional, strict) in shared {
            table["http://schemas.openxmlformats.org/" + transitional] = prefix
            table["http://purl.oclc.org/ooxml/" + strict] = prefix
        }
        return table
    }()
}
