// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Sends a book's chapters one after the other, as one document.
final class EPUBBook: HTMLHost {
    private let container: EPUBContainer
    private let package: EPUBPackage
    private let limits: ReadLimits
    private let chapters: [(chapter: EPUBPackage.Chapter, bytes: [UInt8])]
    private let contents: EPUBContents
    private let links: EPUBLinks
    private var failure: ReadError?

    init(_ container: EPUBContainer, _ package: EPUBPackage, _ limits: ReadLimits) throws(ReadError) {
        self.container = container
        self.package = package
        self.limits = limits
        guard package.chapters.count <= max(limits.members, 10_000) else { throw .members("more than \(max(limits.members, 10_000)) chapters") }
        var chapters: [(chapter: EPUBPackage.Chapter, bytes: [UInt8])] = []
        for chapter in package.chapters {
            if chapter.isPicture { chapters.append((chapter, [])) } else if let bytes = try container.bytes(chapter.path) { chapters.append((chapter, bytes)) }
        }
        self.chapters = chapters
        contents = try EPUBContents(container, package)
        links = EPUBLinks(chapters.map { ($0.chapter.path, $0.bytes) })
    }

    func send(to sink: any DocumentSink) throws(ReadError) {
        let html = EmbeddedHTML(limits: limits, host: self)
        do throws(SinkError) {
            try sink.begin(package.metadata)
            if let cover = package.coverPath, !isShown(cover), let picture = html.pictures.held(cover, self) ?? nil {
                for media in html.pictures.takeNew() { try sink.append(media) }
                try sink.append(.paragraph([.image(Image(.media(picture), alternative: Label.cover.text(in: limits.labels)))]))
            }
            if let facts = facts() { try sink.append(.paragraph(facts)) }
        } catch {
            throw .sink(error)
        }
        for (index, (chapter, bytes)) in chapters.enumerated() {
            try send(chapter, bytes, html, sink)
            if let failure { throw failure }
            do throws(SinkError) { try sink.progress(index + 1) } catch { throw .sink(error) }
        }
        try html.finish(sink)
    }

    private func send(_ chapter: EPUBPackage.Chapter, _ bytes: [UInt8], _ html: EmbeddedHTML, _ sink: any DocumentSink) throws(ReadError) {
        if chapter.isPicture {
            do throws(SinkError) {
                guard let picture = html.pictures.held(chapter.path, self) ?? nil else { return }
                for media in html.pictures.takeNew() { try sink.append(media) }
                try sink.append(.paragraph([.image(Image(.media(picture), alternative: contents.titles[chapter.path]?.label ?? ""))]))
            } catch {
                throw .sink(error)
            }
            return
        }
        var page = HTMLPage(base: chapter.path, isXML: chapter.isXHTML)
        page.targets = links.targets[chapter.path] ?? HTMLTargets()
        let title = contents.titles[chapter.path].flatMap { Self.hasHeading(bytes) ? nil : $0 }
        let titled = title.map { EPUBTitledSink($0, sink) } ?? sink
        var diagnostics = Diagnostics()
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(ReadError) in try html.read(bytes, page, into: titled, diagnostics: &diagnostics) }
        }
        for item in diagnostics.items { container.diagnostics.report(item.code, item.message, at: item.location ?? chapter.path, count: item.count) }
        _ = try result.get()
    }

    // MARK: What the pages' addresses mean

    func resource(at address: String) -> HTMLResource {
        guard Self.isInside(address) else { return .elsewhere }
        let path = WebAddress.percentDecoded(address.hasPrefix("/") ? String(address.dropFirst()) : address)
        do throws(ReadError) {
            guard let bytes = try container.bytes(path) else { return .missing }
            return .here(bytes, mediaType: package.files[path]?.mediaType ?? "application/octet-stream")
        } catch {
            failure = error
            return .missing
        }
    }

    func destination(of address: String) -> String {
        guard Self.isInside(address) else { return address }
        let (file, fragment) = WebAddress.split(address)
        let path = EPUBPackage.path(file, from: "")
        let name = WebAddress.percentDecoded(fragment ?? "")
        if let anchor = links.anchor(path, name) ?? links.anchor(path, "") { return "#" + anchor }
        if let note = links.note(path, name) { return "#" + note.name }
        if !path.isEmpty, !container.has(path) { container.report("epub-link-broken", "links to places that are not in the book became text") }
        return ""
    }

    func note(at address: String) -> NoteID? {
        let (file, fragment) = WebAddress.split(address)
        return links.note(EPUBPackage.path(file, from: ""), WebAddress.percentDecoded(fragment ?? ""))
    }

    /// Neither scheme nor host.
    private static func isInside(_ address: String) -> Bool {
        !address.hasPrefix("//")
            && !address.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }.contains(UInt8(ascii: ":"))
    }

    // MARK: Beside the chapters

    /// Whether any page shows the picture at this path: its name stands in the page.
    private func isShown(_ path: String) -> Bool {
        let name = Array(path.split(separator: "/").last.map(String.init)?.utf8 ?? "".utf8)
        return chapters.contains { chapter, bytes in
            chapter.path == path || bytes.withUnsafeBytes { ByteSearch.first(name, in: $0) != nil }
        }
    }

    /// Title, author and description, where the book's first pages do not name the author themselves.
    private func facts() -> [Inline]? {
        let words: [String] = package.creators.joined(separator: " ").split(whereSeparator: { !$0.isLetter }).map { String($0) }.filter { $0.count > 2 }
        let opening = chapters.prefix(4).flatMap { $0.bytes.prefix(1 << 16) }
        let isNamed = opening.withUnsafeBytes { bytes in
            words.allSatisfy { word in
                ByteSearch.first(Array(word.utf8), in: bytes) != nil || ByteSearch.first(Array(word.uppercased().utf8), in: bytes) != nil
            }
        }
        guard !isNamed else { return nil }
        var lines: [Inline] = []
        for (label, value) in [
            (Label.title, package.metadata["title"]), (.authors, package.metadata["author"]),
            (.description, package.metadata["description"]),
        ] {
            guard let value, !value.isEmpty else { continue }
            if !lines.isEmpty { lines.append(.lineBreak) }
            lines += [.strong([.text(label.text(in: limits.labels) + ":")]), .text(" " + value)]
        }
        return lines.isEmpty ? nil : lines
    }

    /// Whether any `h1` … `h6` begins in the page.
    private static func hasHeading(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { page in
            var at = 0
            while let open = page[at...].firstIndex(of: UInt8(ascii: "<")), open + 2 < page.count {
                if page[open + 1] | 0x20 == UInt8(ascii: "h"), (0x31...0x36).contains(page[open + 2]) { return true }
                at = open + 1
            }
            return false
        }
    }
}
