// SPDX-License-Identifier: Apache-2.0

/// The charset a page names for itself (HTML standard 13.2.3.2, and the XML declaration of XHTML).
enum HTMLCharset {
    /// The label as written, lower case; nil when there is none near the start.
    static func declared(in bytes: UnsafeRawBufferPointer) -> String? {
        let head = ByteSlice(rebasing: bytes.bindMemory(to: UInt8.self).prefix(4_096))
        if head.trimmed.hasKeyword("<?xml"), let end = head.firstIndex(of: UInt8(ascii: ">")),
            let place = head[slice: 0..<end].place(ofKeyword: "encoding"), let label = label(after: place + 8, in: head[slice: 0..<end]) {
            return checked(label)
        }
        var place = 0
        while let start = head.place(ofKeyword: "<", from: place) {
            let rest = head[slice: start..<head.count]
            if rest.hasKeyword("<!--") {
                guard let end = rest.place(ofKeyword: "-->") else { return nil }
                place = start + end + 3
                continue
            }
            let end = rest.firstIndex(of: UInt8(ascii: ">")) ?? rest.count
            if rest.hasKeyword("<meta"), let found = charset(in: rest[slice: 0..<end]) { return checked(found) }
            place = start + max(1, end)
        }
        return nil
    }

    /// The attribute `charset`, or `http-equiv="content-type"` with `charset=…` in its content.
    private static func charset(in tag: ByteSlice) -> ByteSlice? {
        var named: ByteSlice?, content: ByteSlice?
        var isPragma = false
        var at = 5
        while let (name, value, end) = attribute(of: tag, from: at) {
            at = end
            if name.isKeyword("charset") { named = named ?? value }
            if name.isKeyword("content") { content = content ?? value }
            if name.isKeyword("http-equiv"), value.isKeyword("content-type") { isPragma = true }
        }
        if let named = named?.trimmed, !named.isEmpty { return named }
        guard isPragma, let content else { return nil }
        var place = 0
        while let found = content.place(ofKeyword: "charset", from: place) {
            place = found + 7
            if let label = label(after: place, in: content) { return label }
        }
        return nil
    }

    /// The next attribute (13.2.3.2, "get an attribute") and where it ends.
    private static func attribute(of tag: ByteSlice, from start: Int) -> (name: ByteSlice, value: ByteSlice, end: Int)? {
        func skip(_ from: Int, _ isWanted: (UInt8) -> Bool) -> Int {
            var at = from
            while at < tag.count, isWanted(tag[at]) { at += 1 }
            return at
        }
        let first = skip(start) { ByteSlice.isSpace($0) || $0 == UInt8(ascii: "/") }
        guard first < tag.count else { return nil }
        let end = skip(first + 1) { !ByteSlice.isSpace($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") }
        let name = tag[slice: first..<end]
        let sign = skip(end, ByteSlice.isSpace)
        guard sign < tag.count, tag[sign] == UInt8(ascii: "=") else { return (name, tag[slice: end..<end], end) }
        let open = skip(sign + 1, ByteSlice.isSpace)
        guard open < tag.count else { return (name, tag[slice: open..<open], open) }
        let quote = tag[open]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            let close = skip(open) { !ByteSlice.isSpace($0) }
            return (name, tag[slice: open..<close], close)
        }
        let close = skip(open + 1) { $0 != quote }
        return (name, tag[slice: (open + 1)..<close], min(close + 1, tag.count))
    }

    private static func label(after place: Int, in text: ByteSlice) -> ByteSlice? {
        var index = place
        while index < text.count, ByteSlice.isSpace(text[index]) { index += 1 }
        guard index < text.count, text[index] == UInt8(ascii: "=") else { return nil }
        index += 1
        while index < text.count, ByteSlice.isSpace(text[index]) || text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") { index += 1 }
        let start = index
        while index < text.count, !ByteSlice.isSpace(text[index]), !"\"';/>?".utf8.contains(text[index]) { index += 1 }
        return index > start ? text[slice: start..<index] : nil
    }

    /// A page that could be read this far is no UTF-16, whatever it says.
    private static func checked(_ label: ByteSlice) -> String {
        if label.hasKeyword("utf-16") || label.hasKeyword("ucs-2") || label.hasKeyword("unicode") { return "utf-8" }
        if label.isKeyword("x-user-defined") { return "windows-1252" }
        return String(decoding: label.map { ByteSlice.lower($0) }, as: UTF8.self)
    }
}
