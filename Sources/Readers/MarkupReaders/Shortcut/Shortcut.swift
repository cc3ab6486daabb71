// SPDX-License-Identifier: Apache-2.0

/// A shortcut in one of the forms that are text: Windows' and the free desktops' sections of names and values
/// (Desktop Entry Specification 1.5), macOS' property list.
struct Shortcut {
    private(set) var address = ""
    private(set) var name = ""
    private(set) var comment = ""

    init(address: String) { self.address = address }

    init(_ text: Line) {
        if text.drop(while: { $0 == 0x20 || $0 == 0x0A }).first == UInt8(ascii: "<") { readPropertyList(text) } else { readSections(text) }
    }

    private mutating func readSections(_ text: Line) {
        var isWanted = false
        for line in text.split(separator: 0x0A) {
            let line = line.trimmed
            if line.first == UInt8(ascii: "[") {
                let section = line.text.lowercased()
                isWanted = section == "[internetshortcut]" || section == "[desktop entry]"
            } else if isWanted, let equal = line.firstIndex(of: UInt8(ascii: "=")) {
                let value = line[(equal + 1)...].trimmed.text
                switch line[..<equal].trimmed.text.lowercased() {
                case "url" where address.isEmpty: address = value
                case "name" where name.isEmpty: name = value
                case "comment" where comment.isEmpty: comment = value
                default: break
                }
            }
        }
    }

    private mutating func readPropertyList(_ text: Line) {
        guard let key = text.first("<key>URL</key>"), let start = text.first("<string>", from: key), let end = text.first("</string>", from: start) else { return }
        let value = text[(start + 8)..<end].trimmed
        var out: [UInt8] = []
        var at = value.startIndex
        while at < value.endIndex {
            if value[at] == UInt8(ascii: "&"), let reference = MarkdownEntities.reference(value, at) {
                out += reference.characters.utf8
                at = reference.end
            } else {
                out.append(value[at])
                at += 1
            }
        }
        address = String(decoding: out, as: UTF8.self)
    }
}
