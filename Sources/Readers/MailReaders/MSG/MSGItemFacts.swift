// SPDX-License-Identifier: Apache-2.0

/// What items other than mail say of themselves: contacts, appointments, tasks ([MS-OXOCNTC], [MS-OXOCAL], [MS-OXOTASK]).
enum MSGItemFacts {
    /// `named` gives the numbers of named properties in this file.
    static func read(_ kind: String, _ properties: MAPIProperties, _ named: [Int: Int]) -> [(label: String, text: String)] {
        let kind = kind.lowercased()
        if kind.hasPrefix("ipm.contact") { return lines(contact, properties, named) }
        if kind.hasPrefix("ipm.appointment") || kind.hasPrefix("ipm.schedule.meeting") {
            return times([("Start", 0x820D), ("End", 0x820E)], properties, named) + lines([("Location", 0x8208)], properties, named)
        }
        if kind.hasPrefix("ipm.task") { return times([("Start", 0x8104), ("Due", 0x8105)], properties, named) }
        return []
    }

    private static let contact: [(String, Int)] = [
        ("Name", 0x3001), ("Company", 0x3A16), ("Department", 0x3A18), ("Job title", 0x3A17), ("E-mail", 0x8083), ("E-mail 2", 0x8093), ("E-mail 3", 0x80A3),
        ("Business phone", 0x3A08), ("Mobile phone", 0x3A1C), ("Home phone", 0x3A09), ("Business fax", 0x3A24), ("Business address", 0x801B),
        ("Home address", 0x801A), ("Web page", 0x3A51), ("Instant messaging", 0x8062),
    ]

    private static func lines(_ wanted: [(String, Int)], _ properties: MAPIProperties, _ named: [Int: Int]) -> [(label: String, text: String)] {
        wanted.compactMap { label, id in
            (id >= 0x8000 ? named[id] : id).flatMap { properties.line($0) }.map { (label, $0) }
        }
    }

    private static func times(_ wanted: [(String, Int)], _ properties: MAPIProperties, _ named: [Int: Int]) -> [(label: String, text: String)] {
        wanted.compactMap { label, id in named[id].flatMap { properties.time($0) }.map { (label, MAPIHeader.shown($0)) } }
    }
}
