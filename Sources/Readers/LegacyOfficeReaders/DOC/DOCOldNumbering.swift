// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// Numbers and bullets of Word 6 and 95: each paragraph says how it is labelled, and the numbers are counted here.
struct DOCOldNumbering {
    private var counts = [Int](repeating: 0, count: 10)

    mutating func label(_ paragraph: DOCParagraph) -> DOCNumbering.Label? {
        guard paragraph.oldLevel > 0, paragraph.oldLevel <= 11, let form = paragraph.oldNumbering else {
            counts = counts.map { _ in 0 }
            return nil
        }
        let level = paragraph.oldLevel < 10 ? paragraph.oldLevel - 1 : 0
        let format = form.byte(0) ?? 0
        let isBullet = paragraph.oldLevel == 11 || format > 5
        if isBullet { return DOCNumbering.Label(list: "old bullets", level: level, isBullet: true, number: 0, text: "", isCompound: false) }
        let start = form.short(6) ?? 1
        counts[level] = counts[level] == 0 ? max(1, start) : counts[level] + 1
        for lower in (level + 1)..<10 { counts[lower] = 0 }
        return DOCNumbering.Label(
            list: "old numbers", level: level, isBullet: false, number: counts[level], text: DOCNumber.text(counts[level], format), isCompound: false)
    }
}
