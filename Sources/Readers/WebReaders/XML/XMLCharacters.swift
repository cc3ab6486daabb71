// SPDX-License-Identifier: Apache-2.0

/// Text of an XML document with its references resolved: the five names and numbers; others stay as they are written.
enum XMLCharacters {
    static func append(_ text: XMLScan.Slice, isLiteral: Bool, to out: inout [UInt8]) {
        guard !isLiteral, text.contains(UInt8(ascii: "&")) else { return out.append(contentsOf: text) }
        var rest = text
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            out.append(contentsOf: rest[..<ampersand])
            rest = rest[ampersand...]
            let name = rest.dropFirst().prefix(12).prefix { $0 != UInt8(ascii: ";") }
            if name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";"), let value = value(String(decoding: name, as: UTF8.self)) {
                out.append(contentsOf: String(value).utf8)
                rest = rest[(name.endIndex + 1)...]
            } else {
                out.append(UInt8(ascii: "&"))
                rest = rest.dropFirst()
            }
        }
        out.append(contentsOf: rest)
    }

    private static func value(_ name: String) -> Character? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst(1))
        guard let number, number >= 0x20 && !(0x7F..<0xA0).contains(number) || number == 0x0A || number == 0x09 else { return nil }
        return Unicode.Scalar(number).map(Character.init)
    }
}
