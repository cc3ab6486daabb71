// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree
import ReaderTestSupport

/// Reads mail with the whole registry behind it.
enum Mails {
    struct Result {
        /// An outline of each block.
        var blocks: [String]
        /// Code and place of each diagnostic.
        var diagnostics: [String]
        var metadata: Metadata
        var media: [String]
    }

    static func read(_ bytes: [UInt8], _ reader: some DocumentReader, limits: ReadLimits = ReadLimits()) throws -> Result {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes {
            try reader.read(Source($0, members: MemberReader(limits: limits)), limits: limits, into: builder, diagnostics: &diagnostics)
        }
        let document = builder.document
        return Result(
            blocks: document.blocks.map(Outline.block), diagnostics: diagnostics.items.map { "\($0.code) \($0.location ?? "-")" },
            metadata: document.metadata, media: document.media.map(\.id.name))
    }

    static func read(_ text: String, _ reader: some DocumentReader, limits: ReadLimits = ReadLimits()) throws -> Result {
        try read(Array(text.utf8), reader, limits: limits)
    }
}
