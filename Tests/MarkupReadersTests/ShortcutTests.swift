// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("shortcuts to web pages")
struct ShortcutTests {
    private func read(_ bytes: [UInt8], _ name: String = "url") throws -> [String] {
        try Outline.read(bytes, ShortcutReader(), nameExtension: name).document.blocks.map(Outline.block)
    }

    /// A binary property list of one dictionary with two texts: the keys, then the values.
    static func binary(_ key: String, _ value: String, isWide: Bool = false) -> [UInt8] {
        func text(_ text: String, _ isWide: Bool) -> [UInt8] {
            let units = Array(text.utf16)
            return [isWide ? 0x6F : 0x5F, 0x11, UInt8(units.count >> 8), UInt8(units.count & 255)] + units.flatMap { isWide ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0)] }
        }
        var bytes = Array("bplist00".utf8)
        var offsets: [Int] = []
        for object in [[0xD2, 1, 3, 2, 4], text("other", false), text("elsewhere", false), text(key, false), text(value, isWide)] {
            offsets.append(bytes.count)
            bytes += object
        }
        let table = bytes.count
        bytes += offsets.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        bytes += [0, 0, 0, 0, 0, 0, 2, 1]
        for number in [offsets.count, 0, table] { bytes += (0..<8).reversed().map { UInt8(number >> ($0 * 8) & 255) } }
        return bytes
    }

    @Test("the address is a link, whichever form the shortcut has", arguments: [
        ("[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,11\r\n[InternetShortcut]\r\nIDList=\r\nURL=https://a.b/c?d=1&e=2\r\n", "p(a[https://a.b/c?d=1&e=2](https://a.b/c?d=1&e=2))"),
        ("[Desktop Entry]\nType=Link\nName=A page\nName[de]=Eine Seite\nComment=Worth it\nURL=https://a.b/\n[Other]\nName=x\n", "p(a[https://a.b/](A page)) p(Worth it)"),
        ("<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict>\n\t<key>URL</key>\n\t<string>https://a.b/?c&amp;d</string>\n</dict></plist>\n", "p(a[https://a.b/?c&d](https://a.b/?c&d))"),
    ])
    func forms(_ text: String, _ expected: String) throws {
        #expect(try read(Array(text.utf8)).joined(separator: " ") == expected)
    }

    @Test("so it is in a binary property list", arguments: [false, true])
    func binaryForm(_ isWide: Bool) throws {
        #expect(try read(Self.binary("URL", "https://a.b/c", isWide: isWide), "webloc") == ["p(a[https://a.b/c](https://a.b/c))"])
    }

    @Test("a shortcut without an address is malformed", arguments: ["", "[InternetShortcut]\n", "[Other]\nURL=https://a.b\n", "<plist><key>URL</key>"])
    func nothing(_ text: String) { #expect(throws: ReadError.malformed("the shortcut names no address")) { try read(Array(text.utf8)) } }

    @Test("a damaged property list is malformed, wherever it is cut or changed")
    func damaged() {
        let whole = Self.binary("URL", "https://a.b/c")
        for count in whole.indices { _ = try? read(Array(whole.prefix(count))) }
        for place in whole.indices {
            for value: UInt8 in [0, 0x0F, 0x7F, 0xFF] {
                var bytes = whole
                bytes[place] = value
                _ = try? read(bytes)
            }
        }
        #expect(throws: ReadError.malformed("the shortcut names no address")) { try read(Self.binary("URI", "https://a.b/c")) }
    }
}
