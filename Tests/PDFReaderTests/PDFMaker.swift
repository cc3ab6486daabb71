// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport

@testable import PDFReader

/// Builds small PDFs from content streams, one a page, in Helvetica (`/F`) and its bold (`/B`).
struct PDFMaker {
    var pages: [String] = []
    /// Entries of each page's dictionary: `/Rotate 90`.
    var pageEntries = ""
    var catalogEntries = ""
    /// Further entries of each page's external objects: `/P 6 0 R`.
    var xObjects = ""
    /// Further fonts of each page: `/A 6 0 R`.
    var fonts = ""
    /// Further objects, numbered from `firstFree`.
    var objects: [String] = []

    static let firstFree = 6

    init(_ pages: String...) { self.pages = pages }

    var bytes: [UInt8] {
        var bodies = [
            "<< /Type /Catalog /Pages 2 0 R \(catalogEntries) >>", "",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
            "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>\nstream\n0AZa\nendstream",
        ] + objects
        var kids: [Int] = []
        for page in pages {
            let number = bodies.count + 1
            kids.append(number)
            bodies.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents \(number + 1) 0 R "
                    + "/Resources << /Font << /F 3 0 R /B 4 0 R \(fonts) >> /XObject << /I 5 0 R \(xObjects) >> >> \(pageEntries) >>")
            bodies.append("<< /Length \(page.utf8.count) >>\nstream\n\(page)\nendstream")
        }
        bodies[1] = "<< /Type /Pages /Kids [\(kids.map { "\($0) 0 R" }.joined(separator: " "))] /Count \(kids.count) >>"
        var out = "%PDF-1.7\n"
        var places: [Int] = []
        for (index, body) in bodies.enumerated() {
            places.append(out.utf8.count)
            out += "\(index + 1) 0 obj\n\(body)\nendobj\n"
        }
        let start = out.utf8.count
        out += "xref\n0 \(bodies.count + 1)\n0000000000 65535 f \n"
        for place in places { out += String(repeating: "0", count: 10 - "\(place)".count) + "\(place) 00000 n \n" }
        return Array((out + "trailer << /Size \(bodies.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n").utf8)
    }

    func read(limits: ReadLimits = ReadLimits()) throws -> (blocks: [String], codes: [String]) {
        let (document, diagnostics) = try Outline.read(bytes, PDFReader(), limits: limits)
        return (document.blocks.map(Outline.block).filter { $0 != "page" }, diagnostics.items.map(\.code))
    }

    static func text(_ text: String, x: Int, y: Int, size: Int = 10, font: String = "F", before: String = "") -> String {
        "BT \(before) /\(font) \(size) Tf \(x) \(y) Td (\(text)) Tj ET\n"
    }
}
