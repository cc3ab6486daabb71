// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// LaTeX on its way to blocks: a text is run into the paragraph at hand; arguments and bodies are run apart.
final class TeXWalk {
    var blocks: [Block] = []
    var notes: [Note] = []
    var metadata = Metadata()
    var diagnostics: Diagnostics
    var macros = TeXMacros()
    var title: [Inline] = []
    let labels: LabelLanguage
    let hasChapters: Bool
    private var inlines: [Inline] = []
    private var plain: [UInt8] = []
    /// Running text of an argument: paragraphs do not end in it.
    private var isInline = false
    /// Bytes and runs that expansions may still cost.
    private var budget = 4_000_000
    /// Bytes that searches without success may still look at.
    private var patience = 2_000_000
    static let deepest = 64

    init(diagnostics: Diagnostics, labels: LabelLanguage, hasChapters: Bool) {
        self.labels = labels
        self.diagnostics = diagnostics
        self.hasChapters = hasChapters
    }

    func preamble(_ text: Line) {
        run(text, depth: 0)
        plain = []
        inlines = []
        blocks = []
    }

    /// Runs a text of the document, or one that a command stands for.
    func run(_ text: Line, depth: Int) {
        guard depth < Self.deepest else { return add(text: Array(text)) }
        var scan = TeXScan(text)
        while let byte = scan.peek {
            switch byte {
            case UInt8(ascii: "\\"): command(&scan, depth)
            case UInt8(ascii: "%"): scan.skipComment()
            case UInt8(ascii: "{"):
                let group = scan.group()
                run(group, depth: depth + 1)
            case UInt8(ascii: "}"): scan.at += 1
            case UInt8(ascii: "$"): formula(&scan)
            case UInt8(ascii: "~"):
                add(byte: 0x20)
                scan.at += 1
            case UInt8(ascii: "&"):
                add(byte: 0x20)
                scan.at += 1
            case 0x0A, 0x20, 0x09:
                if scan.skipSpace() > 1 { flush() } else { add(byte: 0x20) }
            case UInt8(ascii: "`"), UInt8(ascii: "'"), UInt8(ascii: "-"): ligature(&scan)
            default:
                add(byte: byte)
                scan.at += 1
            }
        }
    }

    private func ligature(_ scan: inout TeXScan) {
        let mark = scan.peek ?? 0
        let count = scan.rest.prefix(3).prefix { $0 == mark }.count
        switch (mark, count) {
        case (UInt8(ascii: "-"), 3): add("—")
        case (UInt8(ascii: "-"), 2): add("–")
        case (UInt8(ascii: "`"), 2...): add("“")
        case (UInt8(ascii: "'"), 2...): add("”")
        case (UInt8(ascii: "`"), _): add("‘")
        case (UInt8(ascii: "'"), _): add("’")
        default: add(byte: mark)
        }
        scan.at += mark == UInt8(ascii: "-") ? count : min(count, 2)
    }

    private func formula(_ scan: inout TeXScan) {
        let isDisplay = scan.rest.hasPrefix("$$")
        let mark = isDisplay ? 2 : 1
        var at = scan.at + mark
        let text = scan.text
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "\\") { at += 2; continue }
            if text[at] == UInt8(ascii: "$") { break }
            at += 1
        }
        guard at < text.endIndex else {
            add(byte: UInt8(ascii: "$"))
            scan.at += 1
            return
        }
        let body = text[(scan.at + mark)..<at]
        scan.at = min(text.endIndex, at + mark)
        if isDisplay { display(body) } else { add(.math(self.math(body))) }
    }

    /// A formula without labels and comments, the text's own commands expanded.
    func math(_ body: Line) -> String {
        var scan = TeXScan(macros.expanded(body, &budget))
        var out: [UInt8] = []
        while let byte = scan.peek {
            if byte == UInt8(ascii: "%") { scan.skipComment(); continue }
            if byte == UInt8(ascii: "\\") {
                if scan.rest.hasPrefix("\\label{") || scan.rest.hasPrefix("\\nonumber") || scan.rest.hasPrefix("\\notag") {
                    _ = scan.name()
                    if scan.peek == UInt8(ascii: "{") { _ = scan.group() }
                    continue
                }
                out.append(byte)
                scan.at += 1
                if let next = scan.peek {
                    out.append(next)
                    scan.at += 1
                }
                continue
            }
            out.append(byte)
            scan.at += 1
        }
        return out[...].trimmed.text.split(separator: "\n").map { $0.utf8.allSatisfy { $0 == 0x20 } ? "" : String($0) }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    func display(_ body: Line) {
        let formula = math(body)
        guard !formula.isEmpty else { return }
        if isInline { return add(.math(formula)) }
        flush()
        blocks.append(.math(formula))
    }

    /// Expands one of the text's own commands; false when it is none or the bounds are reached.
    func expand(_ name: String, _ scan: inout TeXScan, _ depth: Int) -> Bool {
        guard let macro = macros[name] else { return false }
        let body = macro.body(with: &scan)
        budget -= body.count + 100
        guard budget > 0 else {
            diagnostics.report("macros-not-expanded", "commands of the text's own grew too large and were left out")
            return true
        }
        run(body[...], depth: depth + 1)
        return true
    }

    /// Where a formula ends; no more searches once too many found nothing.
    func find(_ end: StaticString, in scan: TeXScan) -> Int? {
        guard patience > 0 else { return nil }
        let place = scan.rest.first(end)
        if place == nil { patience -= scan.rest.count }
        return place
    }

    // What is gathered.

    func add(_ text: String) { plain += text.utf8 }
    func add(text: [UInt8]) { plain += text }

    func add(byte: UInt8) {
        if byte == 0x20, plain.last == 0x20 || plain.isEmpty && inlines.isEmpty { return }
        plain.append(byte)
    }

    /// Takes white space at the end back.
    func trim() { while plain.last == 0x20 { plain.removeLast() } }

    func add(_ inline: Inline) {
        take()
        inlines.append(inline)
    }

    private func take() {
        if !plain.isEmpty { inlines.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain = []
    }

    /// Ends the paragraph; within an argument it is a space.
    func flush() {
        if isInline { return add(byte: 0x20) }
        trim()
        take()
        while inlines.last == .lineBreak { inlines.removeLast() }
        let content = InlineText.tidy(inlines)
        inlines = []
        if content.contains(where: { if case .text(let text) = $0 { !text.allSatisfy(\.isWhitespace) } else { true } }) { blocks.append(.paragraph(content)) }
    }

    func append(_ block: Block) {
        flush()
        blocks.append(block)
    }

    /// An argument as running text.
    func inline(_ text: Line, depth: Int) -> [Inline] {
        let outer = (inlines, plain, isInline)
        (inlines, plain, isInline) = ([], [], true)
        run(text, depth: depth + 1)
        trim()
        take()
        let content = InlineText.tidy(inlines)
        (inlines, plain, isInline) = outer
        return content
    }

    /// A body as blocks.
    func inner(_ text: Line, depth: Int) -> [Block] {
        let outer = (inlines, plain, isInline, blocks)
        (inlines, plain, isInline, blocks) = ([], [], false, [])
        run(text, depth: depth + 1)
        flush()
        let content = blocks
        (inlines, plain, isInline, blocks) = outer
        return content
    }
}
