// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// Floating shapes: where they are anchored ([MS-DOC] 2.8.37), their texts (2.8.32), and their pictures ([MS-ODRAW]).
struct DOCDrawings {
    /// Shapes by the place of their anchors.
    private var anchors: [Int: Int] = [:]
    /// Stretches of the text boxes' story by shape.
    private var texts: [Int: (start: Int, end: Int)] = [:]
    private var order: [Int] = []
    private var shapes: [Int: Shape] = [:]
    /// Texts, and shapes with pictures, that were given out.
    private var used: Set<Int> = []
    private var shown: Set<Int> = []
    private var store: [OfficeArtRecord] = []
    private unowned let file: DOCFile

    private struct Shape {
        /// Shapes of the group it stands for, itself included.
        var members: [Int] = []
        var options = OfficeArtOptions(nil)
    }

    init(_ file: DOCFile) {
        self.file = file
        let places = DOCPlex(file.header.part(.anchors, in: file.table), size: 26)
        for index in 0..<places.count { anchors[places.position(index)] = places.record(index).long(0) }
        let story = file.header.start(of: .boxes)
        let boxes = DOCPlex(file.header.part(.boxes, in: file.table), size: 22)
        // The last one is no box (2.8.32).
        for index in 0..<max(0, boxes.count - 1) {
            guard let shape = boxes.record(index).long(14), texts[shape] == nil else { continue }
            texts[shape] = (story + boxes.position(index), story + boxes.position(index + 1))
            order.append(shape)
        }
        readDrawings(file.header.part(.drawings, in: file.table))
    }

    private mutating func readDrawings(_ bytes: LittleEndianBytes) {
        guard let group = OfficeArtRecord(bytes, at: 0), group.type == OfficeArtType.drawingGroup else { return }
        store = group.first(OfficeArtType.store).map { Array($0.children.prefix(65_536)) } ?? []
        var at = group.start + group.content.count
        // A byte before each drawing says whose it is (2.9.172).
        while let drawing = OfficeArtRecord(bytes, at: at + 1), drawing.type == OfficeArtType.drawing {
            for child in drawing.children where child.type == OfficeArtType.group {
                for member in child.children { shape(member, into: nil, depth: 0) }
            }
            at = drawing.start + drawing.content.count
        }
    }

    private mutating func shape(_ record: OfficeArtRecord, into group: Int?, depth: Int) {
        if record.type == OfficeArtType.group, depth < 32 {
            // The first shape of a group stands for the group.
            var top = group
            for child in record.children {
                if top == nil, let id = child.first(OfficeArtType.shapeFacts)?.content.long(0) {
                    top = id
                    shapes[id, default: Shape()].members.append(id)
                } else {
                    shape(child, into: top, depth: depth + 1)
                }
            }
        } else if record.type == OfficeArtType.shape, let id = record.first(OfficeArtType.shapeFacts)?.content.long(0) {
            shapes[id, default: Shape()].options = OfficeArtOptions(record.first(OfficeArtType.options))
            shapes[group ?? id, default: Shape()].members.append(id)
        }
    }

    func shape(at place: Int) -> Int? { anchors[place] }

    /// The stretches of text in a shape or in the shapes of a group.
    mutating func boxes(of shape: Int) -> [(start: Int, end: Int)] {
        var members = shapes[shape]?.members ?? []
        if members.isEmpty { members = [shape] }
        return members.compactMap { member in
            guard let text = texts[member], used.insert(member).inserted else { return nil }
            return text
        }
    }

    /// Texts whose anchor was never met.
    mutating func rest() -> [(start: Int, end: Int)] {
        order.compactMap { shape in used.insert(shape).inserted ? texts[shape] : nil }
    }

    mutating func pictures(of shape: Int) -> [Image] {
        let shapes = shapes
        guard shown.insert(shape).inserted else { return [] }
        return (shapes[shape]?.members ?? []).compactMap { member in
            guard let options = shapes[member]?.options, let number = options[OfficeArtOptions.picture] else { return nil }
            return image(number, options.alternative)
        }
    }

    private func image(_ number: Int, _ alternative: String) -> Image? {
        guard number > 0, number <= store.count else { return nil }
        let entry = store[number - 1]
        var blip: OfficeArtRecord? = entry
        if entry.type == OfficeArtType.storeEntry {
            blip = OfficeArtPicture.embedded(entry) ?? OfficeArtPicture.offset(entry).flatMap { OfficeArtRecord(file.word, at: $0) }
        }
        return file.image(blip.flatMap { OfficeArtPicture($0) }, from: -number, alternative: alternative)
    }
}

extension DOCFile {
    /// A picture in the line ([MS-DOC] 2.9.192): a head, then the shape and the picture.
    func picture(at place: Int) -> Image? {
        if header.isOld {
            diagnostics.report("picture-unsupported", "a picture is in a format that is left out")
            return nil
        }
        guard let length = data.long(place), let head = data.short(place + 4), let kind = data.short(place + 6) else { return nil }
        let whole = data.clipped(place, length)
        // 0x66: the name of a file the picture was taken from comes first.
        let start = head + (kind == 0x66 ? 1 + (whole.byte(head) ?? 0) : 0)
        let records = OfficeArtRecords(whole.clipped(start, whole.count))
        var options = OfficeArtOptions(nil)
        for record in records.prefix(16) where record.type == OfficeArtType.shape { options = OfficeArtOptions(record.first(OfficeArtType.options)) }
        let (picture, isFound) = OfficeArtPicture.first(in: records)
        guard isFound else { return nil }
        return image(picture, from: place, alternative: options.alternative)
    }

    func image(_ picture: OfficeArtPicture?, from place: Int, alternative: String) -> Image? {
        guard let picture else {
            diagnostics.report("picture-unsupported", "a picture is in a format that is left out")
            return alternative.isEmpty ? nil : Image(.address(""), alternative: alternative)
        }
        return media.take(picture, from: place, alternative: alternative)
    }
}
