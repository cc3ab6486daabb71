// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import Sheets
import XMLTree

/// Reads the rows of a worksheet's part (18.3.1.73, 18.3.1.4) piece by piece.
final class XLSXRows {
    private enum Kind { case number, shared, string, inline, truth, error }

    private let output: XLSXOutput
    private var row = -1
    private var column = -1
    private var isHidden = false
    private var isInRow = false
    private var isInCell = false
    private var kind = Kind.number
    private var style = 0
    /// Where text goes.
    private var tag = XLSXTag.other
    private var value: [UInt8] = []
    private var formula: [UInt8] = []
    private var hasFormula = false
    private var inline = XLSXText()
    private var cells: [SheetCell] = []

    init(_ output: XLSXOutput) { self.output = output }

    func read(_ piece: [UInt8]) throws(SinkError) {
        var failure: SinkError?
        piece.withUnsafeBufferPointer { buffer in
            do throws(SinkError) { try read(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(SinkError) {
        var tokens = XMLTokenizer(bytes)
        while true {
            switch tokens.next() {
            case .start: start(XLSXTag(tokens.current), tokens, isEmpty: false)
            case .emptyElement:
                let tag = XLSXTag(tokens.current)
                start(tag, tokens, isEmpty: true)
                if tag == .c { endCell() } else if tag == .row { try endRow() }
            case .end: try end(XLSXTag(tokens.current))
            case .text: if isInCell { text(tokens) }
            case .needsParser: return output.report("sheet-encoding", "a sheet of this size must be UTF-8")
            case .finished:
                if let fault = tokens.fault { output.report("xml-damaged", "a sheet's part \(fault)") }
                return
            }
        }
    }

    /// A row that the part ends in the middle of.
    func finish() throws(SinkError) {
        endCell()
        try endRow()
    }

    private func start(_ tag: XLSXTag, _ tokens: borrowing XMLTokenizer, isEmpty: Bool) {
        switch tag {
        case .c: startCell(tokens)
        case .v: self.tag = isEmpty ? .other : .v
        case .f:
            self.tag = isEmpty ? .other : .f
            hasFormula = isInCell
        case .row:
            isInRow = true
            isHidden = tokens.isTrue("hidden")
            column = -1
            startRow(tokens.number("r"))
        case .col: if tokens.isTrue("hidden"), let first = tokens.number("min"), let last = tokens.number("max") { output.hideColumns(first - 1, last - 1) }
        case .is: self.tag = isEmpty ? .other : .is
        default: if self.tag == .is { inline.start(tag, tokens, isEmpty: isEmpty) }
        }
    }

    private func startRow(_ number: Int?) {
        let index = number.map { $0 - 1 } ?? row + 1
        guard index > row else {
            output.report("rows-out-of-order", "rows that do not rise were read as the next ones")
            row += 1
            return
        }
        row = min(index, XLSXNumber.mostRows)
    }

    private func startCell(_ tokens: borrowing XMLTokenizer) {
        isInCell = true
        kind = .number
        style = 0
        hasFormula = false
        var next = column + 1
        for attribute in tokens.attributes where attribute.nameCount == 1 {
            let raw = tokens.slice(attribute.valueStart, attribute.valueCount)
            switch tokens.bytes[attribute.nameStart] {
            case UInt8(ascii: "r"): if let place = XLSXNumber.cell(raw).column { next = place }
            case UInt8(ascii: "s"): style = XLSXNumber.integer(raw) ?? 0
            case UInt8(ascii: "t"): kind = Self.kind(raw)
            default: continue
            }
        }
        column = next
    }

    private static func kind(_ raw: UnsafeBufferPointer<UInt8>) -> Kind {
        switch raw.first {
        case UInt8(ascii: "s"): raw.count == 1 ? .shared : .string
        case UInt8(ascii: "b"): .truth
        case UInt8(ascii: "e"): .error
        case UInt8(ascii: "i"): .inline
        case UInt8(ascii: "d"): .string
        default: .number
        }
    }

    private func text(_ tokens: borrowing XMLTokenizer) {
        switch tag {
        case .v: value.append(contentsOf: tokens.current)
        case .f: formula.append(contentsOf: tokens.current)
        case .is: inline.take(tokens.current, isLiteral: tokens.isLiteral)
        default: break
        }
    }

    private func end(_ tag: XLSXTag) throws(SinkError) {
        switch tag {
        case .v, .f: self.tag = .other
        case .c: endCell()
        case .row: try endRow()
        case .is: self.tag = .other
        default: if self.tag == .is { inline.end(tag) }
        }
    }

    private func endCell() {
        guard isInCell else { return }
        isInCell = false
        tag = .other
        if var cell = cell() {
            if cell.content == nil, hasFormula, let link = XLSXFormula.link(formula) { cell.content = [.link(to: link, title: nil, cell.inlines)] }
            if let last = cells.last, last.column >= cell.column {
                output.report("cells-out-of-order", "cells that do not rise were put in their places")
                if !cells.contains(where: { $0.column == cell.column }) {
                    cells.insert(cell, at: cells.firstIndex { $0.column > cell.column } ?? cells.count)
                }
            } else {
                cells.append(cell)
            }
        }
        value.removeAll(keepingCapacity: true)
        formula.removeAll(keepingCapacity: true)
        if kind == .inline { inline.reset() }
    }

    private func cell() -> SheetCell? {
        if kind == .inline { return output.text(inline.text, inline.content, column, style) }
        guard !value.isEmpty else { return hasFormula ? output.formula(XLSXFormula.text(formula), column, style) : nil }
        return value.withUnsafeBufferPointer { raw in
            switch kind {
            case .number: output.number(raw, column, style)
            case .shared: output.shared(XLSXNumber.integer(raw), column, style)
            case .string, .inline: output.text(XLSXText.unescaped(XMLText.decode(raw)), nil, column, style)
            case .truth: output.truth(raw.first == UInt8(ascii: "1") || raw.first == UInt8(ascii: "t"), column, style)
            case .error: output.error(XMLText.decode(raw), column, style)
            }
        }
    }

    private func endRow() throws(SinkError) {
        guard isInRow else { return }
        isInRow = false
        try output.row(row, isHidden: isHidden, cells)
        cells.removeAll(keepingCapacity: true)
    }
}
