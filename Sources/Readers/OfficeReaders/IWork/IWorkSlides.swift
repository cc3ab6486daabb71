// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// The slides of a Keynote document in the order of the show, each with what stands in its part.
struct IWorkSlides {
    private var slides: [(object: IWorkArchive.Object, part: IWorkArchive)] = []
    var count: Int { slides.count }
    private static let deepest = 32

    init(_ parts: [IWorkArchive]) {
        var found: [Int: (object: IWorkArchive.Object, part: IWorkArchive)] = [:]
        var nodes: [Int: ProtobufMessage] = [:]
        var show: ProtobufMessage?
        for part in parts {
            for object in part.objects {
                switch object.kind {
                case IWorkArchive.Kind.show: show = object.message
                case IWorkArchive.Kind.node: nodes[object.id] = object.message
                case IWorkArchive.Kind.slide: found[object.id] = (object, part)
                default: break
                }
            }
        }
        guard let tree = show?.message(3) else { return }
        var order: [Int] = []
        var seen: Set<Int> = []
        for root in tree.references(1) + tree.references(2) { Self.visit(root, nodes, &order, &seen, depth: 0) }
        slides = order.compactMap { found[$0] }
    }

    /// A node's slide, then those of the nodes below it.
    private static func visit(_ id: Int, _ nodes: [Int: ProtobufMessage], _ order: inout [Int], _ seen: inout Set<Int>, depth: Int) {
        guard depth < deepest, seen.insert(id).inserted, let node = nodes[id] else { return }
        order += node.references(2).prefix(1)
        for child in node.references(1) { visit(child, nodes, &order, &seen, depth: depth + 1) }
    }

    func blocks(_ language: LabelLanguage) -> [Block] {
        var blocks: [Block] = []
        for (place, slide) in slides.enumerated() {
            if place > 0 { blocks.append(.pageBreak(page: place + 1)) }
            blocks += Self.blocks(slide.object.message, slide.part, language)
        }
        return blocks
    }

    private static func blocks(_ slide: ProtobufMessage, _ part: IWorkArchive, _ language: LabelLanguage) -> [Block] {
        let storages = part.storages
        let ids = Set(storages.map(\.id))
        let objects = Dictionary(part.objects.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        func texts(_ field: Int) -> [Int] { slide.references(field).prefix(4).compactMap { objects[$0].flatMap { storage(in: $0.bytes, ids, depth: 0) } } }
        let titles = Set(texts(5)), bodies = Set(texts(6)), notes = Set(texts(27))
        var blocks: [Block] = []
        for storage in storages where titles.contains(storage.id) {
            if !storage.paragraphs.isEmpty { blocks.append(.heading(level: 1, IWorkText.line(storage.paragraphs.flatMap { $0 }))) }
        }
        for storage in storages where bodies.contains(storage.id) {
            let items = storage.paragraphs.map { ListItem([.paragraph(IWorkText.line($0))]) }
            if !items.isEmpty { blocks.append(.list(List(.bullet, items: items))) }
        }
        for storage in storages where !titles.contains(storage.id) && !bodies.contains(storage.id) && !notes.contains(storage.id) { blocks += IWorkText.paragraphs(storage) }
        let said = storages.filter { notes.contains($0.id) }.flatMap(\.paragraphs)
        if let first = said.first {
            let label = Inline.strong([.text(Label.notes.text(in: language) + ":")])
            blocks.append(.quote([.paragraph([label, .text(" ")] + IWorkText.line(first))] + said.dropFirst().map { .paragraph(IWorkText.line($0)) }))
        }
        return blocks
    }

    /// The text that an object refers to, itself or in a message within it.
    private static func storage(in bytes: ArraySlice<UInt8>, _ ids: Set<Int>, depth: Int) -> Int? {
        let message = ProtobufMessage(bytes)
        if let id = message.number(1), ids.contains(id) { return id }
        guard depth < 6 else { return nil }
        for inner in message.all {
            if let id = storage(in: inner, ids, depth: depth + 1) { return id }
        }
        return nil
    }
}
