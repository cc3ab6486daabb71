// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Spooling
import SystemPackage
import Testing

@Suite("A path in a record")
struct RecordTests {
    @Test("comes back as it was, whatever its bytes", arguments: [[UInt8]("a/Bericht.pdf".utf8), [0xE4, 0xFF, 10, 0x2F, 34], [0x61]])
    func paths(bytes: [UInt8]) throws {
        let recorded = RecordedPath(FilePath(bytes: bytes))
        let text = try JSONEncoder().encode([recorded])
        #expect(text.count < bytes.count * 2 + 10)
        #expect(try JSONDecoder().decode([RecordedPath].self, from: text) == [recorded])
    }

    @Test("of an earlier version, a list of numbers, is read")
    func earlier() throws {
        #expect(try JSONDecoder().decode([RecordedPath].self, from: Data("[[97,47,98]]".utf8)) == [RecordedPath("a/b")])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([RecordedPath].self, from: Data(#"["a/b!"]"#.utf8)) }
    }
}
