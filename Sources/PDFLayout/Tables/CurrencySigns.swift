// SPDX-License-Identifier: Apache-2.0

/// Signs of a currency that stand at the left of a column of numbers, apart from them: theirs, and no column of their own.
///
///     Net profit       $  1,204        $    980
///     Taxes                  88              91
enum CurrencySigns {
    /// The separators without those that have nothing but such signs at their left.
    static func joined(_ separators: [Float], _ rows: [TextRow], _ content: PageContent) -> [Float] {
        guard separators.count >= 2, rows.contains(where: { $0.fragments.contains { isSign($0, content) } }) else { return separators }
        // By column: how many signs stand in it, and whether anything else does.
        var signs = [Int](repeating: 0, count: separators.count + 1)
        var isMixed = [Bool](repeating: false, count: separators.count + 1)
        for fragment in rows.lazy.flatMap(\.fragments) where !separators.contains(where: { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 }) {
            let column = separators.prefix { $0 < fragment.box.midX }.count
            if isSign(fragment, content) { signs[column] += 1 } else { isMixed[column] = true }
        }
        return separators.indices.filter { $0 == 0 || signs[$0] == 0 || isMixed[$0] }.map { separators[$0] }
    }

    private static func isSign(_ fragment: Fragment, _ content: PageContent) -> Bool {
        guard fragment.glyphs.count <= 3, let last = fragment.glyphs.last else { return false }
        let sign = content.glyphs[Int(last)].scalar
        return [0x24, 0xA2, 0xA3, 0xA5, 0xFFE5].contains(sign) || (0x20A0...0x20CF).contains(sign)
    }
}
