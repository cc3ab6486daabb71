// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import ZipArchive

/// The objects of a presentation ([MS-PPT] 2.10.34): each a compound file in a record at the top of the stream, packed or not.
enum PPTEmbedded {
    private static let most = 256 << 20

    static func objects(_ objects: PPTObjects, _ members: any MemberReading, _ diagnostics: inout Diagnostics) -> EmbeddedObjects {
        let found = EmbeddedObjects(members)
        for (number, record) in objects.loose(PPTType.objectStorage).prefix(10_000).enumerated() {
            let content = record.content
            // Behind the size when unpacked and the two bytes of zlib's head (RFC 1950).
            let bytes = record.instance == 1
                ? PackedBytes.inflated(content.clipped(6, content.count).raw, most: min(most, PackedBytes.room(for: content.count, ratio: 1_000))) ?? []
                : Array(content.raw)
            // Controls and macros are kept in the same way.
            guard let object = document(bytes) else {
                if isLinked(bytes) { diagnostics.report("object-linked", "a linked object was not followed") }
                continue
            }
            found.add(object.name, at: String(number), loss: "an embedded object was left out") { object.bytes }
        }
        return found
    }

    private static func isLinked(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { raw in
            // What is no compound file is no object.
            guard let file = try? CompoundFile(raw) else { return false }
            return OLEObject.isLinked(file, file.root)
        }
    }

    private static func document(_ bytes: [UInt8]) -> (name: String, bytes: [UInt8])? {
        bytes.withUnsafeBytes { raw in
            // What is no compound file is no object.
            guard let file = try? CompoundFile(raw), file.entry(named: "VBA") == nil else { return nil }
            if let object = OLEObject(file, file.root) { return (object.documentName, object.document) }
            let isDocument = ["WordDocument", "Workbook", "Book", "PowerPoint Document"].contains { file.entry(named: $0) != nil }
            return isDocument ? ("object", Array(raw)) : nil
        }
    }
}
