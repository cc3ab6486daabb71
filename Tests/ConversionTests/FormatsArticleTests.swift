// SPDX-License-Identifier: Apache-2.0
import Conversion
import Testing

@Suite("the article on the formats")
struct FormatsArticleTests {
    /// `UPDATE_GOLDEN=1` writes it anew, as does the command in its first comment.
    @Test("says what the registry says")
    func isCurrent() {
        let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Sources/BatchProcessing/Documentation.docc/Formats.md"
        if GoldenFiles.isUpdating { GoldenFiles.write(FormatsArticle.text, to: path) }
        #expect(GoldenFiles.text(path) == FormatsArticle.text, "run: intray-worker --formats-article >Sources/BatchProcessing/Documentation.docc/Formats.md")
    }

    @Test("each format says what arrives and what is left out, and no extension belongs to two")
    func isComplete() {
        var owners: [String: String] = [:]
        for format in DocumentConverter.formats {
            #expect(!format.title.isEmpty && !format.carried.isEmpty && !format.leftOut.isEmpty, "\(format.name)")
            for name in format.extensions {
                #expect(owners[name] == nil, "\(name) of \(owners[name] ?? "") and \(format.name)")
                owners[name] = format.name
            }
        }
    }
}
