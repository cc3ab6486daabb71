// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import MIME

/// Reads mailboxes of messages one behind the other (RFC 4155; mboxo and mboxrd), one message in memory at a time.
package struct MBOXReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        do throws(SinkError) { try sink.begin(Metadata()) } catch { throw .sink(error) }
        var messages = MBOXMessages(source.bytes)
        var count = 0
        while let bytes = messages.next() {
            guard count < limits.pages else {
                diagnostics.report("mbox-messages-left", "more than \(limits.pages) messages; the others were left")
                break
            }
            count += 1
            // One reading for each message, so that what it unpacked goes with it.
            let reading = MailReading(source, limits, sink, diagnostics)
            defer { diagnostics = reading.diagnostics }
            let part = MIMEParser.parse(MBOXMessages.holdsQuotedFrom(bytes) ? reading.keep(MBOXMessages.unquoted(bytes)) : bytes)
            let message = try EMLMessage(part, reading).read()
            let isPart = try reading.begin(part: Self.name(count, message.subject))
            try reading.send(message, .within(level: 1), depth: 1)
            try reading.list(level: 2)
            if isPart { try reading.endPart() }
            do throws(SinkError) { try sink.progress(count) } catch { throw .sink(error) }
        }
        if count == 0 { diagnostics.report("mbox-no-messages", "the mailbox holds no messages") }
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }
}

extension MBOXReader {
    /// A message's place in the mailbox and its subject: `0007 Minutes`.
    private static func name(_ number: Int, _ subject: String) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + (subject.isEmpty ? "" : " \(subject.replacing("/", with: "-"))")
    }
}

/// Finds the messages: each begins behind a line `From …` that follows an empty line, and that a header follows.
struct MBOXMessages: IteratorProtocol {
    private let bytes: UnsafeRawBufferPointer
    private var lines: ByteLines
    private var start: Int?
    private var isAfterBlank = true

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        lines = ByteLines(bytes)
    }

    mutating func next() -> UnsafeRawBufferPointer? {
        while let line = lines.next() {
            let wasAfterBlank = isAfterBlank
            isAfterBlank = line.bytes.isEmpty
            guard wasAfterBlank, Self.isSeparator(line.bytes), beginsHeader(at: line.next) else { continue }
            let before = start
            start = line.next
            if let before { return bytes.part(before..<line.start) }
        }
        guard let last = start else { return nil }
        start = nil
        return bytes.from(last)
    }

    private static func isSeparator(_ line: UnsafeRawBufferPointer) -> Bool {
        line.count > 5 && line[0] == UInt8(ascii: "F") && line.hasKeyword("From ") && line.count < 1_000
    }

    private func beginsHeader(at place: Int) -> Bool {
        var following = ByteLines(bytes, from: place)
        guard let line = following.next()?.bytes else { return false }
        return MIMEHeaders.nameEnd(line) != nil || line.hasKeyword(">From ")
    }

    /// `>From ` at the start of a line, with one or more marks.
    static func holdsQuotedFrom(_ bytes: UnsafeRawBufferPointer) -> Bool {
        ByteSearch.first(Array(">From ".utf8), in: bytes) != nil
    }

    /// One mark fewer before `From ` (mboxrd; mboxo writes one at most).
    static func unquoted(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        for line in ByteLines(bytes) {
            let marks = line.bytes.prefix { $0 == UInt8(ascii: ">") }.count
            let isQuoted = marks > 0 && line.bytes.from(marks).starts(with: "From ".utf8)
            out += bytes.part((line.start + (isQuoted ? 1 : 0))..<line.next)
        }
        return out
    }
}
