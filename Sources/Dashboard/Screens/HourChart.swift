// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// The last hour: a bar a minute for documents, a line for bytes. Drawn twice, since a phone shows it at half the width.
struct HourChart {
    /// Oldest first; the last one is the minute that runs.
    private let minutes: [RatePoint]
    /// `07:10`, of the minute that runs.
    private let now: String

    init(points: [RatePoint]) {
        minutes = Array(points.suffix(60))
        now = points.last.map { String(Words.clock($0.time).prefix(5)) } ?? ""
    }

    var markup: Markup {
        let done = minutes.reduce(0) { $0 + $1.done }
        let failed = minutes.reduce(0) { $0 + $1.failed }
        let bytes = minutes.reduce(0) { $0 &+ $1.bytes }
        let busiest = minutes.map { $0.done + $0.failed }.max() ?? 0
        let said = "In the last hour \(Quantity.count(done, "document was", "documents were")) converted (\(Quantity.bytes(bytes))) and \(Quantity.count(failed)) failed; at most \(Quantity.count(busiest)) in one minute."
        return #"""
            <figure class="chart wide" role="img" aria-label="\#(said)">\#(drawing(width: 900, height: 210))</figure>
            <figure class="chart narrow" aria-hidden="true">\#(drawing(width: 380, height: 190))</figure>
            """#
    }

    /// The same without its scales, as one line of a route's panel.
    var spark: Markup {
        let most = Double(max(1, minutes.map { $0.done + $0.failed }.max() ?? 0))
        let bars: [Markup] = minutes.enumerated().compactMap { index, minute in
            guard minute.done + minute.failed > 0 else { return nil }
            let all = max(1, Double(minute.done + minute.failed) / most * 28), failed = Double(minute.failed) / most * 28
            return #"<rect class="done" x="\#(index * 10 + 1)" y="\#(tenths(28 - all))" width="8" height="\#(tenths(all))"/><rect class="failed" x="\#(index * 10 + 1)" y="\#(tenths(28 - failed))" width="8" height="\#(tenths(failed))"/>"#
        }
        return #"<figure class="chart spark" aria-hidden="true"><svg viewBox="0 0 600 28" preserveAspectRatio="none">\#(bars)<line class="base" x1="0" x2="600" y1="27.5" y2="27.5"/></svg></figure>"#
    }

    static let legend: Markup = #"""
        <ul class="legend"><li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="done" width="12" height="12" rx="3"/></svg>converted</li>
        <li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="failed" width="12" height="12" rx="3"/></svg>failed</li>
        <li><svg viewBox="0 0 12 12" aria-hidden="true"><path class="bytes" d="M0 9 4 4 8 7 12 2" fill="none"/></svg>bytes</li></ul>
        """#

    private func drawing(width: Int, height: Int) -> Markup {
        let left = 34, right = 50, top = 10, bottom = 24
        let plot = (width: width - left - right, height: height - top - bottom)
        let base = top + plot.height
        let most = Self.round(minutes.map { $0.done + $0.failed }.max() ?? 0)
        let mostBytes = max(1, minutes.map(\.bytes).max() ?? 0)
        let step = Double(plot.width) / Double(max(1, minutes.count))
        func y(_ value: Int) -> Double { Double(base) - Double(plot.height) * Double(value) / Double(most) }

        var grid: Markup = ""
        for part in 0...2 {
            let value = most * part / 2
            let line = tenths(y(value))
            grid += #"<line class="\#(part == 0 ? "base" : "grid")" x1="\#(left)" x2="\#(left + plot.width)" y1="\#(line)" y2="\#(line)"/><text x="\#(left - 8)" y="\#(tenths(y(value) + 4))" text-anchor="end">\#(Quantity.count(value))</text>"#
        }
        if minutes.contains(where: { $0.bytes > 0 }) {
            grid += #"<text x="\#(left + plot.width + 8)" y="\#(top + 4)">\#(Quantity.bytes(mostBytes))</text>"#
        }
        for ago in stride(from: 60, through: 0, by: -15) {
            let x = Double(left) + Double(plot.width) * Double(60 - ago) / 60
            grid += #"<text x="\#(tenths(x))" y="\#(base + 17)" text-anchor="\#(ago == 60 ? "start" : ago == 0 ? "end" : "middle")">\#(ago == 0 ? now : "-\(ago) min")</text>"#
        }
        var bars: Markup = ""
        var path = ""
        for (index, minute) in minutes.enumerated() {
            let x = Double(left) + step * Double(index)
            let middle = tenths(x + step / 2)
            path += "\(path.isEmpty ? "M" : "L")\(middle) \(tenths(Double(base) - Double(plot.height) * Double(minute.bytes) / Double(mostBytes)))"
            guard minute.done + minute.failed > 0 else { continue }
            let bar = (x: tenths(x + step * 0.14), width: tenths(step * 0.72))
            let top = y(minute.done + minute.failed), line = y(minute.failed)
            let ago = minutes.count - 1 - index
            bars += #"""
                <g><title>\#(ago == 0 ? "this minute" : "\(ago) min ago"): \#(Quantity.count(minute.done)) converted, \#(Quantity.count(minute.failed)) failed, \#(Quantity.bytes(minute.bytes))</title>\#
                <rect class="hit" x="\#(tenths(x))" y="10" width="\#(tenths(step))" height="\#(plot.height)"/>\#
                \#(if: minute.done > 0, #"<rect class="done" x="\#(bar.x)" y="\#(tenths(top))" width="\#(bar.width)" height="\#(tenths(line - top))" rx="1.5"/>"#)\#
                \#(if: minute.failed > 0, #"<rect class="failed" x="\#(bar.x)" y="\#(tenths(line))" width="\#(bar.width)" height="\#(tenths(Double(base) - line))" rx="1.5"/>"#)</g>
                """#
        }
        let line: Markup = minutes.contains { $0.bytes > 0 } ? #"<path class="bytes" d="\#(path)"/>"# : ""
        return #"<svg viewBox="0 0 \#(width) \#(height)">\#(grid)\#(bars)\#(line)</svg>"#
    }

    /// The next of 2, 4, 10, 20, 40, 100 … : the middle line then is a whole number.
    private static func round(_ value: Int) -> Int {
        var unit = 1
        while unit < 1_000_000_000 {
            for step in [2, 4, 6, 10] where step * unit >= value { return step * unit }
            unit *= 10
        }
        return max(2, value)
    }

    private func tenths(_ value: Double) -> String {
        let tenths = Int((min(1e6, max(-1e6, value)) * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
