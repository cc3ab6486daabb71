// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What items other than mail say of themselves: contacts, appointments, tasks ([MS-OXOCNTC], [MS-OXOCAL], [MS-OXOTASK]).
enum MSGItemFacts {
    /// `named` gives the numbers of named properties in this file.
    static func read(_ kind: String, _ properties: MAPIProperties, _ named: [Int: Int]) -> [(label: Label, text: String)] {
        let kind = kind.lowercased()
        if kind.hasPrefix("ipm.contact") { return lines(contact, properties, named) }
        if kind.hasPrefix("ipm.appointment") || kind.hasPrefix("ipm.schedule.meeting") {
            return times([(.start, 0x820D), (.end, 0x820E)], properties, named) + lines([(.location, 0x8208)], properties, named)
        }
        if kind.hasPrefix("ipm.task") { return times([(.start, 0x8104), (.due, 0x8105)], properties, named) }
        return []
    }

    private static let contact: [(Label, Int)] = [
        (.name, 0x3001), (.company, 0x3A16), (.department, 0x3A18), (.jobTitle, 0x3A17), (.email, 0x8083), (.email, 0x8093), (.email, 0x80A3),
        (.businessPhone, 0x3A08), (.mobilePhone, 0x3A1C), (.homePhone, 0x3A09), (.businessFax, 0x3A24), (.businessAddress, 0x801B),
        (.homeAddress, 0x801A), (.website, 0x3A51), (.messaging, 0x8062),
    ]

    private static func lines(_ wanted: [(Label, Int)], _ properties: MAPIProperties, _ named: [Int: Int]) -> [(label: Label, text: String)] {
        wanted.compactMap { label, id in
            (id >= 0x8000 ? named[id] : id).flatMap { properties.line($0) }.map { (label, $0) }
        }
    }

    private static func times(_ wanted: [(Label, Int)], _ properties: MAPIProperties, _ named: [Int: Int]) -> [(label: Label, text: String)] {
        wanted.compactMap { label, id in named[id].flatMap { properties.time($0) }.map { (label, MAPIHeader.shown($0)) } }
    }
}
