// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The text of a Pages document: the body, then what stands in boxes and notes.
enum IWorkText {
    static func document(_ parts: [IWorkArchive]) -> [Block] {
        let storages = (parts.first { $0.name == "Index/Document.iwa" }?.storages ?? []).filter { $0.kind != .header }
        let bodies = storages.filter { $0.kind == .body }
        return (bodies + storages.filter { $0.kind != .body }).flatMap(paragraphs)
    }

    static func paragraphs(_ storage: IWorkStorage) -> [Block] { storage.paragraphs.map { .paragraph(line($0)) } }

    static func line(_ lines: [String]) -> [Inline] { Array(lines.map { [Inline.text($0)] }.joined(separator: [.lineBreak])) }
}
