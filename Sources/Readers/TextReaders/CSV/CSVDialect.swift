// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// How a delimited text is written: what separates its fields, and where its rows begin.
///
/// A `sep=` line decides. Otherwise each candidate splits the first rows, quotes respected, and the one whose rows agree
/// best on their number of fields wins; a text that none splits evenly has one column. Colons and spaces need stronger
/// proof than the others, for times and sentences have them too.
struct CSVDialect {
    /// Nil for a single column.
    private(set) var delimiter: UInt8?
    /// Bytes before the first row.
    private(set) var skipped = 0

    static let sampleRows = 100
    static let sampleBytes = 1 << 18

    init(sample: UnsafeBufferPointer<UInt8>, prefersTab: Bool) {
        if let declared = Self.declared(sample) {
            delimiter = declared.delimiter
            skipped = declared.length
            return
        }
        var best: (score: Double, delimiter: UInt8)?
        for candidate in Self.candidates {
            let score = Self.score(candidate, in: sample) + (prefersTab && candidate == 0x09 ? 0.3 : 0)
            if score > 0.68, score > (best?.score ?? 0) + 0.02 { best = (score, candidate) }
        }
        delimiter = best?.delimiter
    }

    /// The likelier first: where two split equally well, it wins.
    private static let candidates: [UInt8] = [0x09, 0x3B, 0x7C, 0x2C, 0x3A, 0x20]

    /// The share of rows that have the commonest number of fields, when that is more than one.
    private static func score(_ delimiter: UInt8, in sample: UnsafeBufferPointer<UInt8>) -> Double {
        guard sample.contains(delimiter) else { return 0 }
        var widths = CSVWidths(most: sampleRows)
        var tokenizer = CSVTokenizer(delimiter: delimiter)
        do throws(SinkError) {
            try tokenizer.feed(sample, to: &widths)
            // A row cut off by the sample's end says nothing, unless it is the only one.
            if widths.rows == 0 || sample.count < sampleBytes { try tokenizer.finish(to: &widths) }
        } catch {
            // The rows asked for were seen.
        }
        let common = widths.commonest
        guard widths.rows > 0, common.width > 1 else {
            // Rows of many different widths are still rows when nearly all of them are split.
            return widths.rows > 2 && widths.split * 10 >= widths.rows * 9 ? 0.69 : 0
        }
        let share = Double(common.rows) / Double(widths.rows)
        switch delimiter {
        case 0x3A: return common.width >= 4 && share == 1 && widths.rows > 1 ? 0.9 : 0
        case 0x20: return common.width >= 3 && share == 1 && widths.rows > 2 && widths.numbers * 2 > widths.fields ? 0.9 : 0
        default:
            let isSplit = Double(widths.split) / Double(widths.rows)
            return widths.rows == 1 ? 1 : max(share, isSplit >= 0.9 ? 0.69 : 0)
        }
    }

    private static func declared(_ sample: UnsafeBufferPointer<UInt8>) -> (delimiter: UInt8, length: Int)? {
        let line = sample.prefix { $0 != 0x0A && $0 != 0x0D }
        let mark: StaticString = "sep="
        guard line.count == 5 || (line.count == 7 && line.first == 0x22) else { return nil }
        let quoted = line.count == 7 ? 1 : 0
        for index in 0..<4 where line[quoted + index] | 0x20 != mark.utf8Start[index] | 0x20 { return nil }
        var length = line.count
        if length < sample.count, sample[length] == 0x0D { length += 1 }
        if length < sample.count, sample[length] == 0x0A { length += 1 }
        return (line[quoted + 4], length)
    }
}

/// Counts the fields of each row.
struct CSVWidths: CSVConsumer {
    private(set) var rows = 0
    /// Rows of more than one field; fields, and those that are numbers.
    private(set) var split = 0
    private(set) var fields = 0
    private(set) var numbers = 0
    private(set) var widest = 0
    private var counts: [Int: Int] = [:]
    private var width = 0
    private var isBlank = true
    private let most: Int

    init(most: Int = .max) { self.most = most }

    var commonest: (width: Int, rows: Int) {
        counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) } ?? (0, 0)
    }

    mutating func field(_ bytes: UnsafeBufferPointer<UInt8>) {
        width += 1
        if !bytes.isEmpty { isBlank = false }
        if most != .max {
            fields += 1
            if CSVHeading.isNumber(bytes) { numbers += 1 }
        }
    }

    mutating func endRow() throws(SinkError) {
        defer {
            width = 0
            isBlank = true
        }
        guard !isBlank else { return }
        rows += 1
        if width > 1 { split += 1 }
        widest = max(widest, width)
        if counts.count < 1_000 || counts[width] != nil { counts[width, default: 0] += 1 }
        if rows >= most { throw SinkError("enough rows") }
    }

    mutating func strayQuote() {}
    mutating func fieldCut() {}
}
