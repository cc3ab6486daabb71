// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// Where the objects of a presentation are after all its saves.
struct PPTObjects {
    private let stream: LittleEndianBytes
    private var places: [Int: Int] = [:]
    private(set) var document: OfficeArtRecord?

    init(_ stream: LittleEndianBytes, _ saves: PPTSaves) {
        self.stream = stream
        // Entries of a later save count before those of an earlier one.
        for entry in saves.entries where places[entry.id] == nil { places[entry.id] = entry.place }
        document = saves.document.flatMap { self.record($0) }
        if document?.type != PPTType.document { document = loose(PPTType.document).last }
    }

    func record(_ id: Int) -> OfficeArtRecord? { places[id].flatMap { OfficeArtRecord(stream, at: $0) } }

    /// Records of a type at the top of the stream, where no directory leads to them.
    func loose(_ type: Int) -> [OfficeArtRecord] { OfficeArtRecords(stream).filter { $0.type == type } }
}
