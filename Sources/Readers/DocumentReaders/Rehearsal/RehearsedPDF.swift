// SPDX-License-Identifier: Apache-2.0

/// A page with a title, a paragraph of two lines, items, a ruled table, a picture, a link and a remark; with facts about it and an
/// outline (ISO 32000-1, 7.5).
enum RehearsedPDF {
    static func bytes() -> [UInt8] {
        let content = """
            BT /F1 18 Tf 60 740 Td (A title) Tj ET
            BT /F2 10 Tf 12 TL 60 700 Td (The first line of a paragraph that goes on and on to the end of its column, and) Tj
            T* (a second line that ends before.) Tj T* T* (- an item) Tj T* (- another item) Tj ET
            0.5 w 60 600 200 40 re S 60 620 m 260 620 l S 160 600 m 160 640 l S
            BT /F2 10 Tf 64 625 Td (Name) Tj 100 0 Td (Price) Tj -100 -20 Td (screw) Tj 100 0 Td (1.20) Tj ET
            q 100 0 0 100 60 400 cm /I Do Q
            """
        let pixels = String(repeating: "0f", count: 256)
        let objects = [
            "<</Type/Catalog/Pages 2 0 R/Outlines 10 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>/XObject<</I 9 0 R>>>>/Annots[7 0 R 8 0 R]>>",
            "<</Length \(content.utf8.count)>>stream\n\(content)\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Annot/Subtype/Link/Rect[60 698 120 712]/A<</S/URI/URI(https://example.org/)>>>>",
            "<</Type/Annot/Subtype/Text/Rect[300 698 310 712]/Contents(a remark)/T(somebody)>>",
            "<</Subtype/Image/Width 16/Height 16/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/ASCIIHexDecode/Length \(pixels.utf8.count + 1)>>stream\n\(pixels)>\nendstream",
            "<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 1>>",
            "<</Title(A title)/Parent 10 0 R/Dest[3 0 R/Fit]>>",
            "<</Title(A title)/Author(Somebody)/Producer(intray)/CreationDate(D:20200102030405Z)>>",
        ]
        var out = Array("%PDF-1.7\n".utf8)
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let place = String(out.count)
            table += String(repeating: "0", count: 10 - place.utf8.count) + place + " 00000 n \n"
            out += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let start = out.count
        return out + "\(table)trailer\n<</Size \(objects.count + 1)/Root 1 0 R/Info \(objects.count) 0 R>>\nstartxref\n\(start)\n%%EOF\n".utf8
    }
}
