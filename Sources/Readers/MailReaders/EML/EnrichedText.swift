// SPDX-License-Identifier: Apache-2.0

/// text/enriched (RFC 1896) as plain text: commands go, `<<` is `<`, n line ends are n - 1.
enum EnrichedText {
    static func plain(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte == UInt8(ascii: "<") {
                if at + 1 < text.count, text[at + 1] == byte {
                    out.append(byte)
                    at += 2
                    continue
                }
                guard let close = text[at...].prefix(70).firstIndex(of: UInt8(ascii: ">")) else {
                    out.append(byte)
                    at += 1
                    continue
                }
                let command = String(decoding: text[(at + 1)..<close], as: UTF8.self).lowercased()
                at = close + 1
                // A command's parameter is no text.
                if command == "param", let end = text[at...].firstIndex(of: UInt8(ascii: "<")) { at = end }
            } else if byte == 0x0A {
                let run = text[at...].prefix { $0 == 0x0A }.count
                out += run == 1 ? [0x20] : [UInt8](repeating: 0x0A, count: run - 1)
                at += run
            } else {
                out.append(byte)
                at += 1
            }
        }
        return out
    }
}
