// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// Which properties hold where: a table of pages of 512 bytes ([MS-DOC] 2.8.5, 2.8.6, 2.9.33, 2.9.174), by offset in the file.
struct DOCRunTable {
    enum Kind { case characters, paragraphs }

    struct Run {
        /// Offsets of the first byte and behind the last one.
        var start: Int, end: Int
        /// Style (paragraphs only) and changes; empty for what has none.
        var style: Int
        var properties: LittleEndianBytes
    }

    private let kind: Kind
    private let word: LittleEndianBytes
    private let isOld: Bool
    private let plex: DOCPlex
    /// Pages that the table of a Word 6 file leaves out: they lie one behind the other.
    private let consecutive: (first: Int, count: Int)?

    init(_ kind: Kind, _ header: DOCHeader, word: LittleEndianBytes, table: LittleEndianBytes) {
        self.kind = kind
        self.word = word
        isOld = header.isOld
        plex = DOCPlex(header.part(kind == .characters ? .characters : .paragraphs, in: table), size: header.isOld ? 2 : 4)
        let pages = header.oldPages
        let (first, count) = kind == .characters ? (pages.character, pages.characterCount) : (pages.paragraph, pages.paragraphCount)
        consecutive = header.isOld && plex.count < count && first > 0 ? (first, min(count, word.count / 512)) : nil
    }

    /// The run that the byte at `offset` is in.
    func run(at offset: Int) -> Run? {
        guard let page = page(at: offset), let count = page.byte(511), count > 0, 4 * (count + 1) + count <= 511 else { return nil }
        var low = 0, high = count
        while low < high {
            let middle = (low + high) / 2
            if (page.long(4 * middle) ?? 0) <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, let start = page.long(4 * (low - 1)), let end = page.long(4 * low), end > offset else { return nil }
        let entry = low - 1
        var run = Run(start: start, end: end, style: 0, properties: page.clipped(0, 0))
        switch kind {
        case .characters:
            let place = (page.byte(4 * (count + 1) + entry) ?? 0) * 2
            if place > 0, let length = page.byte(place) { run.properties = page.clipped(place + 1, length) }
        case .paragraphs:
            let place = (page.byte(4 * (count + 1) + entry * (isOld ? 7 : 13)) ?? 0) * 2
            guard place > 0, var length = page.byte(place).map({ $0 * 2 }) else { return run }
            var at = place + 1
            if !isOld {
                if length == 0 {
                    length = (page.byte(at) ?? 0) * 2
                    at += 1
                } else {
                    length -= 1
                }
            }
            run.style = page.short(at) ?? 0
            run.properties = page.clipped(at + 2, length - 2)
        }
        return run
    }

    private func page(at offset: Int) -> LittleEndianBytes? {
        if let consecutive {
            var low = 0, high = consecutive.count
            while low < high {
                let middle = (low + high) / 2
                if (word.long((consecutive.first + middle) * 512) ?? .max) <= offset { low = middle + 1 } else { high = middle }
            }
            return low == 0 ? nil : word.slice((consecutive.first + low - 1) * 512, 512)
        }
        guard let index = plex.index(of: offset), index < plex.count else { return nil }
        let record = plex.record(index)
        guard let number = isOld ? record.short(0) : record.long(0).map({ $0 & 0x3F_FFFF }) else { return nil }
        return word.slice(number * 512, 512)
    }
}
