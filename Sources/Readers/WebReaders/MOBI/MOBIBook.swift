// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// A book's text and pictures: what its pages' addresses mean.
final class MOBIBook: HTMLHost {
    private let database: PalmDatabase
    /// The half that is read, and the record it begins with.
    private let header: MOBIHeader
    private let start: Int
    private let metadata: Metadata
    private let firstPicture: Int?
    private let cover: Int?
    private let limits: ReadLimits

    init(_ database: PalmDatabase, _ limits: ReadLimits) throws(ReadError) {
        guard let record = database[0], let main = MOBIHeader(record) else { throw .malformed("the book has no header") }
        self.database = database
        self.limits = limits
        // Books for old and new readers hold both; the new half knows tables.
        if main.version < 8, let boundary = main.boundary, let record = database[boundary], let newer = MOBIHeader(record), newer.version >= 8 {
            (header, start) = (newer, boundary)
        } else {
            (header, start) = (main, 0)
        }
        metadata = main.metadata
        firstPicture = main.firstPicture
        cover = main.cover ?? header.cover
        guard !main.isEncrypted, !header.isEncrypted else { throw .encrypted("the book's text is encrypted (digital rights management)") }
        guard !main.isPrintReplica, !record.begins(with: "%MOP") else { throw .unsupported("the book is a print replica") }
        switch header.compression {
        case .none, .palmDOC, .huffman: break
        case .unknown: throw .malformed("the book's text is packed in no known way")
        }
    }

    func send(to sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(ReadError) {
        let text = try text(&diagnostics)
        let html = EmbeddedHTML(limits: limits, host: self)
        do throws(SinkError) {
            try sink.begin(metadata)
            if header.version > 0, let cover, let first = firstPicture, let picture = html.pictures.held(Self.address(cover + 1), self) ?? nil, database[first + cover] != nil {
                for media in html.pictures.takeNew() { try sink.append(media) }
                try sink.append(.paragraph([.image(Image(.media(picture), alternative: Label.cover.text(in: limits.labels)))]))
            }
        } catch {
            throw .sink(error)
        }
        if header.version == 0 {
            try sendPlain(text, to: sink)
        } else {
            for (index, page) in pages(of: text, &diagnostics).enumerated() {
                try send(page, html, sink, &diagnostics)
                do throws(SinkError) { try sink.progress(index + 1) } catch { throw .sink(error) }
            }
        }
        try html.finish(sink)
    }

    private func text(_ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8] {
        var text: [UInt8] = []
        var missing = 0
        var huffman = header.huffman.flatMap { HuffmanText(database, first: start + $0.first, count: $0.count) }
        guard header.compression != .huffman || huffman != nil else { throw .malformed("the codes that the book's text is packed by are missing") }
        for index in 0..<header.textRecords {
            guard let record = database[start + 1 + index] else {
                missing = header.textRecords - index
                break
            }
            let body = PalmDOCText.body(of: record, trailers: header.trailers)
            switch header.compression {
            case .palmDOC: PalmDOCText.unpack(body, to: &text)
            case .huffman: huffman?.unpack(body, to: &text)
            case .none, .unknown: text.append(contentsOf: body)
            }
            let most = min(limits.unpackedBytes, EmbeddedHTML.most)
            guard text.count <= most else { throw .limit("the book's text unpacks to more than \(most >> 20) MiB") }
        }
        if missing > 0 || database.isCut { diagnostics.report("file-damaged", "the file ends before the book does; text is missing") }
        return text
    }

    private func pages(of text: [UInt8], _ diagnostics: inout Diagnostics) -> [[UInt8]] {
        guard header.version >= 8 else { return [MOBIMarkup.page(text)] }
        // Style sheets and drawings are flows behind the text.
        var end = text.count
        if let flows = header.flowIndex, let record = database[start + flows], record.begins(with: "FDST"), let first = record.long(16) { end = min(end, first) }
        let main = Array(text[0..<end])
        guard let skeletons = header.skeletonIndex, let fragments = header.fragmentIndex else { return [main] }
        if let pages = KindleParts.pages(of: main, database, skeletons: start + skeletons, fragments: start + fragments) { return pages }
        diagnostics.report("file-damaged", "the index of the book's parts does not fit its text; parts stand as they are stored")
        return [main]
    }

    private func send(_ page: [UInt8], _ html: EmbeddedHTML, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(ReadError) {
        var losses = Diagnostics()
        let result = page.withUnsafeBytes { bytes in
            Result { () throws(ReadError) in try html.read(bytes, HTMLPage(charset: header.charset), into: sink, diagnostics: &losses) }
        }
        for loss in losses.items where loss.code != "html-no-text" { diagnostics.add(loss) }
        _ = try result.get()
    }

    /// PalmDOC's text has no markup: empty lines part its paragraphs, or each line is one.
    private func sendPlain(_ text: [UInt8], to sink: any DocumentSink) throws(ReadError) {
        let lines = text.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self).collapsed }
        do throws(SinkError) {
            for line in lines where !line.isEmpty { try sink.append(.paragraph([.text(line)])) }
        } catch {
            throw .sink(error)
        }
    }

    // MARK: What the pages' addresses mean

    private static func address(_ number: Int) -> String { "recindex:\(number)" }

    /// Pictures are numbered from 1 in the order of their records, in decimal by old books, to the base of 32 by new ones.
    func resource(at address: String) -> HTMLResource {
        let number: Int?
        if let code = Self.suffix(of: address, behind: "kindle:embed:") {
            number = header.version >= 8 ? Int(code.prefix { $0 != "?" }, radix: 32) : Int(code)
        } else if let code = Self.suffix(of: address, behind: "recindex:") {
            number = Int(code)
        } else {
            return address.contains(":") ? .elsewhere : .missing
        }
        guard let number, number > 0, number < 1 << 20, let firstPicture, let record = database[firstPicture + number - 1] else { return .missing }
        guard let type = Self.mediaType(record) else { return .missing }
        return .here(Array(record.bytes), mediaType: type)
    }

    private static func suffix(of address: String, behind prefix: String) -> Substring? {
        address.hasPrefix(prefix) ? address.dropFirst(prefix.count) : nil
    }

    private static func mediaType(_ record: PalmRecord) -> String? {
        if record.bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if record.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if record.begins(with: "GIF8") { return "image/gif" }
        return record.begins(with: "BM") ? "image/bmp" : nil
    }

    /// Links within the book lead nowhere in the output.
    func destination(of address: String) -> String { address.hasPrefix("kindle:") || address.hasPrefix("#") || !address.contains(":") ? "" : address }
}
