// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// One event, task or journal entry.
struct CalendarEntry {
    static let kinds: Set<String> = ["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "AVAILABLE"]

    /// Whether a line begins a calendar or one of its components.
    static func begins(_ line: Line) -> Bool {
        let text = line.prefix(20).text.uppercased()
        guard text.hasPrefix("BEGIN:") else { return false }
        let name = String(text.dropFirst(6).prefix { $0 != " " && $0 != "\r" })
        return kinds.contains(name) || name == "VCALENDAR" || name == "VTIMEZONE"
    }

    private var title = ""
    private var description = ""
    private var facts: [(Label, String)] = []
    private var attendees: [String] = []

    mutating func take(_ property: ContentLine) {
        switch property.name {
        case "SUMMARY": title = property.text
        case "DESCRIPTION": description = property.text
        case "DTSTART": facts.append((.begins, Self.time(property)))
        case "DTEND": facts.append((.ends, Self.time(property)))
        case "DUE": facts.append((.due, Self.time(property)))
        case "DURATION": facts.append((.duration, property.text))
        case "RRULE", "RDATE", "EXDATE", "EXRULE": facts.append((.recurs, property.name == "RRULE" ? property.text : "\(property.name) \(property.text)"))
        case "LOCATION": facts.append((.location, property.text))
        case "FREEBUSY": facts.append((.status, "\(property.parameter("FBTYPE") ?? "BUSY") \(property.text)"))
        case "STATUS": facts.append((.status, property.text))
        case "ORGANIZER": facts.append((.organizer, Self.person(property)))
        case "ATTENDEE": if attendees.count < 1_000 { attendees.append(Self.person(property)) }
        case "CATEGORIES": facts.append((.keywords, property.text))
        case "URL": facts.append((.website, property.text))
        case "ATTACH": facts.append((.attachments, property.parameter("FILENAME").map { "\($0) (\(property.text))" } ?? property.text))
        default: break
        }
    }

    /// Programs write them in any order.
    private static let order: [Label] = [.begins, .ends, .due, .duration, .recurs, .location, .status, .organizer, .keywords, .website, .attachments]

    func blocks(_ language: LabelLanguage) -> [Block] {
        var blocks: [Block] = [.heading(level: 2, [.text(title.isEmpty ? "—" : title)])]
        let all = Self.order.flatMap { label in facts.filter { $0.0 == label } } + (attendees.isEmpty ? [] : [(.attendees, attendees.joined(separator: ", "))])
        let items = all.filter { !$0.1.isEmpty }.map { LabelledFact.item($0, $1, language) }
        if !items.isEmpty { blocks.append(.list(List(.bullet, items: items))) }
        return blocks + LabelledFact.paragraphs(description)
    }

    /// `20240517T100000Z` as `2024-05-17 10:00 UTC`, with the zone as it is named.
    private static func time(_ property: ContentLine) -> String {
        let text = property.text
        let digits = Array(text.utf8)
        guard digits.count >= 8, digits.prefix(8).allSatisfy(Letters.isDigit) else { return text }
        func part(_ start: Int, _ count: Int) -> String { String(decoding: digits[start..<(start + count)], as: UTF8.self) }
        var out = "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))"
        if digits.count >= 15, digits[8] == UInt8(ascii: "T"), digits[9..<15].allSatisfy(Letters.isDigit) {
            out += " \(part(9, 2)):\(part(11, 2))" + (part(13, 2) == "00" ? "" : ":" + part(13, 2))
            if digits.last == UInt8(ascii: "Z") { out += " UTC" }
        }
        return out + (property.parameter("TZID").map { " " + $0 } ?? "")
    }

    private static func person(_ property: ContentLine) -> String {
        let address = property.text.lowercased().hasPrefix("mailto:") ? String(property.text.dropFirst(7)) : property.text
        guard let name = property.parameter("CN"), !name.isEmpty, name != address else { return address }
        return address.isEmpty ? name : "\(name) <\(address)>"
    }
}
