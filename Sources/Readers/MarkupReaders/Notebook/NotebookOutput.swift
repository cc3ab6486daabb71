// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

// What a cell gave: one kind of each output is shown, the one that says most in a text.

extension NotebookWalk {
    mutating func add(output: JSONValue) {
        switch output["output_type"].text {
        case "stream": code(TerminalText.plain(output["text"].joined ?? []), nil)
        case "error", "pyerr": error(output)
        default:
            // nbformat 3 has the kinds beside the output's type.
            let bundle = output["data"].isNull ? output : output["data"]
            show(bundle)
        }
    }

    private mutating func error(_ output: JSONValue) {
        let lines = output["traceback"].items.compactMap(\.joined)
        var text = Array(lines.joined(separator: [0x0A]))
        if text.isEmpty { text = Array("\(output["ename"].text ?? ""): \(output["evalue"].text ?? "")".utf8) }
        code(TerminalText.plain(text), nil)
    }

    private mutating func show(_ bundle: JSONValue) {
        let plain = (bundle["text/plain"].joined ?? bundle["text"].joined).map(TerminalText.plain)
        if let text = bundle["text/markdown"].joined {
            return append(MarkdownText.document(text, limits: limits, &diagnostics, prefix: "output\(document.blocks.count)-"))
        }
        if let text = bundle["text/latex"].joined ?? bundle["latex"].joined, formula(text) { return }
        if let id = picture(in: bundle) {
            return document.blocks.append(.paragraph([.image(Image(.media(id), alternative: ""))]))
        }
        if let text = bundle["text/html"].joined ?? bundle["html"].joined {
            let page = MarkupText.html(text[...], limits: limits, &diagnostics)
            if !page.blocks.isEmpty, Self.isWorthMore(page, than: plain) { return append(page) }
        }
        if let plain, !plain.isEmpty { return code(plain, nil) }
        if let value = bundle["application/json"].joined { return code(value, "json") }
        if let text = bundle["application/javascript"].joined, !text.isEmpty {
            return diagnostics.report("output-not-shown", "outputs of kind application/javascript were left out")
        }
        if let kind = bundle.members.first(where: { $0.key.contains("/") })?.key {
            diagnostics.report("output-not-shown", "outputs of kind \(kind.prefix(80)) were left out")
        }
    }

    /// Rich output has its text beside it; the page is better where it has structure, or where the text only names an object.
    private static func isWorthMore(_ page: Document, than plain: [UInt8]?) -> Bool {
        guard let plain = plain?[...].trimmed, !plain.isEmpty else { return true }
        if plain.first == UInt8(ascii: "<"), plain.last == UInt8(ascii: ">") { return true }
        return page.blocks.contains { block in
            switch block {
            case .table, .list, .heading, .definitions: true
            default: false
            }
        }
    }

    /// Shows LaTeX between dollar signs or in an environment as a formula.
    private mutating func formula(_ text: [UInt8]) -> Bool {
        var line = text[...].trimmed
        if line.hasPrefix("$\\displaystyle "), line.last == UInt8(ascii: "$") {
            line = line.dropFirst("$\\displaystyle ".utf8.count).dropLast()
        } else if line.hasPrefix("$$"), line.hasSuffix("$$"), line.count > 4 {
            line = line.dropFirst(2).dropLast(2)
        } else if line.first == UInt8(ascii: "$"), line.last == UInt8(ascii: "$"), line.count > 2 {
            line = line.dropFirst().dropLast()
        } else if !line.hasPrefix("\\begin{") || line.hasPrefix("\\begin{tabular}") {
            return false
        }
        document.blocks.append(.math(line.trimmed.text))
        return true
    }
}

/// Text as a terminal would show it.
enum TerminalText {
    /// Without escape sequences (ECMA-48, 5.4), and of each line only what stands after its last carriage return.
    static func plain(_ text: [UInt8]) -> [UInt8] {
        guard text.contains(where: { $0 == 0x1B || $0 == 0x0D || $0 == 0x08 }) else { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var lineStart = 0
        var at = 0
        while at < text.count {
            let byte = text[at]
            at += 1
            switch byte {
            case 0x1B: at = end(ofSequence: text, at)
            case 0x0D:
                // A progress bar writes its line again and again.
                let isLineEnd = at >= text.count || text[at] == 0x0A || text[at] == 0x0D
                if !isLineEnd { out.removeLast(out.count - lineStart) }
            case 0x08: if out.count > lineStart { out.removeLast() }
            default:
                out.append(byte)
                if byte == 0x0A { lineStart = out.count }
            }
        }
        return out
    }

    private static func end(ofSequence text: [UInt8], _ start: Int) -> Int {
        guard start < text.count else { return start }
        var at = start + 1
        switch text[start] {
        case UInt8(ascii: "["):
            while at < text.count, text[at] >= 0x20, text[at] < 0x40 { at += 1 }
            return min(at + 1, text.count)
        case UInt8(ascii: "]"):
            // An operating system command ends with BEL or ESC \.
            while at < text.count, text[at] != 0x07, text[at] != 0x1B, text[at] != 0x0A { at += 1 }
            if at < text.count, text[at] == 0x1B { at += 1 }
            return min(at + 1, text.count)
        case UInt8(ascii: "("), UInt8(ascii: ")"): return min(start + 2, text.count)
        default: return at
        }
    }
}
