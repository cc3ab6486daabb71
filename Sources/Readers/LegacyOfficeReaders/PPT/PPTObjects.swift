// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading

/// Where the objects of a presentation are after all its saves ([MS-PPT] 2.3.2 to 2.3.6).
struct PPTObjects {
    private let stream: LittleEndianBytes
    private var places: [Int: Int] = [:]
    private(set) var document: OfficeArtRecord?
    private static let mostEdits = 10_000

    init(_ stream: LittleEndianBytes, currentUser: LittleEndianBytes?) throws(ReadError) {
        self.stream = stream
        if currentUser?.long(12) == 0xF3D1_C4DF { throw .encrypted("the presentation is protected by a password") }
        var edit = currentUser?.long(16)
        if edit.flatMap({ OfficeArtRecord(stream, at: $0) })?.type != PPTType.userEdit { edit = Self.lastEdit(stream) }
        var documentID: Int?
        var seen: Set<Int> = []
        while let at = edit, seen.count < Self.mostEdits, seen.insert(at).inserted, let record = OfficeArtRecord(stream, at: at), record.type == PPTType.userEdit {
            if record.content.count >= 32, let session = record.content.long(28), session != 0 { throw .encrypted("the presentation is protected by a password") }
            documentID = documentID ?? record.content.long(16)
            if let directory = record.content.long(12) { readDirectory(directory) }
            edit = record.content.long(8).flatMap { $0 == 0 ? nil : $0 }
        }
        document = documentID.flatMap { self.record($0) }
        if document?.type != PPTType.document { document = loose(PPTType.document).last }
    }

    /// Entries of a later save count before those of an earlier one.
    private mutating func readDirectory(_ at: Int) {
        guard let record = OfficeArtRecord(stream, at: at), record.type == PPTType.persistDirectory else { return }
        var cursor = PPTCursor(record)
        while let head = cursor.long() {
            for index in 0..<(head >> 20) {
                guard let place = cursor.long() else { return }
                let id = (head & 0xF_FFFF) + index
                if places[id] == nil { places[id] = place }
            }
        }
    }

    func record(_ id: Int) -> OfficeArtRecord? { places[id].flatMap { OfficeArtRecord(stream, at: $0) } }

    /// Records of a type at the top of the stream, where no directory leads to them.
    func loose(_ type: Int) -> [OfficeArtRecord] { OfficeArtRecords(stream).filter { $0.type == type } }

    private static func lastEdit(_ stream: LittleEndianBytes) -> Int? {
        OfficeArtRecords(stream).reduce(nil) { last, record in record.type == PPTType.userEdit ? record.start - 8 : last }
    }
}
