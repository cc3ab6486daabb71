// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding

/// Goes through a book's bodies once and sends their blocks; what is being collected stands in `frames`, as in `HTMLWalk`.
final class FB2Walk {
    let survey: FB2Survey
    var diagnostics: Diagnostics
    var frames = [HTMLFrame(.document)]
    var marks: [HTMLMark] = []
    /// Sections around the text.
    var depth = 0
    var isInNotes = false
    var hasBodyTitle = false
    private var scan: XMLScan
    private let description: FB2Description
    private let wantsMedia: Bool
    private let sink: any DocumentSink
    private let labels: LabelLanguage
    private var names = MediaNames()
    private var media: [String: MediaID] = [:]
    private var fresh: [Media] = []
    private var notes: [Note] = []
    private var elements = 0
    private var blocksSent = 0
    private static let deepestFrames = 64

    init(
        _ text: ByteSlice, _ survey: FB2Survey, _ description: FB2Description, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: Diagnostics
    ) {
        scan = XMLScan(text, mostDepth: limits.xmlDepth)
        self.survey = survey
        self.description = description
        self.sink = sink
        self.diagnostics = diagnostics
        wantsMedia = limits.wantsMedia
        labels = limits.labels
    }

    var frame: HTMLFrame { frames[frames.count - 1] }

    func walk() throws(SinkError) {
        if let cover = description.cover, let image = image(cover, Label.cover.text(in: labels)) {
            for media in fresh { try sink.append(media) }
            fresh = []
            try sink.append(.paragraph([.image(image)]))
        }
        /// What to do at each open element's end.
        var open: [FB2Element] = []
        var skipped = 0
        loop: while true {
            switch scan.next() {
            case .finished: break loop
            case .text(let text, let isLiteral): if skipped == 0 { add(text, isLiteral) }
            case .start(let name, let attributes):
                if skipped > 0 {
                    skipped += 1
                    continue
                }
                let element = FB2Element(ByteSlice(rebasing: name))
                if element == .skipped { skipped = 1 } else { open.append(enter(element, attributes)) }
            case .end:
                if skipped > 0 {
                    skipped -= 1
                } else if let element = open.popLast() {
                    leave(element)
                }
            }
            if frames.count == 1, !frame.blocks.isEmpty { try emit(frame.takeReady()) }
        }
        // A book that ends too early.
        while let element = open.popLast() { leave(element) }
        try emit(frame.takeBlocks())
        for note in notes { try sink.append(note) }
        if blocksSent == 0 { diagnostics.report("fb2-no-text", "the book has no text") }
    }

    private func emit(_ blocks: [Block]) throws(SinkError) {
        for media in fresh { try sink.append(media) }
        fresh = []
        for block in blocks {
            if blocksSent == 0 { try sendTitle(before: block) }
            try sink.append(block)
            blocksSent += 1
            if blocksSent % 256 == 0 { try sink.progress(blocksSent) }
        }
    }

    /// The book's title and authors, unless the text begins with them.
    private func sendTitle(before block: Block) throws(SinkError) {
        let title = description.title
        if case .heading(1, let inlines) = block, title.isEmpty || inlines.plainText.lowercased().contains(title.lowercased()) { return }
        if !title.isEmpty { try sink.append(.heading(level: 1, [.text(title)])) }
        if !description.authors.isEmpty { try sink.append(.paragraph([.text(description.authors.joined(separator: ", "))])) }
    }

    /// Whether the book's title is a heading above all sections.
    var hasTitle: Bool { hasBodyTitle || !description.title.isEmpty }

    /// False when there are too many frames already; then what is inside stays where it is.
    func push(_ kind: HTMLFrame.Kind) -> Bool {
        frame.endParagraph()
        guard frames.count < Self.deepestFrames else {
            diagnostics.report("html-nesting-cut", "elements nested too deeply were flattened")
            return false
        }
        frames.append(HTMLFrame(kind))
        return true
    }

    func note(_ note: Note) { notes.append(note) }

    func open(_ kind: HTMLMark.Kind) {
        elements += 1
        if marks.count < HTMLWalk.deepestMarks { marks.append(HTMLMark(kind: kind, element: elements)) }
    }

    private func add(_ text: XMLScan.Slice, _ isLiteral: Bool) {
        guard isLiteral || text.contains(UInt8(ascii: "&")) else { return frame.run.add(ByteSlice(rebasing: text), in: marks) }
        var resolved: [UInt8] = []
        XMLCharacters.append(text, isLiteral: isLiteral, to: &resolved)
        resolved.withUnsafeBufferPointer { frame.run.add($0, in: marks) }
    }

    /// The picture of a `binary` element; nil, and reported, when there is none.
    func image(_ id: String, _ alternative: String) -> Image? {
        if let known = media[id] { return Image(.media(known), alternative: alternative) }
        guard let picture = survey.pictures[id] else {
            diagnostics.report("fb2-picture-missing", "pictures that the text names are not in the book")
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative)
        }
        let name = names.name(like: id, mediaType: picture.mediaType)
        media[id] = name
        if wantsMedia { fresh.append(Media(id: name, mediaType: picture.mediaType, bytes: Base64Text.bytes(picture.base64))) }
        return Image(.media(name), alternative: alternative)
    }
}
