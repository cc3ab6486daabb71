// SPDX-License-Identifier: Apache-2.0

/// The attributes of a start tag that `XMLScan` went over.
enum XMLAttributes {
    /// The value of an attribute, whatever its prefix, with its references resolved.
    static func value(_ name: StaticString, in attributes: XMLScan.Slice) -> String? {
        let text = ByteSlice(rebasing: attributes)
        var place = 0
        while let equals = text[slice: place..<text.count].firstIndex(of: UInt8(ascii: "=")).map({ place + $0 }) {
            let key = text[slice: place..<equals].trimmed
            var open = equals + 1
            while open < text.count, ByteSlice.isSpace(text[open]) { open += 1 }
            guard open < text.count else { return nil }
            let quote = text[open]
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                place = open
                continue
            }
            let close = text[slice: (open + 1)..<text.count].firstIndex(of: quote).map { open + 1 + $0 } ?? text.count
            let local = key.lastIndex(of: UInt8(ascii: ":")).map { key[slice: ($0 + 1)..<key.count] } ?? key
            if local == name {
                var value: [UInt8] = []
                XMLCharacters.append(attributes[(attributes.startIndex + open + 1)..<(attributes.startIndex + close)], isLiteral: false, to: &value)
                return String(decoding: value, as: UTF8.self)
            }
            place = min(close + 1, text.count)
        }
        return nil
    }
}

extension Slice where Base == UnsafeBufferPointer<UInt8> {
    func isName(_ name: StaticString) -> Bool { ByteSlice(rebasing: self) == name }
}
