// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// Text with OpenPGP armor in it (RFC 9580, 6 and 7): what was only signed is text, what is encrypted goes.
struct PGPArmor {
    var text: [UInt8]
    var encrypted = 0
    var isSigned = false

    /// nil for text without armor.
    static func opened(_ text: [UInt8]) -> PGPArmor? {
        guard text.withUnsafeBytes({ ByteSearch.first(Array("-----BEGIN PGP ".utf8), in: $0) }) != nil else { return nil }
        var armor = PGPArmor(text: [])
        var inside: String?
        var isHeader = false
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if let kind = kind(line, "-----BEGIN PGP ") {
                if kind == "MESSAGE" { armor.encrypted += 1 } else if kind == "SIGNED MESSAGE" || kind == "SIGNATURE" { armor.isSigned = true }
                inside = kind
                isHeader = true
            } else if kind(line, "-----END PGP ") != nil {
                inside = nil
            } else if inside == nil {
                armor.text += line + [0x0A]
            } else if inside == "SIGNED MESSAGE" {
                if isHeader { isHeader = !line.isEmpty } else { armor.text += (line.starts(with: "- ".utf8) ? line.dropFirst(2) : line) + [0x0A] }
            }
        }
        return armor
    }

    private static func kind(_ line: ArraySlice<UInt8>, _ start: String) -> String? {
        guard line.starts(with: start.utf8) else { return nil }
        return String(decoding: line.dropFirst(start.utf8.count).prefix { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
}
