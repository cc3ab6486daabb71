// SPDX-License-Identifier: Apache-2.0

/// One kind of document: how it is told, what is carried over, and who reads it.
package struct Format: Sendable {
    /// The format's usual extension; its stable name in replies and reports.
    package let name: String
    package let title: String
    /// Lower case, without dots; `name` is among them.
    package let extensions: [String]
    package let mediaTypes: [String]
    /// For `intray formats`: what arrives in the output, and what is left out.
    package let carried: String
    package let leftOut: String
    /// Makes a reader; readers keep nothing between documents.
    package let reader: @Sendable () -> any DocumentReader
    /// Outputs that take the text as it is, with `VerbatimReader` in the reader's place: by file extension.
    package let verbatimIn: [String]

    package init(
        _ name: String, _ title: String, extensions: [String], mediaTypes: [String], carried: String, leftOut: String,
        verbatimIn: [String] = [], reader: @escaping @Sendable () -> any DocumentReader
    ) {
        self.name = name
        self.title = title
        self.extensions = extensions
        self.mediaTypes = mediaTypes
        self.carried = carried
        self.leftOut = leftOut
        self.reader = reader
        self.verbatimIn = verbatimIn
    }
}
