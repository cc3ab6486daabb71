// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import Testing

@Suite("a document that is cut off")
struct TruncationTests {
    static let documents = [
        "docx/outline/input.docx", "xlsx/tables-apart/input.xlsx", "xlsx/hidden-merged-noted/input.xlsx", "xlsb/values-as-shown/input.xlsb", "pptx/deck/input.pptx",
        "pptx/charts/input.pptx", "odt/package/input.odt", "ods/values-repeats-hidden/input.ods", "odp/title-first-and-notes/input.odp", "epub/book/input.epub", "doc/outline/input.doc",
        "xls/values-as-shown/input.xls", "ppt/slides-lists-tables/input.ppt", "rtf/letter/input.rtf", "msg/html-body/input.msg",
    ]

    @Test("anywhere is either refused with a reason or gives text with its losses", arguments: documents)
    func cutAnywhere(_ name: String) async throws {
        let bytes = try SalvageTests.bytes(name)
        let sound = try await SalvageTests.convert(bytes, name)
        #expect(!sound.text.isEmpty)
        var refused = 0
        for step in 1..<64 {
            do {
                let cut = try await SalvageTests.convert(Array(bytes.prefix(bytes.count * step / 64)), name)
                #expect(cut.text.contains { !$0.isWhitespace }, "\(step)/64")
                // What was cut off may be of no use: a list of members counts as that.
                #expect(cut.text == sound.text || !Set(cut.losses).isSubset(of: sound.losses), "\(step)/64")
            } catch let error as ConversionError {
                #expect(error.code == .malformed, "\(step)/64: \(error.reason)")
                refused += 1
            }
        }
        #expect(refused > 0)
    }
}
