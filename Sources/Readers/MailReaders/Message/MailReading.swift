// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// One reading of a file of mail: where its messages go, and what they share.
final class MailReading {
    let source: Source
    let limits: ReadLimits
    let sink: any DocumentSink
    var diagnostics: Diagnostics
    private var kept: [UnsafeMutableRawBufferPointer] = []
    private var listing = MemberListing()

    init(_ source: Source, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: Diagnostics) {
        self.source = source
        self.limits = limits
        self.sink = sink
        self.diagnostics = diagnostics
    }

    deinit { for buffer in kept { buffer.deallocate() } }

    /// Holds unpacked bytes for as long as parts of messages may point into them.
    func keep(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        buffer.copyBytes(from: bytes)
        kept.append(buffer)
        return UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count])
    }

    /// How a message stands in the document.
    enum Layout {
        /// The document is this message: facts and content have headings of their own.
        case whole
        /// One of several, or within another one: a heading of this level, facts and content right below.
        case within(level: Int)
    }

    /// Sends one message: subject, facts, content, then what is attached to it. `depth` counts the messages around it.
    func send(_ message: MailMessage, _ layout: Layout, depth: Int) throws(ReadError) {
        var level = 1
        do throws(SinkError) {
            switch layout {
            case .whole:
                let title = Label.emailMessage.text(in: limits.labels)
                if !message.subject.isEmpty { try sink.append(.heading(level: 1, [.text(message.subject)])) }
                try sink.append(.heading(level: message.subject.isEmpty ? 1 : 2, [.text(title)]))
                try facts(message, withSubject: true)
                if !message.body.blocks.isEmpty { try sink.append(.heading(level: 2, [.text(Label.content.text(in: limits.labels))])) }
                level = 2
            case .within(let outer):
                level = outer
                try sink.append(.heading(level: level, [.text(message.subject.isEmpty ? Label.noSubject.text(in: limits.labels) : message.subject)]))
                try facts(message, withSubject: false)
            }
            let body = MemberSink(sink, .within(level: level), names: source.members.names)
            try body.send(message.body)
        } catch { throw .sink(error) }
        if case .within = layout { level += 1 }
        for attachment in message.attachments { try send(attachment, level: level, depth: depth) }
    }

    private func facts(_ message: MailMessage, withSubject: Bool) throws(SinkError) {
        var lines = message.facts.map { ($0.label.text(in: limits.labels), $0.text) }
        if withSubject, !message.subject.isEmpty { lines.append((Label.subject.text(in: limits.labels), message.subject)) }
        if !message.attachments.isEmpty { lines.append((Label.attachments.text(in: limits.labels), message.attachments.map(\.description).joined(separator: "; "))) }
        var inlines: [Inline] = []
        for (label, text) in lines {
            if !inlines.isEmpty { inlines.append(.lineBreak) }
            inlines += [.strong([.text("\(label):")]), .text(" \(text)")]
        }
        if !inlines.isEmpty { try sink.append(.paragraph(inlines)) }
    }

    private func send(_ attachment: MailAttachment, level: Int, depth: Int) throws(ReadError) {
        switch attachment.content {
        case .message(let read):
            guard depth < limits.depth else {
                diagnostics.report("members-too-deep", "messages are nested more than \(limits.depth) deep; the innermost were left")
                listing.add(attachment.name, bytes: attachment.size, reason: "it is nested too deeply")
                return
            }
            let isPart = try begin(part: attachment.name)
            try read(self, isPart ? 1 : level, depth + 1)
            if isPart { try endPart() }
        case .file(let contents):
            let bytes = contents()
            var result = Result<MemberOutcome, SinkError>.success(.read)
            bytes.withUnsafeBytes { bytes in
                let member = Member(name: attachment.name, mediaType: attachment.mediaType, bytes: bytes)
                result = Result { () throws(SinkError) in
                    try source.members.read(member, .headed(level: level), into: sink, diagnostics: &diagnostics)
                }
            }
            switch result {
            case .success(.read): break
            case .success(.left(let error)): listing.add(attachment.name, bytes: bytes.count, reason: error.reason)
            case .failure(let error): throw .sink(error)
            }
        }
    }

    /// Begins a part of the document, which may become an output of its own; whether it does.
    func begin(part name: String) throws(ReadError) -> Bool {
        do throws(SinkError) { return try sink.beginPart(DocumentPart(.member, name)) } catch { throw .sink(error) }
    }

    func endPart() throws(ReadError) {
        do throws(SinkError) { try sink.endPart() } catch { throw .sink(error) }
    }

    /// Lists the attachments that could not be read.
    func list(level: Int) throws(ReadError) {
        do throws(SinkError) { try listing.send(under: .attachmentsLeft, in: limits.labels, level: level, to: sink) } catch { throw .sink(error) }
    }
}
