// SPDX-License-Identifier: Apache-2.0

/// What the first rows of a delimited text are: a title, the names of the columns, or data like the rest.
///
/// The first row names the columns unless it holds numbers in every column where the rows below do. A first row with a
/// single entry above a row that is filled is the table's title.
struct CSVHeading {
    private(set) var hasTitle = false
    private(set) var hasNames = true

    /// `rows` are the first ones, blank rows left out.
    init(_ rows: [[[UInt8]]]) {
        guard let first = rows.first else { return }
        if rows.count > 2, rows[1].count > 2, first.count(where: { !$0.isEmpty }) == 1, first.first?.isEmpty == false,
            rows[1].allSatisfy({ !$0.isEmpty && !Self.isNumber($0) }) {
            hasTitle = true
            return
        }
        hasNames = !Self.isData(first, rows.dropFirst())
    }

    private static func isData(_ first: [[UInt8]], _ rest: ArraySlice<[[UInt8]]>) -> Bool {
        guard !first.contains(where: \.isEmpty) else { return false }
        let numbers = first.indices.filter { isNumber(first[$0]) }
        guard !numbers.isEmpty, !areYears(numbers.map { first[$0] }) else { return false }
        if rest.isEmpty { return numbers.count == first.count }
        for column in first.indices {
            let below = rest.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
            let isNumeric = !below.isEmpty && below.count(where: { isNumber($0) }) * 10 >= below.count * 9
            if isNumeric != numbers.contains(column) { return false }
        }
        return true
    }

    /// 2019, 2020, 2021: names of columns that happen to be numbers.
    private static func areYears(_ values: [[UInt8]]) -> Bool {
        let years = values.map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
        guard years.count > 1, years.allSatisfy({ $0 >= 1_800 && $0 <= 2_200 }) else { return false }
        return zip(years, years.dropFirst()).allSatisfy { $1 - $0 == years[1] - years[0] }
    }

    /// Digits with signs, separators, a currency or per cent sign.
    static func isNumber(_ bytes: some Collection<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 40 else { return false }
        var digits = 0
        for byte in bytes {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x2B, 0x2D, 0x2E, 0x2C, 0x20, 0x25, 0x24, 0x28, 0x29, 0x27, 0x2F, 0x3A, 0x45, 0x65: continue
            default: return false
            }
        }
        return digits > 0
    }
}
