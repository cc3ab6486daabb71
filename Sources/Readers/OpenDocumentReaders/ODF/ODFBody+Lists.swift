// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// A list while its items come: neighbours that count on are one list, anything else ends it.
struct ODFListRows {
    /// What stands before the first item: lists of lower levels, which belong to the list before this one.
    private(set) var leading: [Block] = []
    private var blocks: [Block] = []
    private var open: List?
    private var next: Int?

    /// `number` is nil for bullets.
    mutating func add(_ item: [Block], number: Int?) {
        if open == nil || next != number {
            close()
            open = List(number.map { .ordered(start: $0) } ?? .bullet, items: [])
        }
        // An item that begins with a task is that task.
        if case .list(let tasks)? = item.first, tasks.items.count == 1, let task = tasks.items.first, task.checked != nil {
            open?.items.append(ListItem(task.blocks + item.dropFirst(), checked: task.checked))
        } else {
            open?.items.append(ListItem(item))
        }
        next = number.map { $0 &+ 1 }
    }

    /// Blocks below the last item; on their own where there is none.
    mutating func attach(_ more: [Block]) {
        guard let list = open, !list.items.isEmpty else {
            if blocks.isEmpty { leading += more } else { add(plain: more) }
            return
        }
        open?.items[list.items.count - 1].blocks += more
    }

    mutating func add(plain more: [Block]) {
        guard !more.isEmpty else { return }
        close()
        blocks += more
    }

    private mutating func close() {
        if let open { blocks.append(.list(open)) }
        open = nil
        next = nil
    }

    func finish() -> [Block] { open.map { blocks + [.list($0)] } ?? blocks }
}

extension ODFBody {
    /// A list (5.3) with the lists in it; headings that are its items stand on their own.
    func list(_ element: XMLElement, _ out: inout [Block]) {
        let name = element.attribute(.text_styleName) ?? firstStyle(element) ?? ""
        var counts = numbering.begin(element, style: name)
        let rows = rows(element, name, 1, &counts)
        numbering.end(counts, element.attribute(.xml_id) ?? element.attribute(.text_id), style: name)
        if !rows.leading.isEmpty, case .list(var before)? = out.last, let last = before.items.indices.last {
            before.items[last].blocks += rows.leading
            out[out.count - 1] = .list(before)
        } else {
            out += rows.leading
        }
        out += rows.finish()
    }

    /// A list without a style of its own takes that of its first paragraph.
    private func firstStyle(_ element: XMLElement) -> String? {
        for item in element.children {
            for child in item.children where child.known == .text_p || child.known == .text_h {
                return document.styles.style("paragraph", child.attribute(.text_styleName)).list
            }
        }
        return nil
    }

    private func rows(_ element: XMLElement, _ name: String, _ level: Int, _ counts: inout ODFNumbering.Counts) -> ODFListRows {
        let style = document.styles.lists[name]
        let format = style?[level] ?? ODFListStyle.Level()
        var rows = ODFListRows()
        for child in element.children {
            switch child.known {
            case .text_listHeader: rows.attach(content(child, name, level, &counts))
            case .text_listItem:
                let first = child.children.first { $0.known != .text_softPageBreak && $0.known != .text_number }
                guard let first, first.known != .text_list else {
                    // An item that only holds a list is that list, below the item before it.
                    rows.attach(content(child, name, level, &counts))
                    continue
                }
                let start = child.has(.text_startValue) ? child.count(.text_startValue, most: 1_000_000_000) : nil
                let number = ODFNumbering.count(&counts, level, start: start, usual: format.start)
                let label = format.kind == .number ? style?.label(level, counts.enumerated().map { $1 ?? style?[$0 + 1]?.start ?? 1 }) ?? "" : ""
                var blocks = content(child, name, level, &counts)
                if case .heading(let depth, let text)? = blocks.first {
                    let shown = label.last == "." ? String(label.dropLast()) : label
                    blocks[0] = .heading(level: depth, shown.isEmpty ? text : [.text(shown + " ")] + text)
                    rows.add(plain: blocks)
                } else if format.kind == .none {
                    rows.add(plain: blocks)
                } else if blocks.isEmpty {
                    continue
                } else if format.kind == .number, format.shown > 1, !label.isEmpty {
                    // Markdown cannot count 1.1: the label is text.
                    if case .paragraph(let text)? = blocks.first { blocks[0] = .paragraph([.text(label + " ")] + text) }
                    rows.add(blocks, number: nil)
                } else {
                    rows.add(blocks, number: format.kind == .number ? number : nil)
                }
            default: continue
            }
        }
        return rows
    }

    private func content(_ item: XMLElement, _ name: String, _ level: Int, _ counts: inout ODFNumbering.Counts) -> [Block] {
        var out: [Block] = []
        for child in item.children {
            guard child.known == .text_list else {
                block(child, &out)
                continue
            }
            if !child.isTrue(.text_continueNumbering) { for below in min(level, 10)..<10 { counts[below] = nil } }
            let rows = rows(child, child.attribute(.text_styleName) ?? name, level + 1, &counts)
            out += rows.leading + rows.finish()
        }
        return Blocks.joined(out)
    }

    /// A paragraph that is an item by itself (5.3.6).
    func numbered(_ element: XMLElement) -> [Block] {
        let level = max(1, element.count(.text_level, usual: 1, most: 10))
        let name = element.attribute(.text_styleName) ?? ""
        let style = document.styles.lists[name]
        let format = style?[level] ?? ODFListStyle.Level()
        var counts = numbering.begin(element, style: name)
        let start = element.has(.text_startValue) ? element.count(.text_startValue, most: 1_000_000_000) : nil
        let number = ODFNumbering.count(&counts, level, start: start, usual: format.start)
        numbering.end(counts, element.attribute(.text_listId), style: name)
        var out: [Block] = []
        walk(element, &out)
        if case .heading? = out.first { return out }
        guard !out.isEmpty, format.kind != .none else { return out }
        return [.list(List(format.kind == .number ? .ordered(start: number) : .bullet, items: [ListItem(out)]))]
    }
}
