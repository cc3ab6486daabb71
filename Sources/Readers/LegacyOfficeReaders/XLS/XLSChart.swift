// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import NumberFormats
import Sheets

/// A chart ([MS-XLS] 2.1.7.20.1): its title, its kind and the data that it shows, as it was last drawn.
struct XLSChart {
    /// Offset behind the chart.
    private(set) var end: Int
    private var title = ""
    private var kind: Label?
    private var series: [String] = []
    /// Values and names of points by series, then by point.
    private var values: [Int: [Int: String]] = [:]
    private var names: [Int: [Int: String]] = [:]

    private static let mostPoints = 4_000

    init(_ book: XLSBook, from start: Int) {
        end = start
        var text = "", isSeries = false, depth = 0, group = 0
        while let record = XLSRecord(book.stream, at: end), end < book.stream.count {
            end = record.next
            let content = record.content
            switch record.type {
            case XLSType.end: return
            case 0x1033: depth += 1
            case 0x1034:
                depth = max(0, depth - 1)
                if depth < 2 { isSeries = false }
            case XLSType.chartSeries:
                series.append("")
                isSeries = true
            case XLSType.chartText:
                text = book.text(content.clipped(2, content.count), lengthSize: 1)
                if isSeries, series.last?.isEmpty == true { series[series.count - 1] = text }
            case XLSType.chartLink:
                // 1: the text that was just read is the chart's title.
                if content.short(0) == 1, title.isEmpty { title = text }
            case 0x1017...0x101B, 0x1035, 0x103E, 0x103F, 0x1040: kind = kind ?? Self.kind(record)
            case XLSType.chartData: group = content.short(0) ?? 0
            case XLSType.number, XLSType.label:
                guard let point = content.short(0), let column = content.short(2), point < Self.mostPoints, column < 256 else { continue }
                let shown = record.type == XLSType.label
                    ? book.text(content.clipped(6, content.count), lengthSize: 2) : content.double(6).map { GeneralNumber.text($0) } ?? ""
                if group == 1 { values[column, default: [:]][point] = shown } else if group == 2 { names[column, default: [:]][point] = shown }
            default: continue
            }
        }
    }

    /// Where a chart within a sheet ends.
    static func skip(_ stream: LittleEndianBytes, from start: Int) -> Int {
        var at = start
        while let record = XLSRecord(stream, at: at) {
            at = record.next
            if record.type == XLSType.end { break }
        }
        return at
    }

    private static func kind(_ record: XLSRecord) -> Label? {
        switch record.type {
        case 0x1017: .barChart
        case 0x1018: .lineChart
        case 0x1019: record.content.short(2) ?? 0 > 0 ? .doughnutChart : .pieChart
        case 0x101A: .areaChart
        case 0x101B: .scatterChart
        case 0x1035: .pieChart
        case 0x103E, 0x1040: .radarChart
        case 0x103F: .surfaceChart
        default: nil
        }
    }

    func blocks(_ language: LabelLanguage) -> [Block] {
        var out: [Block] = []
        if !title.isEmpty { out.append(.paragraph([.text(title)])) }
        let columns = values.keys.sorted()
        guard let first = columns.first else { return out }
        // A table of mostly nothing is no table.
        let points = min((values.values.flatMap(\.keys).max() ?? -1) + 1, max(100, 16 * values.values.reduce(0) { $0 + $1.count } / columns.count))
        guard points > 0 else { return out }
        if let kind { out.append(.paragraph([.text(kind.text(in: language))])) }
        let labels = names[first] ?? names.values.first ?? [:]
        let head = Row([Cell(text: "")] + columns.map { Cell(text: series.indices.contains($0) ? series[$0] : "") })
        let rows = (0..<points).map { point in
            Row([Cell(text: labels[point] ?? "")] + columns.map { Cell(text: values[$0]?[point] ?? "") })
        }
        out.append(.table(Table(head: TableHead(rows: [head]), rows: rows)))
        return out
    }
}
