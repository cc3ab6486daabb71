// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

@testable import OfficeReaders

/// Builds small Word packages from body XML, members stored.
enum DOCXMaker {
    static let spaces = """
        xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" \
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" \
        xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" \
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" \
        xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"
        """

    static func package(_ body: String, parts: [(String, String)] = []) -> [UInt8] {
        archive([("word/document.xml", "<w:document \(spaces)><w:body>\(body)</w:body></w:document>")] + parts)
    }

    static func part(_ root: String, _ content: String) -> String { "<w:\(root) \(spaces)>\(content)</w:\(root)>" }

    static func read(_ body: String, parts: [(String, String)] = []) throws -> (Document, Diagnostics) { try read(package(body, parts: parts)) }

    static func read(_ bytes: [UInt8]) throws -> (Document, Diagnostics) {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes { raw in
            try DOCXReader().read(Source(raw, nameExtension: "docx"), limits: ReadLimits(), into: builder, diagnostics: &diagnostics)
        }
        return (builder.document, diagnostics)
    }

    static func archive(_ members: [(String, String)]) -> [UInt8] { archive(bytes: members.map { ($0, Array($1.utf8)) }) }

    static func archive(bytes members: [(String, [UInt8])]) -> [UInt8] {
        var out: [UInt8] = [], directory: [UInt8] = []
        func put<N: FixedWidthInteger>(_ value: N, _ to: inout [UInt8]) { withUnsafeBytes(of: value.littleEndian) { to.append(contentsOf: $0) } }
        for (name, bytes) in members {
            let at = out.count
            func fields(_ to: inout [UInt8]) {
                put(UInt16(20), &to); put(UInt16(0), &to); put(UInt16(0), &to); put(UInt32(0), &to); put(checksum(bytes), &to)
                put(UInt32(bytes.count), &to); put(UInt32(bytes.count), &to); put(UInt16(name.utf8.count), &to); put(UInt16(0), &to)
            }
            put(UInt32(0x0403_4B50), &out); fields(&out)
            out += Array(name.utf8) + bytes
            put(UInt32(0x0201_4B50), &directory); put(UInt16(20), &directory); fields(&directory)
            directory += [UInt8](repeating: 0, count: 10)
            put(UInt32(at), &directory)
            directory += Array(name.utf8)
        }
        let start = out.count
        out += directory
        put(UInt32(0x0605_4B50), &out); put(UInt32(0), &out)
        put(UInt16(members.count), &out); put(UInt16(members.count), &out)
        put(UInt32(directory.count), &out); put(UInt32(start), &out); put(UInt16(0), &out)
        return out
    }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
