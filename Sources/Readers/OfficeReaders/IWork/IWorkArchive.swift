// SPDX-License-Identifier: Apache-2.0

/// The objects of one part: each behind a message that says its number, and the kind and length of what follows.
struct IWorkArchive {
    struct Object {
        let id: Int
        let kind: Int
        let bytes: ArraySlice<UInt8>
        var message: ProtobufMessage { ProtobufMessage(bytes) }
    }

    /// Kinds that both programs share, and those of Keynote.
    enum Kind {
        static let storages = [2_001, 2_005]
        static let show = 2, node = 4, slide = 5, note = 15
    }

    let name: String
    private(set) var objects: [Object] = []

    init(name: String, _ bytes: [UInt8]) {
        self.name = name
        var scan = ProtobufScan(bytes[...])
        while let count = scan.varint(), let header = scan.part(Int(clamping: count)) {
            let info = ProtobufMessage(header)
            guard let id = info.number(1) else { return }
            for part in info.parts(2) {
                let entry = ProtobufMessage(part)
                guard let kind = entry.number(1), let length = entry.number(3), let body = scan.part(length) else { return }
                objects.append(Object(id: id, kind: kind, bytes: body))
            }
        }
    }

    /// The texts of the part in the order of its objects.
    var storages: [IWorkStorage] { objects.filter { Kind.storages.contains($0.kind) }.map(IWorkStorage.init) }
}

/// One stretch of text: the body, a text box, a note.
struct IWorkStorage {
    enum Kind: Int { case body, header, footnote, textBox, note, cell, other, contents }

    let id: Int
    let kind: Kind
    /// Paragraphs, each of them lines.
    let paragraphs: [[String]]

    init(_ object: IWorkArchive.Object) {
        id = object.id
        let message = object.message
        kind = message.number(1).flatMap(Kind.init) ?? .textBox
        let text = String(decoding: Array(message.parts(3).joined()), as: UTF8.self)
        paragraphs = text.unicodeScalars.split { $0 == "\n" || $0 == "\r" || $0 == "\u{2029}" || $0.value == 4 || $0.value == 5 || $0.value == 0xC }.map { paragraph in
            paragraph.split { $0 == "\u{2028}" || $0.value == 0xB }.map { line in
                // Objects within the text have a place holder.
                String(String.UnicodeScalarView(line.filter { $0 != "\u{FFFC}" && ($0.value >= 0x20 || $0 == "\t") })).trimmed
            }.filter { !$0.isEmpty }
        }.filter { !$0.isEmpty }
    }
}
