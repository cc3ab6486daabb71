// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading
package import DocumentTree

/// Reads a compound file that is the wrapping of one document, as Office keeps objects ([MS-OLEDS]): the document in its place.
package struct OLEReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let compound = try LegacyPackage.open(source, &diagnostics)
        guard let object = OLEObject(compound, compound.root) else {
            if compound.isDamaged { throw .malformed("the compound file is damaged, and what it holds is lost") }
            throw .unsupported("content is an object of a kind that no reader takes")
        }
        var failure: ReadError?
        object.withBytes { name, bytes in
            do throws(ReadError) { try source.members.readWrapped(name, bytes, into: sink, diagnostics: &diagnostics) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

/// The document that a storage of an object holds ([MS-OLEDS] 2.3.4, 2.3.6).
struct OLEObject {
    let bytes: [UInt8]
    private let isPackaged: Bool
    private let name: String

    /// nil when the storage holds no document that has a format of its own.
    init?(_ file: CompoundFile, _ storage: CompoundEntry) {
        func stream(_ name: String) -> [UInt8]? {
            guard let entry = file.entry(named: name, in: storage), entry.kind == .stream else { return nil }
            let bytes = file.contents(of: entry).bytes
            return bytes.isEmpty ? nil : bytes
        }
        for (stream, name) in [("WordDocument", "object.doc"), ("PowerPoint Document", "object.ppt"), ("Workbook", "object.xls"), ("Book", "object.xls")] {
            // The root itself would be read here again and again.
            guard storage.id != file.root.id, file.entry(named: stream, in: storage) != nil, let copy = file.copy(of: storage) else { continue }
            (bytes, self.name, isPackaged) = (copy, name, false)
            return
        }
        for name in ["Package", "EmbeddedOdf", "CONTENTS"] {
            guard let found = stream(name) else { continue }
            (bytes, self.name, isPackaged) = (found, "object", false)
            return
        }
        guard let native = stream("\u{1}Ole10Native"), native.count > 4 else { return nil }
        (bytes, name, isPackaged) = (Array(native.dropFirst(4)), "object", true)
    }

    /// Whether a storage stands for an object that lies in a file of its own ([MS-OLEDS] 2.3.3).
    static func isLinked(_ file: CompoundFile, _ storage: CompoundEntry) -> Bool {
        guard let entry = file.entry(named: "\u{1}Ole", in: storage) else { return false }
        return file.contents(of: entry).bytes.withUnsafeBytes { (LittleEndianBytes($0).long(4) ?? 0) & 1 != 0 }
    }

    /// The document with the name that it had.
    func withBytes(_ take: (String, UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { raw in
            if isPackaged, let file = PackagedFile(raw) { take(file.name, file.bytes) } else { take(name, raw) }
        }
    }

    /// The document by itself.
    var document: [UInt8] {
        var out: [UInt8] = []
        withBytes { _, raw in out = Array(raw) }
        return out
    }

    var documentName: String {
        var out = name
        withBytes { name, _ in out = name }
        return out
    }
}
