// SPDX-License-Identifier: Apache-2.0

/// Row or column numbers, given in rising order, as ranges.
struct IndexRanges {
    private var ranges: [ClosedRange<Int>] = []
    private(set) var count = 0
    /// Ranges that are listed; the rest is only counted.
    private static let most = 20

    var isEmpty: Bool { count == 0 }

    mutating func insert(_ range: ClosedRange<Int>) {
        count += range.count
        if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound...range.upperBound
        } else if ranges.count <= Self.most {
            ranges.append(range)
        }
    }

    /// Leaves out what comes behind a number.
    mutating func cut(beyond last: Int) {
        let kept = ranges
        self = IndexRanges()
        for range in kept where range.lowerBound <= last { insert(range.lowerBound...min(range.upperBound, last)) }
    }

    /// `3, 5–9`
    func text(_ name: (Int) -> String) -> String {
        let listed = ranges.prefix(Self.most).map { range in
            range.count == 1 ? name(range.lowerBound) : name(range.lowerBound) + "–" + name(range.upperBound)
        }
        return listed.joined(separator: ", ") + (ranges.count > Self.most ? " …" : "")
    }
}

/// Columns as sheets name them: A to Z, AA and on.
package enum ColumnName {
    package static func text(_ column: Int) -> String {
        var letters: [UInt8] = []
        var rest = column
        while rest >= 0 {
            letters.append(UInt8(truncatingIfNeeded: 65 + rest % 26))
            rest = rest / 26 - 1
        }
        return String(decoding: letters.reversed(), as: UTF8.self)
    }
}
