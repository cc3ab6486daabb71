// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// HTML that is part of a greater document: a mail's body, an entry of a feed, the chapters of a book.
///
/// One value serves all pages of one document, so that each picture is sent once and under a name of its own.
///
///     let html = EmbeddedHTML(limits: limits, host: package)
///     try html.read(bytes, HTMLPage(charset: "koi8-r"), into: sink, diagnostics: &diagnostics)    // each page
///     try html.sendNotes(into: sink)                                                             // once, at the end
///
/// `read` sends blocks and media, and neither begins nor finishes the sink. Collect with `DocumentBuilder` where the
/// blocks are to be set into something else. Costs 10 to 20 ms for a megabyte of HTML.
package final class EmbeddedHTML {
    let limits: ReadLimits
    let host: (any HTMLHost)?
    var pictures: HTMLPictures
    var notes: [Note] = []
    private var noteCount = 0

    package init(limits: ReadLimits, host: (any HTMLHost)? = nil) {
        self.limits = limits
        self.host = host
        pictures = HTMLPictures(wantsMedia: limits.wantsMedia)
    }

    /// Reads one page. Returns what its head says about it.
    /// - Throws: `limit` for a page of more than 256 MiB or too many elements, `sink` when the sink takes no more.
    @discardableResult
    package func read(
        _ bytes: UnsafeRawBufferPointer, _ page: HTMLPage = HTMLPage(), into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) -> Metadata {
        var metadata = Metadata()
        _ = try read(bytes, page, into: sink, &diagnostics) { metadata = $0 }
        return metadata
    }

    /// The notes that pages referred to; to be sent after the last page.
    package func sendNotes(into sink: any DocumentSink) throws(SinkError) {
        defer { notes = [] }
        for note in notes { try sink.append(note) }
    }

    /// Ends a document that is nothing but these pages: the notes, and the end.
    func finish(_ sink: any DocumentSink) throws(ReadError) {
        do throws(SinkError) {
            try sendNotes(into: sink)
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }

    /// Reads one page; `begin` gets the facts of its head before the first block is sent. Returns the number of blocks.
    func read(
        _ bytes: UnsafeRawBufferPointer, _ page: HTMLPage, into sink: any DocumentSink, _ diagnostics: inout Diagnostics,
        begin: (Metadata) throws(SinkError) -> Void
    ) throws(ReadError) -> Int {
        guard bytes.count <= Self.most else { throw .limit("page of more than \(Self.most >> 20) MiB") }
        let text = bytes.bindMemory(to: UInt8.self)
        let charset = Charset(of: text, declared: page.charset ?? HTMLCharset.declared(in: bytes))
        if charset.isGuessed { diagnostics.report("charset-guessed", "the page names no charset; it was guessed: \(charset.name)") }
        let body = UnsafeBufferPointer(rebasing: text.dropFirst(charset.markLength))
        if charset.isUTF8 { return try read(text: body, page, sink, &diagnostics, begin) }
        let converted = charset.utf8(body)
        if converted.replaced > 0 {
            diagnostics.report("text-bytes-replaced", "bytes that are no text in the charset were replaced", count: converted.replaced)
        }
        var result: Result<Int, ReadError> = .success(0)
        converted.text.withUnsafeBufferPointer { text in
            result = Result { () throws(ReadError) in try read(text: text, page, sink, &diagnostics, begin) }
        }
        return try result.get()
    }

    private func read(
        text: ByteSlice, _ page: HTMLPage, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics, _ begin: (Metadata) throws(SinkError) -> Void
    ) throws(ReadError) -> Int {
        let targets = page.targets ?? HTMLTargets(within: text, newNote)
        let attributes = HTMLAttributes(targets: targets, keepsNames: page.isMainContentOnly)
        do throws(SinkError) {
            if page.isXML, let tree = HTMLTree(wellFormed: text, attributes) { return try send(tree, page, targets, sink, &diagnostics, begin) }
        } catch {
            throw .sink(error)
        }
        let guarded = HTMLGuard(text, isXML: page.isXML, attributes: attributes)
        guard guarded.estimatedMemory <= Self.mostMemory else { throw .limit("page of \(guarded.elements) elements") }
        if guarded.nestingCuts > 0 {
            diagnostics.report("html-nesting-cut", "elements nested too deeply were flattened")
        }
        if guarded.formattingCuts > 0 {
            diagnostics.report("html-formatting-cut", "formatting elements that were never closed were left out")
        }
        var result: Result<Int, SinkError> = .success(0)
        guarded.page.withUnsafeBufferPointer { bytes in
            result = Result { () throws(SinkError) in try send(HTMLTree(parsing: bytes), page, targets, sink, &diagnostics, begin) }
        }
        do throws(SinkError) { return try result.get() } catch { throw .sink(error) }
    }

    private func send(
        _ tree: HTMLTree, _ page: HTMLPage, _ targets: HTMLTargets, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics,
        _ begin: (Metadata) throws(SinkError) -> Void
    ) throws(SinkError) -> Int {
        defer { withExtendedLifetime(tree) {} }
        guard let root = tree.root else { return 0 }
        try begin(HTMLMetadata.read(root))
        let walk = HTMLWalk(sink: sink, page: page, targets: targets, document: self, diagnostics: diagnostics)
        defer { diagnostics = walk.diagnostics }
        try walk.walk(root)
        return walk.blocksSent
    }

    /// Largest page, and the most its tree may take: a worker's address space less what the rest of it needs.
    static let most = 256 << 20
    static let mostMemory = 850 << 20

    private func newNote() -> NoteID {
        noteCount += 1
        return NoteID("\(noteCount)")
    }
}

/// What is known about one page beside its bytes.
package struct HTMLPage {
    /// The charset that who sent the page names; a byte order mark overrules it, it overrules the page's own.
    package var charset: String?
    /// The page's own address, which its relative addresses start from; empty when it is not known, then they stay as written.
    package var base = ""
    /// Added to the level of each heading.
    package var headingOffset = 0
    /// XHTML: `<a id="x"/>` is a complete element.
    package var isXML = false
    /// Only what the page is about: navigation, banners, sidebars, footers are left out and reported.
    package var isMainContentOnly = false
    /// What is linked to from other pages of the document; nil for a page that stands alone, whose links are looked at.
    package var targets: HTMLTargets?

    package init(charset: String? = nil, base: String = "", headingOffset: Int = 0, isXML: Bool = false) {
        self.charset = charset
        self.base = base
        self.headingOffset = headingOffset
        self.isXML = isXML
    }
}

/// The document that pages are part of: knows what their addresses mean.
package protocol HTMLHost: AnyObject {
    /// A picture's bytes, by its address, resolved against the page's base; without fragment.
    func resource(at address: String) -> HTMLResource
    /// Where a link leads in the output; the address is resolved against the page's base.
    func destination(of address: String) -> String
    /// The note at an address, when it is one.
    func note(at address: String) -> NoteID?
}

extension HTMLHost {
    package func destination(of address: String) -> String { address }
    package func note(at address: String) -> NoteID? { nil }
}

package enum HTMLResource {
    case here([UInt8], mediaType: String)
    /// It should be in the document and is not; the host reports that.
    case missing
    /// Not the document's: the address stands in the output.
    case elsewhere
}
