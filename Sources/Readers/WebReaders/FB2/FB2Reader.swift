// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import ZipArchive

/// Reads FictionBook 2 (FB2 2.1), as it is or packed alone in a ZIP archive.
///
///     bytes ─ FB2Survey ▶ notes, places linked to, pictures ┐
///           └ FB2Description ▶ facts ────────────────────────┴ FB2Walk ▶ blocks
///
/// Entities are never expanded; faults of the markup are stepped over and reported.
package struct FB2Reader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard source.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return try read(source.bytes, limits, sink, &diagnostics) }
        let book: [UInt8]
        do throws(ZipError) {
            let file = try ZipFile(source.bytes, limits: ZipLimits(unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio))
            guard let entry = file.entries.first(where: { $0.name.lowercased().hasSuffix(".fb2") }) else { throw .malformed("the archive holds no book") }
            let contents = try file.contents(of: entry)
            if contents.fault != nil { diagnostics.report("zip-member-cut", "the packed book is damaged; text may be lost") }
            book = contents.bytes
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed(reason)
            case .encrypted(let reason): throw .encrypted(reason)
            case .unsupported(let reason): throw .unsupported(reason)
            case .limit(let reason): throw .limit(reason)
            }
        }
        var failure: ReadError?
        book.withUnsafeBytes { bytes in
            do throws(ReadError) { try read(bytes, limits, sink, &diagnostics) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func read(
        _ bytes: UnsafeRawBufferPointer, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let text = TextReading.whole(Source(bytes), &diagnostics, declared: XMLReader.declared(in: bytes))
        var failure: ReadError?
        text.withUnsafeBufferPointer { text in
            do throws(ReadError) { try send(text, limits, sink, &diagnostics) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func send(_ text: ByteSlice, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(ReadError) {
        let survey = FB2Survey(text, limits)
        guard !survey.isTooDeep else { throw .xmlDepth("elements nested more than \(limits.xmlDepth) deep") }
        if survey.isDamaged { diagnostics.report("xml-malformed", "the book is not well-formed") }
        let description = FB2Description(survey.description, limits)
        do throws(SinkError) {
            try sink.begin(description.metadata)
            let walk = FB2Walk(text, survey, description, limits, sink, diagnostics)
            defer { diagnostics = walk.diagnostics }
            try walk.walk()
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }
}
