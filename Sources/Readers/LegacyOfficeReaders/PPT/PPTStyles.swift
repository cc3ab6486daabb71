// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// A paragraph's formatting ([MS-PPT] 2.9.20): whether it has a bullet, if it says so.
struct PPTParagraphLook {
    var level = 0
    var hasBullet: Bool?

    /// Reads what the mask says is there; all of it has to be passed over.
    init(_ cursor: inout PPTCursor) {
        guard let mask = cursor.long() else { return }
        if mask & 0xF != 0, let flags = cursor.short(), mask & 1 != 0 { hasBullet = flags & 1 != 0 }
        for bit in [7, 4, 6] where mask & 1 << bit != 0 { cursor.at += 2 }
        if mask & 1 << 5 != 0 { cursor.at += 4 }
        for bit in [11, 12, 13, 14, 8, 10, 15] where mask & 1 << bit != 0 { cursor.at += 2 }
        if mask & 1 << 20 != 0, let stops = cursor.short() { cursor.at += 4 * stops }
        if mask & 1 << 16 != 0 { cursor.at += 2 }
        if mask & 0xE_0000 != 0 { cursor.at += 2 }
        if mask & 1 << 21 != 0 { cursor.at += 2 }
    }
}

/// A run's formatting ([MS-PPT] 2.9.13).
struct PPTCharacterLook {
    var isBold = false
    var isItalic = false
    var font: Int?
    /// The font of characters of the private use area.
    var symbolFont: Int?
    /// Percent above the line.
    var position = 0
    /// Which of the newer paragraph formats counts here.
    var extensionPlace = 0

    init() {}

    init(_ cursor: inout PPTCursor) {
        guard let mask = cursor.long() else { return }
        if mask & 0x3EB7 != 0, let style = cursor.short() {
            isBold = mask & style & 1 != 0
            isItalic = mask & style & 2 != 0
            extensionPlace = style >> 10 & 0xF
        }
        if mask & 1 << 16 != 0 { font = cursor.short() }
        for bit in [21, 22] where mask & 1 << bit != 0 { cursor.at += 2 }
        if mask & 1 << 23 != 0 { symbolFont = cursor.short() }
        if mask & 1 << 17 != 0 { cursor.at += 2 }
        if mask & 1 << 18 != 0 { cursor.at += 4 }
        if mask & 1 << 19 != 0, let value = cursor.short() { position = Int(Int16(truncatingIfNeeded: value)) }
    }
}

/// Automatic numbers ([MS-PPT] 2.9.68, 2.9.71), which came with PowerPoint 2000.
struct PPTNumbering {
    /// Nil for what is not numbered.
    var scheme: Int?
    var start = 1

    /// The entries of the record, in the order that runs refer to.
    static func all(_ record: OfficeArtRecord?) -> [PPTNumbering] {
        guard let record else { return [] }
        var cursor = PPTCursor(record)
        var out: [PPTNumbering] = []
        while !cursor.isAtEnd, out.count < 1_000, let mask = cursor.long() {
            var entry = PPTNumbering()
            var isNumbered = false
            if mask & 1 << 23 != 0 { cursor.at += 2 }
            if mask & 1 << 25 != 0 { isNumbered = cursor.short() == 1 }
            if mask & 1 << 24 != 0, let scheme = cursor.short(), let start = cursor.short() {
                entry.scheme = isNumbered || mask & 1 << 25 == 0 ? scheme : nil
                entry.start = max(start, 1)
            } else if isNumbered {
                entry.scheme = 3
            }
            // The run's own newer formats, and what is special about it (2.9.16, 2.9.32).
            if let characters = cursor.long(), characters & 1 << 20 != 0 { cursor.at += 4 }
            guard let special = cursor.long() else { break }
            for bit in [0, 1, 2] where special & 1 << bit != 0 { cursor.at += 2 }
            if special & 1 << 6 != 0 { cursor.at += 2 }
            if special & 1 << 5 != 0 { cursor.at += 4 }
            if special & 1 << 9 != 0, let tags = cursor.long() { cursor.at += 4 * min(tags, 1_000) }
            out.append(entry)
        }
        return out
    }
}

/// The bullets that a master gives to each kind of text and level ([MS-PPT] 2.9.36).
struct PPTMasterStyles {
    private var bullets: [Int: [Bool?]] = [:]

    init() {}

    init(_ master: OfficeArtRecord) {
        for record in master.children where record.type == PPTType.masterStyle {
            var cursor = PPTCursor(record)
            var levels: [Bool?] = []
            for _ in 0..<min(cursor.short() ?? 0, 5) {
                if record.instance >= 5 { cursor.at += 2 }
                let look = PPTParagraphLook(&cursor)
                _ = PPTCharacterLook(&cursor)
                levels.append(look.hasBullet)
            }
            bullets[record.instance] = levels
        }
    }

    /// Kinds of text are based on others: half and quarter bodies on the body.
    func hasBullet(_ kind: Int, _ level: Int) -> Bool? {
        let base = [5: 1, 7: 1, 8: 1, 6: 0][kind]
        for kind in [kind, base].compactMap({ $0 }) {
            guard let levels = bullets[kind] else { continue }
            // A level that says nothing is like the one above it.
            for level in stride(from: min(level, levels.count - 1), through: 0, by: -1) { if let found = levels[level] { return found } }
        }
        return bullets.isEmpty ? nil : false
    }
}
