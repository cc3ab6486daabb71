// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import NumberFormats
import XMLTree

/// A chart part (ECMA-376 part 1, 21.2) as its title and the table of its cached values: a row a category, a column a series.
struct OOXMLChart {
    private typealias Points = [Int: String]

    private struct Column {
        var head: String
        var points: Points
    }

    private var columns: [Column] = []
    private var categories: [Column] = []
    private var numbers: OOXMLChartNumbers

    static func blocks(_ root: XMLElement) -> [Block] {
        var chart = OOXMLChart(root)
        var series: [XMLElement] = []
        let plot = root.descendant(.c_plotArea) ?? root
        plot.descendants(.c_ser) { if series.count < mostSeries { series.append($0) } }
        chart.read(series)
        var out: [Block] = []
        // A title without text repeats the name of the only series, which the table has.
        let title = lines(root.descendant(.c_chart)?.firstOrEmpty(.c_title) ?? .null)
        if !title.isEmpty { out.append(.paragraph([.text(title)])) }
        let axes = axes(plot)
        let table = chart.table(corner: axes.category)
        // Without a table, which programs that compute nothing leave out, there is no corner for the categories' title.
        let named = table.isEmpty && !axes.category.isEmpty ? [axes.category, axes.value].filter { !$0.isEmpty }.joined(separator: " / ") : axes.value
        if !named.isEmpty { out.append(.paragraph([.emphasis([.text(named)])])) }
        return out + table
    }

    private static let mostSeries = 256
    private static let mostRows = 10_000

    private init(_ root: XMLElement) {
        numbers = OOXMLChartNumbers(hasDatesFrom1904: root.first(.c_date1904).map { $0.attribute(.n_val) != "0" && $0.attribute(.n_val) != "false" } ?? false)
    }

    private static func axes(_ plot: XMLElement) -> (category: String, value: String) {
        var category: String?
        var values: [String] = []
        for axis in plot.children {
            switch axis.known {
            case .c_catAx, .c_dateAx: category = category ?? lines(axis.firstOrEmpty(.c_title))
            case .c_valAx: values.append(lines(axis.firstOrEmpty(.c_title)))
            default: continue
            }
        }
        // Of a scatter's two value axes the first one is the horizontal one.
        if category == nil, !values.isEmpty { category = values.removeFirst() }
        return (category ?? "", values.filter { !$0.isEmpty }.joined(separator: " / "))
    }

    private static func lines(_ title: XMLElement) -> String {
        var found: [String] = []
        title.descendants(.a_p) { found.append($0.text) }
        if found.isEmpty, let cached = title.descendant(.c_v) { found.append(cached.text) }
        return found.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func name(_ series: XMLElement) -> String { series.first(.c_tx)?.descendant(.c_v)?.text.trimmed ?? "" }

    private mutating func read(_ series: [XMLElement]) {
        var horizontal: [Points] = []
        for one in series {
            if categories.isEmpty, let axis = one.first(.c_cat) { categories = levels(axis) }
            horizontal.append(one.first(.c_xVal).map { points($0) } ?? [:])
        }
        let isShared = Set(horizontal).count <= 1
        if categories.isEmpty, isShared, let first = horizontal.first, !first.isEmpty { categories = [Column(head: "", points: first)] }
        for (place, one) in series.enumerated() {
            let name = Self.name(one)
            if !isShared { columns.append(Column(head: name.isEmpty ? "x" : name + " x", points: horizontal[place])) }
            if let values = one.first(.c_val) ?? one.first(.c_yVal) { columns.append(Column(head: name, points: points(values))) }
            if let sizes = one.first(.c_bubbleSize) { columns.append(Column(head: name.isEmpty ? "size" : name + " size", points: points(sizes))) }
        }
    }

    /// Categories in several levels stand innermost first, an outer one only where it begins (21.2.2.102).
    private mutating func levels(_ axis: XMLElement) -> [Column] {
        var found: [Column] = []
        axis.descendants(.c_lvl) { if found.count < 16 { found.append(Column(head: "", points: points($0))) } }
        guard !found.isEmpty else { return [Column(head: "", points: points(axis))] }
        return found.reversed()
    }

    private mutating func points(_ element: XMLElement) -> Points {
        var found: Points = [:]
        let usual = element.descendant(.c_formatCode)?.text ?? ""
        element.descendants(.c_pt) { point in
            guard let at = point.attribute(.n_idx).flatMap({ Int($0) }), found.count < Self.mostRows else { return }
            let code = point.attribute(.n_formatCode) ?? usual
            found[at] = numbers.text(point.firstOrEmpty(.c_v).text.trimmed, code)
        }
        return found
    }

    private func table(corner: String) -> [Block] {
        let rows = Set((categories + columns).flatMap(\.points.keys)).sorted().prefix(Self.mostRows)
        guard !rows.isEmpty, !columns.isEmpty else { return [] }
        var heads = categories.map(\.head)
        if let last = heads.indices.last { heads[last] = corner }
        let inner = categories.last
        var current = categories.dropLast().map { _ in "" }
        let body = rows.map { at in
            for level in current.indices { current[level] = categories[level].points[at] ?? current[level] }
            let labels = current + (inner.map { [$0.points[at] ?? ""] } ?? [])
            return Row((labels + columns.map { $0.points[at] ?? "" }).map { Cell(text: $0) })
        }
        return [.table(Table(head: TableHead(rows: [Row((heads + columns.map(\.head)).map { Cell(text: $0) })]), rows: body))]
    }
}

/// Numbers of a chart's cache: dates and percentages as they are shown, everything else as exact as it is kept.
struct OOXMLChartNumbers {
    private var formats: [String: NumberFormat] = [:]
    private let hasDatesFrom1904: Bool

    init(hasDatesFrom1904: Bool) { self.hasDatesFrom1904 = hasDatesFrom1904 }

    mutating func text(_ text: String, _ code: String) -> String {
        guard !code.isEmpty, code != "General", let value = Double(text) else { return Self.shortened(text) }
        let format = formats[code] ?? NumberFormat(code: code)
        if formats.count < 100 { formats[code] = format }
        return format.isDate || code.utf8.contains(UInt8(ascii: "%")) ? format.text(for: value, date1904: hasDatesFrom1904) : Self.shortened(text)
    }

    /// `4.4000000000000004` is 4.4: caches hold 17 digits, people typed 15.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > 16, text.utf8.contains(UInt8(ascii: ".")), let value = Double(text), value.magnitude < 1e9 else { return text }
        let rounded = (value * 1e10).rounded() / 1e10
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
