// SPDX-License-Identifier: Apache-2.0

/// Goes through XML (1.0, fifth edition) without building it: no recursion, no entities but the five and numbers, nothing fetched.
///
/// Faults are remembered and stepped over; the caller has the text anyway.
struct XMLScan {
    enum Event {
        /// The name without its prefix, and what stands behind it in the tag.
        case start(name: Slice, attributes: Slice)
        case end(name: Slice)
        case text(Slice, isLiteral: Bool)
        case finished
    }
    typealias Slice = Swift.Slice<UnsafeBufferPointer<UInt8>>

    private let text: UnsafeBufferPointer<UInt8>
    private let mostDepth: Int
    private(set) var at = 0
    /// The offset of the first fault.
    private(set) var fault: Int?
    private(set) var isTooDeep = false
    /// Entities that the document declares, and whether any of them holds several others, as bombs do; another name for one is none.
    private(set) var entities = 0
    private(set) var hasNestedEntities = false
    private var open: [Slice] = []
    private var pendingEnd: Slice?
    private var hasRoot = false

    init(_ text: UnsafeBufferPointer<UInt8>, mostDepth: Int) {
        self.text = text
        self.mostDepth = mostDepth
    }

    mutating func next() -> Event {
        if let name = pendingEnd {
            pendingEnd = nil
            return .end(name: name)
        }
        while at < text.count {
            if text[at] != UInt8(ascii: "<") {
                let start = at
                at = text[at...].firstIndex(of: UInt8(ascii: "<")) ?? text.count
                if open.isEmpty {
                    if text[start..<at].contains(where: { $0 > 0x20 }) { mark(start) }
                    continue
                }
                return .text(text[start..<at], isLiteral: false)
            }
            if starts("<!--") {
                skip(behind: "-->")
            } else if starts("<![CDATA[") {
                let start = at + 9
                skip(behind: "]]>")
                if !open.isEmpty, at >= start + 3 { return .text(text[start..<(at - 3)], isLiteral: true) }
            } else if starts("<?") {
                skip(behind: "?>")
            } else if starts("<!") {
                declaration()
            } else if starts("</") {
                if let event = endTag() { return event }
            } else {
                return startTag()
            }
        }
        if !open.isEmpty || !hasRoot { mark(text.count) }
        return .finished
    }

    private mutating func mark(_ place: Int) { if fault == nil { fault = min(place, text.count) } }

    private func starts(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard at + count <= text.count else { return false }
        for offset in 0..<count where text[at + offset] != word.utf8Start[offset] { return false }
        return true
    }

    private mutating func skip(behind end: StaticString) {
        let start = at
        at += 2
        while at < text.count {
            if text[at] == end.utf8Start[0], starts(end) {
                at += end.utf8CodeUnitCount
                return
            }
            at += 1
        }
        mark(start)
    }

    private func local(_ name: Slice) -> Slice {
        guard let colon = name.firstIndex(of: UInt8(ascii: ":")) else { return name }
        return name[(colon + 1)...]
    }

    private func isNameEnd(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") }

    private mutating func startTag() -> Event {
        let start = at
        let name = text[(at + 1)...].prefix { !isNameEnd($0) }
        if name.isEmpty || name.contains(UInt8(ascii: "<")) { mark(start) }
        at = name.endIndex
        var quote: UInt8 = 0
        while at < text.count {
            let byte = text[at]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            at += 1
        }
        if at == text.count { mark(start) }
        let isEmpty = at > name.endIndex && text[at - 1] == UInt8(ascii: "/")
        let attributes = text[name.endIndex..<(isEmpty ? at - 1 : at)]
        at = min(at + 1, text.count)
        if open.isEmpty, hasRoot { mark(start) }
        hasRoot = true
        if isEmpty {
            pendingEnd = local(name)
        } else {
            open.append(name)
            if open.count > mostDepth { isTooDeep = true }
        }
        return .start(name: local(name), attributes: attributes)
    }

    private mutating func endTag() -> Event? {
        let start = at
        let name = text[(at + 2)...].prefix { !isNameEnd($0) }
        at = text[name.endIndex...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? text.count
        guard let last = open.last, last.elementsEqual(name) else {
            mark(start)
            return nil
        }
        open.removeLast()
        return .end(name: local(name))
    }

    /// A DOCTYPE with its internal subset: entities are counted, never kept.
    private mutating func declaration() {
        let start = at
        var depth = 0
        var quote: UInt8 = 0
        var references = 0
        while at < text.count {
            let byte = text[at]
            if quote != 0 {
                if byte == quote { quote = 0 }
                if byte == UInt8(ascii: "&"), entities > 0, at + 1 < text.count, text[at + 1] != UInt8(ascii: "#") {
                    references += 1
                    if references > 1 { hasNestedEntities = true }
                }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
                references = 0
            } else if byte == UInt8(ascii: "<") {
                if starts("<!--") {
                    skip(behind: "-->")
                    continue
                }
                if starts("<!ENTITY") { entities += 1 }
                depth += 1
            } else if byte == UInt8(ascii: ">") {
                depth -= 1
                if depth == 0 {
                    at += 1
                    return
                }
            }
            at += 1
        }
        mark(start)
    }
}
