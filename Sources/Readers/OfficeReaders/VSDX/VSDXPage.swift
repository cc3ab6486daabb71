// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// The shapes of one page with text in them, and the connectors between them ([MS-VSDX] 2.2.5).
struct VSDXPage {
    private(set) var blocks: [Block] = []
    /// The text of each shape, those of groups the first within.
    private var texts: [String: [Inline]] = [:]
    private static let deepest = 64
    private static let emuPerInch = 914_400.0

    /// A shape that stands by itself, with what is grouped in it.
    private struct Figure {
        var frame: ReadingFrame
        var parts: [(id: String, text: [Inline])] = []
    }

    init(_ root: XMLElement) {
        var figures: [Figure] = []
        var connections: [(id: String, begin: String, end: String)] = []
        for child in root.children {
            if child.visio == .Shapes {
                for shape in child.children where shape.visio == .Shape {
                    var figure = Figure(frame: Self.frame(shape))
                    gather(shape, into: &figure.parts, depth: 0)
                    if !figure.parts.isEmpty { figures.append(figure) }
                }
            } else if child.visio == .Connects {
                connections = Self.connections(child)
            }
        }
        // What a connector says is said with it.
        connections = connections.filter { texts[$0.begin] != nil && texts[$0.end] != nil }
        let labels = Set(connections.map(\.id))
        for place in ReadingOrder.places(figures.map(\.frame)) {
            for part in figures[place].parts where !labels.contains(part.id) { blocks.append(.paragraph(part.text)) }
        }
        let items = connections.compactMap { item($0.id, from: $0.begin, to: $0.end) }
        if !items.isEmpty { blocks.append(.list(List(.bullet, items: items))) }
    }

    private mutating func gather(_ shape: XMLElement, into parts: inout [(id: String, text: [Inline])], depth: Int) {
        let id = shape.value(of: .n_ID) ?? ""
        let start = parts.count
        for child in shape.children {
            if child.visio == .Text {
                let text = Self.lines(child.text)
                if !text.isEmpty { parts.append((id, text)) }
            } else if child.visio == .Shapes, depth < Self.deepest {
                for inner in child.children where inner.visio == .Shape { gather(inner, into: &parts, depth: depth + 1) }
            }
        }
        if start < parts.count { texts[id] = parts[start].text }
    }

    private static func lines(_ text: String) -> [Inline] {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
        return Array(lines.map { [Inline.text($0)] }.joined(separator: [.lineBreak]))
    }

    /// Around the pin, from the top: Visio counts inches upwards.
    private static func frame(_ shape: XMLElement) -> ReadingFrame {
        var values: [String: Double] = [:]
        for cell in shape.children where cell.visio == .Cell {
            guard let name = cell.value(of: .n_N), ["PinX", "PinY", "Width", "Height"].contains(name), let value = cell.value(of: .n_V).flatMap(Double.init), value.isFinite else { continue }
            values[name] = value * emuPerInch
        }
        let width = abs(values["Width"] ?? 0)
        let height = abs(values["Height"] ?? 0)
        return ReadingFrame(x: (values["PinX"] ?? 0) - width / 2, y: -(values["PinY"] ?? 0) - height / 2, width: width, height: height)
    }

    /// Connectors both of whose ends are glued to shapes, in the order in which they are first named.
    private static func connections(_ element: XMLElement) -> [(id: String, begin: String, end: String)] {
        var order: [String] = []
        var ends: [String: (begin: String?, end: String?)] = [:]
        for connect in element.children where connect.visio == .Connect {
            guard let id = connect.value(of: .n_FromSheet), let shape = connect.value(of: .n_ToSheet), let cell = connect.value(of: .n_FromCell) else { continue }
            if ends[id] == nil { order.append(id) }
            if cell == "BeginX" { ends[id, default: (nil, nil)].begin = shape } else if cell == "EndX" { ends[id, default: (nil, nil)].end = shape }
        }
        return order.compactMap { id in
            guard let begin = ends[id]?.begin, let end = ends[id]?.end else { return nil }
            return (id, begin, end)
        }
    }

    /// `from → to: label`.
    private func item(_ id: String, from begin: String, to end: String) -> ListItem? {
        guard let first = texts[begin], let last = texts[end] else { return nil }
        func line(_ text: [Inline]) -> [Inline] { text.map { if case .lineBreak = $0 { .text(" ") } else { $0 } } }
        let label = texts[id].map { [.text(": ")] + line($0) } ?? []
        return ListItem([.paragraph(line(first) + [.text(" → ")] + line(last) + label)])
    }
}
