// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads what a browser or a desktop leaves when an address is dragged into a folder: a link.
///
///     bytes ─ BinaryPropertyList ┐
///     lines ─ Shortcut ──────────┴▶ address, name ▶ a link
package struct ShortcutReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let list = BinaryPropertyList(source.bytes)
        let shortcut = list.map { Shortcut(address: $0.string(named: "URL") ?? "") } ?? Shortcut(TextReading.whole(source, &diagnostics)[...])
        guard !shortcut.address.isEmpty else { throw .malformed("the shortcut names no address") }
        var document = Document()
        document.metadata.add("title", shortcut.name)
        document.metadata.add("url", shortcut.address)
        document.blocks = [.paragraph([.link(to: shortcut.address, title: nil, [.text(shortcut.name.isEmpty ? shortcut.address : shortcut.name)])])]
        if !shortcut.comment.isEmpty { document.blocks.append(.paragraph([.text(shortcut.comment)])) }
        try sink.take(document)
    }
}
