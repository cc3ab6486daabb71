// SPDX-License-Identifier: Apache-2.0
import DocumentTree
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
    private let hasDatesFrom1904: Bool

    static func blocks(_ root: XMLElement) -> [Block] {
        var chart = OOXMLChart(root)
        var series: [XMLElement] = []
        let plot = root.descendant(.c_plotArea) ?? root
        plot.descendants(.c_ser) { if series.count < mostSeries { series.append($0) } }
        chart.read(series)
        var out: [Block] = []
        let title = title(of: root, series)
        if !title.isEmpty { out.append(.paragraph([.text(title)])) }
        let axes = axes(plot)
        if !axes.value.isEmpty { out.append(.paragraph([.emphasis([.text(axes.value)])])) }
        return out + chart.table(corner: axes.category)
    }

    private static let mostSeries = 256
    private static let mostRows = 10_000

    private init(_ root: XMLElement) {
        hasDatesFrom1904 = root.first(.c_date1904).map { $0.attribute(.n_val) != "0" && $0.attribute(.n_val) != "false" } ?? false
    }

    /// A title without text of its own is the name of the only series (21.2.2.210).
    private static func title(of root: XMLElement, _ series: [XMLElement]) -> String {
        guard let title = root.descendant(.c_chart)?.first(.c_title) else { return "" }
        let text = lines(title)
        return text.isEmpty && series.count == 1 ? name(series[0]) : text
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
    private func levels(_ axis: XMLElement) -> [Column] {
        var found: [Column] = []
        axis.descendants(.c_lvl) { if found.count < 16 { found.append(Column(head: "", points: points($0))) } }
        guard !found.isEmpty else { return [Column(head: "", points: points(axis))] }
        return found.reversed()
    }

    private func points(_ element: XMLElement) -> Points {
        var found: Points = [:]
        let usual = element.descendant(.c_formatCode)?.text ?? ""
        element.descendants(.c_pt) { point in
            guard let at = point.attribute(.n_idx).flatMap({ Int($0) }), found.count < Self.mostRows else { return }
            let code = point.attribute(.n_formatCode) ?? usual
            found[at] = OOXMLChartNumber.text(point.firstOrEmpty(.c_v).text.trimmed, code, hasDatesFrom1904: hasDatesFrom1904)
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

/// Numbers of a chart's cache, as near to what is shown as percent and date formats make a difference (18.8.31).
enum OOXMLChartNumber {
    static func text(_ text: String, _ code: String, hasDatesFrom1904: Bool) -> String {
        guard !code.isEmpty, code != "General", let value = Double(text), value.isFinite else { return shortened(text) }
        let format = plain(code)
        if format.contains("%") { return percent(value, format) }
        if format.contains("y") || format.contains("d") && format.contains("m"), let date = date(value, format, hasDatesFrom1904) { return date }
        return shortened(text)
    }

    /// The first section without colours, conditions and quoted text.
    private static func plain(_ code: String) -> String {
        var out = "", isQuoted = false, isBracketed = false
        for character in code.lowercased() {
            switch character {
            case "\"": isQuoted.toggle()
            case "[" where !isQuoted: isBracketed = true
            case "]" where isBracketed: isBracketed = false
            case ";" where !isQuoted && !isBracketed: return out
            default: if !isQuoted, !isBracketed { out.append(character) }
            }
        }
        return out
    }

    private static func percent(_ value: Double, _ format: String) -> String {
        let places = min(format.drop { $0 != "." }.count { $0 == "0" }, 10)
        guard value.magnitude < 1e7 else { return "\(value * 100)%" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((value.magnitude * 100 * scale).rounded())
        let digits = String(scaled)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let whole = padded.dropLast(places), rest = padded.suffix(places)
        return (value < 0 && scaled > 0 ? "-" : "") + whole + (places > 0 ? "." + rest : "") + "%"
    }

    /// A day by its number, as ISO 8601; only the year where only that is shown.
    private static func date(_ value: Double, _ format: String, _ hasDatesFrom1904: Bool) -> String? {
        guard value >= 0, value < 2_958_466 else { return nil }
        // Days from 1970-01-01 to the civil calendar (H. Hinnant, chrono-compatible low-level date algorithms).
        let days = Int(value) - (hasDatesFrom1904 ? 24_107 : 25_569) + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard format.contains("m") else { return "\(year)" }
        return format.contains("d") ? "\(year)-\(two(month))-\(two(day))" : "\(year)-\(two(month))"
    }

    /// `4.4000000000000004` is 4.4: caches hold 17 digits, people typed 15.
    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > 16, text.contains("."), let value = Double(text), value.magnitude < 1e9 else { return text }
        let rounded = (value * 1e10).rounded() / 1e10
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
}
