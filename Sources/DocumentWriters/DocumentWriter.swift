// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// What a writer needs to know; the same document and options give the same bytes.
package struct WriteOptions: Sendable, Hashable {
    package enum Images: Sendable, Hashable { case assets, none, inline }
    package enum Tables: Sendable, Hashable { case auto, pipe, html }

    package var frontMatter = false
    package var pageMarkers = false
    package var images = Images.assets
    package var tables = Tables.auto
    package var headingOffset = 0
    /// Folder that links to assets start with, percent-encoded, ending in `/`; empty for none.
    package var assetFolder = ""
    /// The document's own file name, for front matter and chunks; empty for none.
    package var sourceName = ""
    /// The column that paragraphs do not pass; 0 for none.
    package var wrap = 0
    /// Most tokens of one chunk.
    package var chunkTokens = 512
    /// The heading of a document's notes where they have none.
    package var notesLabel = "Notes"
    /// Pictures larger than this are not put into the text.
    package var inlineBytes = 1 << 20

    package init() {}
}

/// Renders a document as it arrives, in bounded memory. Anything in the tree can be written, at worst plainly.
package protocol DocumentWriter: DocumentSink {
    /// What this format could not express.
    var diagnostics: Diagnostics { get }
    init(options: WriteOptions, output: OutputBuffer)
    /// The very end, once everything that was lost is known: the last bytes go out.
    func close(losses: [Diagnostic]) throws(SinkError)
}
