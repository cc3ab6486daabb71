// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree
import ReaderTestSupport

/// Reads an archive with the whole registry behind it.
enum Archives {
    /// An outline of each block; code and place of each diagnostic.
    static func read(
        _ bytes: [UInt8], _ reader: some DocumentReader, nameExtension: String = "", limits: ReadLimits = ReadLimits()
    ) throws -> (blocks: [String], diagnostics: [String]) {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes {
            let source = Source($0, nameExtension: nameExtension, members: MemberReader(limits: limits))
            try reader.read(source, limits: limits, into: builder, diagnostics: &diagnostics)
        }
        return (builder.document.blocks.map(Outline.block), diagnostics.items.map { "\($0.code) \($0.location ?? "-")" })
    }
}
