// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads Jupyter notebooks of nbformat 3 and 4.
///
///     JSON ─ JSONValue ▶ cells ─ Markdown reader, code, NotebookOutput ▶ blocks
package struct NotebookReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard let notebook = JSONValue(TextReading.whole(source, &diagnostics)) else { throw .malformed("the notebook is no JSON") }
        // Before nbformat 4 cells lie in worksheets.
        let sheets = notebook["worksheets"].items
        let cells = sheets.isEmpty ? notebook["cells"].items : sheets.flatMap { $0["cells"].items }
        if cells.isEmpty, notebook["cells"].isNull, sheets.isEmpty, notebook["nbformat"].isNull { throw .malformed("the JSON is no notebook") }
        var walk = NotebookWalk(language: Self.language(notebook["metadata"]), limits: limits, diagnostics: diagnostics)
        for cell in cells { walk.add(cell) }
        diagnostics = walk.diagnostics
        walk.document.metadata = Self.metadata(notebook)
        try sink.take(walk.document)
    }

    private static func language(_ metadata: JSONValue) -> String? {
        let named = metadata["language_info"]["name"].text ?? metadata["kernelspec"]["language"].text ?? metadata["kernel_info"]["language"].text
        // Notebooks of nbformat 3 say nothing where the kernel is Python's.
        return (named ?? "python").lowercased()
    }

    private static func metadata(_ notebook: JSONValue) -> Metadata {
        let facts = notebook["metadata"]
        var metadata = Metadata()
        metadata.add("title", facts["title"].text ?? facts["name"].text ?? "")
        let authors = facts["authors"].items.compactMap { $0["name"].text ?? $0.text }
        metadata.add("author", authors.isEmpty ? facts["author"].text ?? "" : authors.joined(separator: ", "))
        metadata.add("created", facts["date"].text ?? "")
        metadata.add("kernel", facts["kernelspec"]["display_name"].text ?? "")
        return metadata
    }
}
