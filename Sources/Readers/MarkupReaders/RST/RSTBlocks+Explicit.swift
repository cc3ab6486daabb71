// SPDX-License-Identifier: Apache-2.0
import DocumentTree

// What two dots begin: directives, notes, targets, substitutions, comments.

extension RSTBlocks {
    mutating func explicit(_ line: Line) -> Bool {
        if line.hasPrefix("__ ") {
            at += 1
            return true
        }
        guard line.hasPrefix(".. ") || line.trimmed.equals("..") else { return false }
        let first = line.dropFirst(2).trimmed
        // An empty comment ends what came before it; what is indented behind a blank line is no part of it.
        if first.isEmpty, at + 1 == lines.count || lines[at + 1].isBlank {
            at += 1
            return true
        }
        let (rest, _) = indented(from: at + 1)
        if first.first == UInt8(ascii: "["), let close = first.firstIndex(of: UInt8(ascii: "]")) {
            note(first[(first.startIndex + 1)..<close], [first[(close + 1)...].trimmed] + rest)
        } else if first.first == UInt8(ascii: "_") || first.first == UInt8(ascii: "|") || first.isEmpty {
            return true
        } else if let mark = first.first("::"), Self.isName(first[..<mark]), mark + 2 == first.endIndex || first[mark + 2] == 0x20 {
            var argument = first[(mark + 2)...].trimmed
            var body = rest[...]
            // An address goes on up to a blank line or the options; a body alone begins right below.
            while isArgumentBelow(first[..<mark].text.lowercased()), let next = body.first, !next.isBlank, RSTField(next) == nil {
                argument = Array(argument + next.trimmed)[...]
                body = body.dropFirst()
            }
            directive(RSTDirective(name: first[..<mark].text, argument: argument, body: body))
        }
        return true
    }

    private func isArgumentBelow(_ name: String) -> Bool { ["image", "figure", "include"].contains(name) }

    private static func isName(_ text: Line) -> Bool {
        !text.isEmpty && text.allSatisfy { Letters.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ".") }
    }

    private func note(_ label: Line, _ body: [Line]) {
        let content = inner(body)
        guard !content.isEmpty else { return }
        parsing.notes.append(Note(id: id(label), blocks: content))
    }

    private func id(_ label: Line) -> NoteID { parsing.noteID(label.text, isReference: false) }
}

/// A directive taken apart.
struct RSTDirective {
    let name: String
    let argument: Line
    private(set) var options: [String: Line] = [:]
    /// The further lines of options, as they stand.
    private var furtherLines: [String: [Line]] = [:]
    /// Lines behind the options, without their indentation.
    private(set) var content: [Line] = []

    init(name: String, argument: Line, body: ArraySlice<Line>) {
        self.name = name.lowercased()
        self.argument = argument
        var body = body
        // Options stand right below, before the first blank line.
        var last = ""
        while let line = body.first, !line.isBlank {
            if let field = RSTField(line) {
                last = field.name.text.lowercased()
                options[last] = field.value
            } else if line.first == 0x20, !last.isEmpty {
                options[last] = Array((options[last] ?? []) + [0x20] + line.trimmed)[...]
                furtherLines[last, default: []].append(line)
            } else {
                break
            }
            body = body.dropFirst()
        }
        while body.first?.isBlank == true { body = body.dropFirst() }
        content = Array(body)
    }

    /// An option's value with its line ends.
    func text(of option: String) -> Line? {
        guard let value = options[option] else { return nil }
        guard let further = furtherLines[option] else { return value }
        // What has been joined to the first line by spaces.
        let joined = further.reduce(0) { $0 + 1 + $1.trimmed.count }
        return Array(([value.dropLast(joined)] + RSTCell.dedented(further)).joined(separator: [0x0A]))[...]
    }
}
