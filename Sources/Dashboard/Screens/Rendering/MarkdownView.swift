// SPDX-License-Identifier: Apache-2.0

/// GitHub-flavoured Markdown as a page shows it.
///
/// Nothing of a document becomes markup of its own: tables in HTML are written anew (`HTMLView`), other raw HTML is shown as the text
/// that it is, pictures are those of the result alone, and a link leads only to `http`, `https` or `mailto`. Each line is looked at once for each level it is nested in, at most twelve.
struct MarkdownView {
    private static let deepest = 12
    private let pictures: Pictures
    private var html: Markup = ""

    static func render(_ text: String, _ pictures: Pictures = Pictures()) -> Markup {
        var view = MarkdownView(pictures: pictures)
        view.blocks(text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.hasSuffix("\r") ? $0.dropLast() : $0 }[...], 0)
        return view.html
    }

    private init(pictures: Pictures) { self.pictures = pictures }

    private typealias Lines = ArraySlice<Substring>

    private mutating func blocks(_ all: Lines, _ depth: Int) {
        var lines = all
        while let line = lines.first {
            let bare = line.drop { $0 == " " || $0 == "\t" }
            if bare.isEmpty {
                lines = lines.dropFirst()
            } else if let fence = Self.fence(bare) {
                code(fence, &lines)
            } else if let (level, words) = Self.heading(bare) {
                lines = lines.dropFirst()
                html += Self.heading(level, InlineView.render(words, pictures))
            } else if Self.isRule(bare) {
                lines = lines.dropFirst()
                html += "<hr>"
            } else if bare.first == ">", depth < Self.deepest {
                quote(&lines, depth)
            } else if Self.marker(line) != nil, depth < Self.deepest {
                list(&lines, depth)
            } else if bare.first == "|", let second = lines.dropFirst().first, TableRow.isDelimiter(second) {
                table(&lines)
            } else if bare.hasPrefix("<table") {
                table(inHTML: &lines)
            } else if let page = Self.pageMark(bare) {
                lines = lines.dropFirst()
                html += #"<p class="quiet small">Page \#(page)</p>"#
            } else {
                paragraph(&lines)
            }
        }
    }

    /// `<!-- page 3 -->` or `<!-- page 4 (iv) -->`, as `--page-markers` writes it: number and label.
    private static func pageMark(_ line: Substring) -> String? {
        guard line.hasPrefix("<!-- page "), line.hasSuffix(" -->") else { return nil }
        let mark = line.dropFirst(10).dropLast(4)
        let label = mark.drop { $0.isASCII && $0.isNumber }
        return label.count < mark.count && (label.isEmpty || label.hasPrefix(" (") && label.hasSuffix(")")) ? String(mark) : nil
    }

    /// A table whose cells span is written in HTML: up to the line where as many tables have ended as began.
    private mutating func table(inHTML lines: inout Lines) {
        var text = "", depth = 0
        while let line = lines.popFirst() {
            text += line + "\n"
            depth += line.ranges(of: "<table").count - line.ranges(of: "</table").count
            if depth <= 0 { break }
        }
        html += HTMLView.render(text, pictures)
    }

    private static func heading(_ level: Int, _ words: Markup) -> Markup {
        switch level {
        case 1: "<h1>\(words)</h1>"
        case 2: "<h2>\(words)</h2>"
        case 3: "<h3>\(words)</h3>"
        case 4: "<h4>\(words)</h4>"
        case 5: "<h5>\(words)</h5>"
        default: "<h6>\(words)</h6>"
        }
    }

    private static func heading(_ line: Substring) -> (Int, Substring)? {
        let marks = line.prefix { $0 == "#" }
        let rest = line.dropFirst(marks.count)
        guard (1...6).contains(marks.count), rest.isEmpty || rest.first == " " else { return nil }
        return (marks.count, rest.drop { $0 == " " })
    }

    private static func isRule(_ line: Substring) -> Bool {
        guard let first = line.first, "-*_".contains(first) else { return false }
        return line.filter { $0 != " " }.count >= 3 && line.allSatisfy { $0 == first || $0 == " " }
    }

    private static func fence(_ line: Substring) -> Substring? {
        guard let first = line.first, first == "`" || first == "~" else { return nil }
        let run = line.prefix { $0 == first }
        return run.count >= 3 && (first == "~" || !line.dropFirst(run.count).contains("`")) ? run : nil
    }

    private mutating func code(_ fence: Substring, _ lines: inout Lines) {
        lines = lines.dropFirst()
        var text = ""
        while let line = lines.popFirst() {
            let bare = line.drop { $0 == " " }
            if bare.hasPrefix(fence), bare.allSatisfy({ $0 == fence.first || $0 == " " }) { break }
            text += line + "\n"
        }
        html += "<pre><code>\(text)</code></pre>"
    }

    private mutating func quote(_ lines: inout Lines, _ depth: Int) {
        var inner: [Substring] = []
        while let line = lines.first {
            let bare = line.drop { $0 == " " }
            guard bare.first == ">" else { break }
            let rest = bare.dropFirst()
            inner.append(rest.first == " " ? rest.dropFirst() : rest)
            lines = lines.dropFirst()
        }
        html += "<blockquote>"
        blocks(inner[...], depth + 1)
        html += "</blockquote>"
    }

    /// A list item's marker: how far its text is indented, and its number if it has one.
    private static func marker(_ line: Substring) -> (indent: Int, number: Int?)? {
        let spaces = line.prefix { $0 == " " }.count
        let bare = line.dropFirst(spaces)
        guard let first = bare.first else { return nil }
        if "-*+".contains(first) {
            let rest = bare.dropFirst()
            return rest.isEmpty || rest.first == " " ? (spaces + 2, nil) : nil
        }
        let digits = bare.prefix { $0.isASCII && $0.isNumber }
        guard (1...9).contains(digits.count), let number = Int(digits) else { return nil }
        let rest = bare.dropFirst(digits.count)
        guard let dot = rest.first, dot == "." || dot == ")", rest.dropFirst().isEmpty || rest.dropFirst().first == " " else { return nil }
        return (spaces + digits.count + 2, number)
    }

    /// A list may follow a line of a paragraph at once, but a year at the start of a line begins none.
    private static func interrupts(_ line: Substring) -> Bool {
        guard let marker = marker(line), line.count > 2 else { return false }
        return marker.number ?? 1 == 1
    }

    private mutating func list(_ lines: inout Lines, _ depth: Int) {
        guard let first = lines.first, let kind = Self.marker(first) else { return }
        let ordered = kind.number != nil
        html += ordered ? #"<ol start="\#(kind.number ?? 1)">"# : "<ul>"
        while let line = lines.first, let marker = Self.marker(line), (marker.number != nil) == ordered, !Self.isRule(line) {
            var inner: [Substring] = [line.dropFirst(marker.indent)]
            lines = lines.dropFirst()
            while let next = lines.first {
                let bare = next.drop { $0 == " " }
                let indent = next.count - bare.count
                if bare.isEmpty {
                    // A blank line belongs to the item only when what follows is indented into it.
                    guard let after = lines.dropFirst().first, after.prefix(while: { $0 == " " }).count >= marker.indent else { break }
                    inner.append("")
                } else if indent >= marker.indent {
                    inner.append(next.dropFirst(marker.indent))
                } else {
                    break
                }
                lines = lines.dropFirst()
            }
            html += "<li>"
            blocks(inner[...], depth + 1)
            html += "</li>"
            while let blank = lines.first, blank.allSatisfy({ $0 == " " }), let after = lines.dropFirst().first, let next = Self.marker(after), (next.number != nil) == ordered {
                lines = lines.dropFirst()
            }
        }
        html += ordered ? "</ol>" : "</ul>"
    }

    private mutating func table(_ lines: inout Lines) {
        html += #"<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead>"#
        let sides = lines.dropFirst().first.map { TableRow.cells($0).map(TableRow.isRightBound) } ?? []
        var row = 0
        while let line = lines.first, line.drop(while: { $0 == " " }).first == "|" {
            lines = lines.dropFirst()
            row += 1
            if row == 2 {
                html += "</thead><tbody>"
                continue
            }
            html += "<tr>"
            for (column, cell) in TableRow.cells(line).enumerated() {
                let words = InlineView.render(cell, pictures)
                let side: Markup = column < sides.count && sides[column] ? #" class="number""# : ""
                html += row == 1 ? "<th\(side)>\(words)</th>" : "<td\(side)>\(words)</td>"
            }
            html += "</tr>"
        }
        html += row > 1 ? "</tbody></table></div>" : "</thead></table></div>"
    }

    private mutating func paragraph(_ lines: inout Lines) {
        var text = ""
        while let line = lines.first {
            let bare = line.drop { $0 == " " || $0 == "\t" }
            if bare.isEmpty || !text.isEmpty && (Self.fence(bare) != nil || Self.heading(bare) != nil || bare.first == ">" || bare.first == "|" || Self.interrupts(bare)) { break }
            if !text.isEmpty { text += "\n" }
            text += bare
            lines = lines.dropFirst()
        }
        html += "<p>\(InlineView.render(text[...], pictures))</p>"
    }
}

/// A line of a table, cut at the bars that no backslash stands before.
private enum TableRow {
    static func isDelimiter(_ line: Substring) -> Bool {
        line.contains("-") && line.contains("|") && line.allSatisfy { "|-: ".contains($0) }
    }

    /// `---:`, the side of numbers.
    static func isRightBound(_ cell: Substring) -> Bool {
        let bare = cell.filter { $0 != " " }
        return bare.hasSuffix(":") && !bare.hasPrefix(":")
    }

    static func cells(_ line: Substring) -> [Substring] {
        var cells: [Substring] = []
        var start = line.startIndex, place = start
        var escaped = false
        while place < line.endIndex {
            let next = line.index(after: place)
            if line[place] == "|", !escaped {
                cells.append(line[start..<place])
                start = next
            }
            escaped = line[place] == "\\" && !escaped
            place = next
        }
        cells.append(line[start...])
        cells.removeFirst()
        if cells.last?.allSatisfy({ $0 == " " }) == true { cells.removeLast() }
        return cells.map { $0.drop { $0 == " " } }
    }
}
