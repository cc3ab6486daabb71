// SPDX-License-Identifier: Apache-2.0

/// The catalog's article on the formats, written from the registry so that it cannot fall behind.
public enum FormatsArticle {
    public static var text: String {
        let formats = DocumentConverter.formats
        let rows = formats.map { format in
            let extensions = format.extensions.map { "`\($0)`" }.joined(separator: " ")
            return "| \(cell(format.title)) | \(extensions) | \(cell(format.carried)) | \(cell(format.leftOut)) |"
        }
        return """
            # Formats

            <!-- Written from the registry: intray-worker --formats-article >Sources/BatchProcessing/Documentation.docc/Formats.md -->

            The \(formats.count) kinds of documents that are read, what arrives in the output, and what does not.

            ## Overview

            What a document is, is told by its content first, then by a media type or its name; names that are well known without an
            extension, such as `Makefile` and `README`, count as well. `intray formats` prints the
            same list. What one document loses is said beside its output, each loss with a stable code; see <doc:Outputs> for
            what a document can become.

            ## The list

            | format | extensions | what arrives | what is left out |
            |---|---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }

    private static func cell(_ text: String) -> String { text.split(separator: "|").joined(separator: "\\|") }
}
