// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding

/// Cells on their way to a document.
struct NotebookWalk {
    let language: String?
    let limits: ReadLimits
    var document = Document()
    var diagnostics: Diagnostics
    private var cells = 0

    init(language: String?, limits: ReadLimits, diagnostics: Diagnostics) {
        self.language = language
        self.limits = limits
        self.diagnostics = diagnostics
    }

    mutating func add(_ cell: JSONValue) {
        cells += 1
        let source = cell["source"].joined ?? cell["input"].joined ?? []
        switch cell["cell_type"].text {
        case "markdown", "html": markdown(source, cell["attachments"])
        case "heading":
            document.blocks.append(.heading(level: min(max(cell["level"].integer ?? 1, 1), 6), MarkdownText.spans(source)))
        case "raw": raw(source, cell["metadata"])
        default:
            code(source, cell["language"].text ?? language)
            for output in cell["outputs"].items { add(output: output) }
        }
    }

    private mutating func markdown(_ source: [UInt8], _ attachments: JSONValue) {
        var names: [String: MediaID] = [:]
        for (name, bundle) in attachments.members {
            if let id = picture(in: bundle) { names["attachment:" + name] = id }
        }
        var cell = MarkdownText.document(source, limits: limits, &diagnostics, prefix: "cell\(cells)-")
        if !names.isEmpty { cell.blocks = MediaNames(names).replaced(in: cell.blocks) }
        append(cell)
    }

    private mutating func raw(_ source: [UInt8], _ metadata: JSONValue) {
        switch metadata["format"].text ?? metadata["raw_mimetype"].text {
        case "text/markdown": markdown(source, .null)
        case "text/html": append(MarkupText.html(source[...], limits: limits, &diagnostics))
        case "text/latex": code(source, "latex")
        case "text/restructuredtext", "text/x-rst": code(source, "rst")
        default: code(source, nil)
        }
    }

    mutating func append(_ part: Document) {
        document.blocks += part.blocks
        document.notes += part.notes
        document.media += part.media
    }

    mutating func code(_ source: [UInt8], _ language: String?) {
        guard !source[...].trimmed.isEmpty else { return }
        var end = source.endIndex
        while end > 0, Letters.isSpace(source[end - 1]) { end -= 1 }
        document.blocks.append(.code(source[..<end].text, language: language))
    }

    /// Keeps the first picture of a bundle of media types.
    mutating func picture(in bundle: JSONValue) -> MediaID? {
        for (type, ending) in Self.pictures {
            guard let text = bundle[type].joined else { continue }
            let bytes = type == "image/svg+xml" || type == "svg" ? text : Base64Text.bytes(text)
            guard !bytes.isEmpty else { continue }
            let id = MediaID("image\(document.media.count + 1).\(ending)")
            let mediaType = type.contains("/") ? type : type == "svg" ? "image/svg+xml" : "image/\(type)"
            document.media.append(Media(id: id, mediaType: mediaType, bytes: limits.wantsMedia ? bytes : []))
            return id
        }
        return nil
    }

    /// nbformat 3 names kinds without `image/`.
    private static let pictures = [
        ("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif"), ("image/webp", "webp"), ("image/svg+xml", "svg"),
        ("png", "png"), ("jpeg", "jpg"), ("svg", "svg"),
    ]
}

/// Pictures that the document names by an address and carries itself.
struct MediaNames {
    private let names: [String: MediaID]

    init(_ names: [String: MediaID]) { self.names = names }

    func replaced(in blocks: [Block]) -> [Block] {
        blocks.map { block in
            switch block {
            case .heading(let level, let content): .heading(level: level, replaced(in: content))
            case .paragraph(let content): .paragraph(replaced(in: content))
            case .list(let list): .list(List(list.marker, items: list.items.map { ListItem(replaced(in: $0.blocks), checked: $0.checked) }))
            case .quote(let content): .quote(replaced(in: content))
            case .figure(let content, let caption): .figure(replaced(in: content), caption: replaced(in: caption))
            case .table(var table):
                Block.table({
                    table.rows = table.rows.map { Row($0.cells.map { Cell(replaced(in: $0.blocks), columns: $0.columns, rows: $0.rows) }) }
                    return table
                }())
            case .code, .definitions, .rule, .pageBreak, .math, .raw: block
            }
        }
    }

    private func replaced(in inlines: [Inline]) -> [Inline] {
        inlines.map { inline in
            switch inline {
            case .image(let image):
                if case .address(let address) = image.source, let id = names[address] {
                    .image(Image(.media(id), alternative: image.alternative, title: image.title))
                } else {
                    inline
                }
            case .link(let to, let title, let content): .link(to: to, title: title, replaced(in: content))
            case .emphasis(let content): .emphasis(replaced(in: content))
            case .strong(let content): .strong(replaced(in: content))
            case .text, .lineBreak, .strikethrough, .underline, .superscript, .subscript, .code, .note, .math, .anchor: inline
            }
        }
    }
}
