// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MIME

/// The body of an Outlook message: HTML, HTML within RTF, RTF, or text, the first that has something to show.
struct MAPIBody {
    private let properties: MAPIProperties
    private let resources: MailResources
    private let reading: MailReading

    init(_ properties: MAPIProperties, _ resources: MailResources, _ reading: MailReading) {
        self.properties = properties
        self.resources = resources
        self.reading = reading
    }

    func read() throws(ReadError) -> Document {
        if let html = properties.binary(0x1013) {
            let found = try MailHTML.blocks(html, charset: properties.long(0x3FDE).flatMap(MAPICodePage.label), resources, reading)
            if !found.blocks.isEmpty { return found }
        } else if let html = properties.text(0x1013) {
            let found = try MailHTML.blocks(html, charset: "utf-8", resources, reading)
            if !found.blocks.isEmpty { return found }
        }
        let packed = properties.binary(0x1009)
        let rtf = packed.flatMap(CompressedRTF.unpacked)
        if packed != nil, rtf == nil { reading.diagnostics.report("mail-body-damaged", "the packed RTF of the body cannot be unpacked") }
        if let rtf, let html = EncapsulatedHTML.html(in: rtf) {
            let found = try MailHTML.blocks(html, charset: "utf-8", resources, reading)
            if !found.blocks.isEmpty { return found }
        }
        let plain = self.plain()
        guard let rtf, plain.blocks.isEmpty || !Self.isFromText(rtf) else { return plain }
        let rich = try self.rich(rtf)
        return rich.blocks.isEmpty ? plain : rich
    }

    private func plain() -> Document {
        var document = Document()
        guard let text = properties.text(0x1000) else { return document }
        let clean = text.withUnsafeBytes { TextReading.whole(Source($0), &reading.diagnostics, declared: "utf-8") }
        document.blocks = clean.withUnsafeBufferPointer { MailText(FlowedText.lines($0, isFlowed: false, dropsSpaces: false)).blocks }
        return document
    }

    /// RTF that was made from plain text says so at its beginning ([MS-OXRTFEX] 2.1.3.1); the text is the better source.
    private static func isFromText(_ rtf: [UInt8]) -> Bool {
        rtf.prefix(1_024).withUnsafeBytes { ByteSearch.first(Array("\\fromtext".utf8), in: $0) } != nil
    }

    private func rich(_ rtf: [UInt8]) throws(ReadError) -> Document {
        let builder = DocumentBuilder()
        var losses = Diagnostics()
        var result = Result<MemberOutcome, SinkError>.success(.read)
        rtf.withUnsafeBytes { bytes in
            let member = Member(name: "body.rtf", mediaType: "application/rtf", bytes: bytes)
            result = Result { () throws(SinkError) in try reading.source.members.read(member, .within(level: 0), into: builder, diagnostics: &losses) }
        }
        switch result {
        case .success(.left): return Document()
        case .success(.read):
            for loss in losses.items { reading.diagnostics.add(loss) }
            return builder.document
        case .failure(let error): throw .sink(error)
        }
    }
}
