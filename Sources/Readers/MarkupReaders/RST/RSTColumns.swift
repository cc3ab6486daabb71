// SPDX-License-Identifier: Apache-2.0

/// The columns of a text in a drawing: a wide character takes two, a mark that combines with the one before it none.
enum RSTColumns {
    /// What stands at each column; behind a wide character a NUL.
    static func characters(_ line: Line) -> [Character] {
        guard line.contains(where: { $0 >= 0x80 }) else { return line.map { Character(Unicode.Scalar($0)) } }
        var result: [Character] = []
        for scalar in line.text.unicodeScalars {
            if isCombining(scalar), let last = result.popLast() {
                result.append(Character(String(last) + String(scalar)))
            } else {
                result.append(Character(scalar))
                if isWide(scalar) { result.append("\0") }
            }
        }
        return result
    }

    /// The index at which each column begins; a wide character's second column begins with what follows it.
    static func places(_ line: Line) -> [Int] {
        guard line.contains(where: { $0 >= 0x80 }) else { return Array(line.indices) }
        var places: [Int] = []
        var at = line.startIndex
        for scalar in line.text.unicodeScalars {
            let next = at + UTF8.width(scalar)
            if !isCombining(scalar) {
                places.append(at)
                if isWide(scalar) { places.append(next) }
            }
            at = next
        }
        return places
    }

    private static func isCombining(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x300 else { return false }
        let category = scalar.properties.generalCategory
        return category == .nonspacingMark || category == .enclosingMark
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD: true
        default: false
        }
    }
}
