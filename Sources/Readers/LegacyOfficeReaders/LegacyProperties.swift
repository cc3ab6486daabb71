// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentTree
import TextDecoding

/// A document's facts about itself: title, author and the like ([MS-OLEPS] 2.21, [MS-OSHARED] 2.3.3.2).
enum LegacyProperties {
    static func read(_ file: CompoundFile) -> Metadata {
        var metadata = Metadata()
        guard let contents = file.contents(at: "\u{5}SummaryInformation") else { return metadata }
        contents.bytes.withUnsafeBytes { raw in
            let bytes = LittleEndianBytes(raw)
            guard let start = bytes.long(44), let count = bytes.long(start + 4) else { return }
            var places: [Int: Int] = [:]
            for index in 0..<min(count, 64) {
                guard let id = bytes.long(start + 8 + 8 * index), let place = bytes.long(start + 12 + 8 * index) else { break }
                places[id] = start + place
            }
            let codePage = CodePage(places[1].flatMap { bytes.short($0 + 4) } ?? 1_252)
            for (id, name) in names {
                guard let place = places[id] else { continue }
                metadata.add(name, times.contains(id) ? time(bytes, place) : text(bytes, place, codePage))
            }
        }
        return metadata
    }

    private static let names = [(2, "title"), (3, "subject"), (4, "author"), (5, "keywords"), (6, "description"), (12, "created"), (13, "modified")]
    private static let times: Set<Int> = [12, 13]

    private static func text(_ bytes: LittleEndianBytes, _ place: Int, _ codePage: CodePage) -> String {
        guard let type = bytes.short(place), let length = bytes.long(place + 4) else { return "" }
        let text: String
        switch type {
        case 0x1E: text = codePage.text(UnsafeRawBufferPointer(rebasing: bytes.clipped(place + 8, length).raw.prefix { $0 != 0 || codePage.number == 1_200 }))
        case 0x1F: text = CodePage(1_200).text(bytes.clipped(place + 8, 2 * length).raw)
        default: return ""
        }
        return text.split { $0.isWhitespace || $0 == "\0" }.joined(separator: " ")
    }

    /// Hundreds of nanoseconds since 1601, as a date and time of UTC.
    private static func time(_ bytes: LittleEndianBytes, _ place: Int) -> String {
        guard bytes.short(place) == 0x40, let ticks = bytes.quad(place + 4), ticks > 94_354_848_000_000_000, ticks < 200_000_000_000_000_000 else { return "" }
        let seconds = Int(ticks / 10_000_000) - 11_644_473_600
        let days = seconds / 86_400, rest = seconds % 86_400
        // Howard Hinnant's days-to-civil, with the year beginning in March.
        let shifted = days + 719_468, era = shifted / 146_097, day = shifted % 146_097
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let date = (year: year + era * 400 + (month >= 10 ? 1 : 0), month: month < 10 ? month + 3 : month - 9, day: dayOfYear - (153 * month + 2) / 5 + 1)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date.year)-\(two(date.month))-\(two(date.day))T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
