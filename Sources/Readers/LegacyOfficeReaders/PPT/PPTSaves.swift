// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// What the saves of a presentation say, the last one first: where each object lies ([MS-PPT] 2.3.2 to 2.3.6).
struct PPTSaves {
    /// In the order in which they count: the first place of a number holds.
    private(set) var entries: [(id: Int, place: Int)] = []
    private(set) var document: Int?
    /// The object that says how the others are encrypted.
    private(set) var session: Int?
    private static let mostEdits = 10_000
    private static let mostEntries = 1 << 20

    init(_ stream: LittleEndianBytes, currentUser: LittleEndianBytes?) {
        var edit = currentUser?.long(16)
        if edit.flatMap({ OfficeArtRecord(stream, at: $0) })?.type != PPTType.userEdit { edit = Self.lastEdit(stream) }
        var seen: Set<Int> = []
        while let at = edit, seen.count < Self.mostEdits, seen.insert(at).inserted, let record = OfficeArtRecord(stream, at: at), record.type == PPTType.userEdit {
            if session == nil, record.content.count >= 32, let number = record.content.long(28), number != 0 { session = number }
            document = document ?? record.content.long(16)
            if let directory = record.content.long(12) { readDirectory(stream, directory) }
            edit = record.content.long(8).flatMap { $0 == 0 ? nil : $0 }
        }
    }

    private mutating func readDirectory(_ stream: LittleEndianBytes, _ at: Int) {
        guard let record = OfficeArtRecord(stream, at: at), record.type == PPTType.persistDirectory else { return }
        var cursor = PPTCursor(record)
        while let head = cursor.long() {
            for index in 0..<(head >> 20) {
                guard entries.count < Self.mostEntries, let place = cursor.long() else { return }
                entries.append(((head & 0xF_FFFF) + index, place))
            }
        }
    }

    private static func lastEdit(_ stream: LittleEndianBytes) -> Int? {
        OfficeArtRecords(stream).reduce(nil) { last, record in record.type == PPTType.userEdit ? record.start - 8 : last }
    }
}
