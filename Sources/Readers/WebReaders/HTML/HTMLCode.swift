// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// The text of a `pre` element and the language its classes name.
struct HTMLCode {
    private var bytes: [UInt8]
    private(set) var language: String?

    init(of node: HTMLNode) {
        bytes = HTMLText.exact(of: node)
        language = Self.language(of: node)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Cuts blank lines at both ends and white space at the very end; false when nothing is left.
    mutating func trim() -> Bool {
        while let last = bytes.last, ByteSlice.isSpace(last) { bytes.removeLast() }
        guard let first = bytes.firstIndex(where: { !ByteSlice.isSpace($0) }) else { return false }
        if let line = bytes[..<first].lastIndex(of: 0x0A) { bytes.removeFirst(line + 1) }
        unindent()
        return true
    }

    /// Spaces that all lines begin with are the page's indentation.
    private mutating func unindent() {
        guard bytes.first == 0x20, let first = bytes.firstIndex(where: { $0 != 0x20 }) else { return }
        var least = first
        var start = 0
        while start < bytes.count {
            var place = start
            while place < bytes.count, bytes[place] == 0x20 { place += 1 }
            if place < bytes.count, bytes[place] != 0x0A { least = min(least, place - start) }
            guard least > 0 else { return }
            start = (bytes[place...].firstIndex(of: 0x0A) ?? bytes.count) + 1
        }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { kept.append(0x0A) }
            kept.append(contentsOf: line.dropFirst(least))
        }
        bytes = kept
    }

    /// From `class="language-swift"` and its relatives on the element, its only child, or what stands around it.
    private static func language(of node: HTMLNode) -> String? {
        var places = [node]
        let children = node.children
        for index in 0..<min(children.count, 4) {
            if let child = children[index], child.isElement, child.tag == GUMBO_TAG_CODE { places.append(child) }
        }
        var around = node
        for _ in 0..<3 {
            guard let parent = HTMLNode(around.pointer.pointee.parent), parent.isElement, parent.tag != GUMBO_TAG_BODY else { break }
            places.append(parent)
            around = parent
        }
        for place in places where place.hasAttributes {
            if let name = place.attribute("data-lang") ?? place.attribute("data-language"), let language = checked(name) { return language }
            if let classes = place.attribute("class"), let language = language(inClasses: classes) { return language }
        }
        return nil
    }

    private static func language(inClasses classes: ByteSlice) -> String? {
        let prefixes: [StaticString] = ["language-", "lang-", "highlight-source-", "brush:", "sourcecode-", "highlight-"]
        var afterBrush = false
        var afterHighlighter = false
        for part in classes.split(whereSeparator: { ByteSlice.isSpace($0) || $0 == UInt8(ascii: ";") }) {
            let part = ByteSlice(rebasing: part)
            if afterBrush { return checked(part) }
            // highlight.js puts the bare name behind its own.
            if part.isKeyword("hljs") { afterHighlighter = true }
            for prefix in prefixes where part.hasKeyword(prefix) {
                let name = part[slice: prefix.utf8CodeUnitCount..<part.count]
                if name.isEmpty { afterBrush = true } else if let language = checked(name) { return language }
            }
            if afterHighlighter, !part.isKeyword("hljs") { return checked(part) }
        }
        return nil
    }

    private static func checked(_ name: ByteSlice) -> String? {
        let isPlain = name.allSatisfy { byte in
            ByteSlice.isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#")
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        guard isPlain, !name.isEmpty, name.count <= 32 else { return nil }
        let none: [StaticString] = ["default", "none", "plain", "plaintext", "text", "nohighlight", "undefined", "notranslate", "copyable"]
        return none.contains { name.isKeyword($0) } ? nil : String(decoding: name.map { ByteSlice.lower($0) }, as: UTF8.self)
    }
}
