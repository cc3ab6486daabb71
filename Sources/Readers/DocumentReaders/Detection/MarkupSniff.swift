// SPDX-License-Identifier: Apache-2.0

/// Tells light markup and data formats by how they begin.
enum MarkupSniff {
    /// Formats whose texts may begin like a page and are none.
    static let keepsName: Set<String> = ["md", "rst", "org", "adoc", "tex", "source", "yaml", "toml", "ini", "log", "srt", "vtt", "url", "man"]

    /// What the start can only mean; without a name also what it most likely means.
    static func kind(of start: ArraySlice<UInt8>, hint: String?) -> String? {
        func begins(_ text: StaticString) -> Bool { start.starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)) }
        // Address books send contacts under a calendar's name, and the other way round.
        if hint == nil || hint == "txt" || hint == "ics" || hint == "vcf" {
            if begins("BEGIN:VCALENDAR") { return "ics" }
            if begins("BEGIN:VCARD") { return "vcf" }
        }
        if hint == nil || hint == "txt" {
            if begins("WEBVTT") { return "vtt" }
            if begins("[InternetShortcut]") { return "url" }
        }
        // A free desktop keeps programs and links under one extension.
        if hint == "ini", begins("[Desktop Entry]") {
            return start.split(separator: 0x0A).contains { $0.starts(with: "Type=Link".utf8) } ? "url" : nil
        }
        if hint == nil || hint == "txt", isManualPage(start) { return "man" }
        guard hint == nil else { return nil }
        if begins("#!") { return "source" }
        if begins("\\documentclass") || begins("\\documentstyle") { return "tex" }
        if begins("#+TITLE:") || begins("#+title:") { return "org" }
        return isSubtitles(start) ? "srt" : nil
    }

    /// Nothing but requests of roff up to the macro that gives a page its title, or for as long as ten lines and more.
    static func isManualPage(_ start: ArraySlice<UInt8>) -> Bool {
        let lines = start.split(separator: 0x0A).prefix(60)
        for line in lines {
            if line.starts(with: ".TH ".utf8) || line.starts(with: ".SH ".utf8) || line.starts(with: ".TH\t".utf8) || line.starts(with: ".Dt ".utf8) { return true }
            guard line.first == UInt8(ascii: ".") || line.first == UInt8(ascii: "'") || line.allSatisfy({ $0 <= 0x20 }) else {
                // Within definitions and conditions.
                if line.first == UInt8(ascii: "\\") { continue }
                return false
            }
        }
        return lines.count >= 10
    }

    /// A number, and below it a time with an arrow.
    private static func isSubtitles(_ start: ArraySlice<UInt8>) -> Bool {
        let lines = start.prefix(200).split(separator: 0x0A).prefix(2)
        guard lines.count == 2, let first = lines.first, let second = lines.last else { return false }
        let isNumber = first.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x0D }
        return isNumber && second.count > 20 && second.contains(UInt8(ascii: ":")) && String(decoding: second, as: UTF8.self).contains(" --> ")
    }
}
