// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import TextDecoding

extension RTFParser {
    mutating func take(_ word: RTFWord, _ parameter: Int?) {
        switch state.destination {
        case .fontTable:
            if word == .f { return fonts.begin(parameter ?? 0) }
            if word == .falt { return skipGroup() }
            return fonts.word(word, parameter)
        case .styleSheet: return styles.word(word, parameter)
        case .listTable, .levelText:
            switch word {
            case .leveltext: enter(.levelText, .levelText)
            case .levelnumbers, .listname, .listpicture: skipGroup()
            case .u: take(unicode: parameter ?? 0)
            default: lists.word(word, parameter)
            }
            return
        case .oldNumbering: return oldNumbering(word)
        case .moment: return self.moment(word, parameter ?? 0)
        case .picture where pictures.take(word): return pictures.size(word, parameter ?? 0)
        default: break
        }
        if character(word, parameter) || paragraph(word, parameter) || table(word, parameter) { return }
        destination(word, parameter)
    }

    private mutating func character(_ word: RTFWord, _ parameter: Int?) -> Bool {
        let isOn = parameter != 0
        switch word {
        case .u: take(unicode: parameter ?? 0)
        case .uc: state.fallback = min(max(parameter ?? 1, 0), 16)
        case .b: mark(.bold, isOn)
        case .i: mark(.italic, isOn)
        case .strike, .striked: mark(.strike, isOn)
        case .ul, .uld, .uldash, .uldashd, .uldashdd, .uldb, .ulth, .ulthd, .ulthdash, .ulw, .ulwave, .ulhwave, .ulldash: mark(.underline, isOn)
        case .ulnone: mark(.underline, false)
        case .super_:
            mark(.subscript, false)
            mark(.superscript, isOn)
        case .sub:
            mark(.superscript, false)
            mark(.subscript, isOn)
        case .nosupersub:
            mark(.superscript, false)
            mark(.subscript, false)
        case .v, .webhidden: state.isHidden = isOn && word == .v || state.isHidden && word == .webhidden
        case .deleted: state.isDeleted = isOn
        case .f:
            flushRaw()
            state.font = fonts.place(parameter ?? 0)
        case .cs: state.isCode = styles.isCode(character: parameter ?? 0)
        case .plain:
            flushRaw()
            state.marks = []
            state.isHidden = false
            state.isDeleted = false
            state.isCode = false
            state.font = -1
        case .fs, .up, .dn: return true
        case .line: lineBreak()
        case .tab: put("\t")
        case .emdash: put("—")
        case .endash: put("–")
        case .lquote: put("‘")
        case .rquote: put("’")
        case .ldblquote: put("“")
        case .rdblquote: put("”")
        case .bullet: put("•")
        case .emspace, .enspace, .qmspace: put(" ")
        case .zwj: put("\u{200D}")
        case .zwnj: put("\u{200C}")
        case .ltrmark: put("\u{200E}")
        case .rtlmark: put("\u{200F}")
        default: return false
        }
        return true
    }

    private mutating func mark(_ mark: TextMarks, _ isOn: Bool) {
        if isOn { state.marks.insert(mark) } else { state.marks.remove(mark) }
    }

    private mutating func paragraph(_ word: RTFWord, _ parameter: Int?) -> Bool {
        switch word {
        case .par: if state.destination == .body { endParagraph(isForced: true) } else { put(" ") }
        case .sect: endParagraph(isForced: false)
        case .page, .column:
            guard state.destination == .body else { return true }
            // A break within a paragraph ends it only when it stands at its end.
            flushText()
            if word == .page, flows.count == 1, flows[0].tableDepth == 0, flows[0].runs.isEmpty { flows[0].append(.pageBreak(page: nil)) } else { lineBreak() }
        case .pagebb, .softpage: return true
        case .pard: state.paragraph = RTFParagraph()
        case .s: state.paragraph.style = parameter ?? 0
        case .outlinelevel: state.paragraph.outline = parameter
        case .ls: state.paragraph.list = parameter ?? 0
        case .ilvl: state.paragraph.level = parameter ?? 0
        case .fi: state.paragraph.firstIndent = parameter ?? 0
        case .li, .lin: state.paragraph.leftIndent = parameter ?? 0
        case .intbl:
            state.paragraph.isInTable = true
            state.paragraph.tableDepth = max(1, state.paragraph.tableDepth)
        case .itap: state.paragraph.tableDepth = min(max(parameter ?? 0, 0), 100)
        default: return false
        }
        return true
    }

    private mutating func table(_ word: RTFWord, _ parameter: Int?) -> Bool {
        switch word {
        case .trowd:
            if isInInnerRow { innerRow = .init() } else { row = .init() }
            if state.destination == .body, !isInInnerRow { isRowOpen = true }
        case .cellx: changeRow { row in
            row.next.edge = parameter ?? 0
            if row.places.count < 1_000 { row.places.append(row.next) }
            row.next = .init(edge: 0)
        }
        case .clmgf: changeRow { $0.next.across = .first }
        case .clmrg: changeRow { $0.next.across = .continued }
        case .clvmgf: changeRow { $0.next.down = .first }
        case .clvmrg: changeRow { $0.next.down = .continued }
        case .trhdr: changeRow { $0.isHeader = true }
        case .ts: changeRow { $0.style = parameter }
        case .irow: changeRow { $0.index = parameter }
        case .lastrow: changeRow { $0.isLast = true }
        case .trleft: changeRow { $0.left = parameter ?? 0 }
        case .cell: endCell(depth: 1)
        case .nestcell: endCell(depth: max(2, state.paragraph.tableDepth))
        case .row:
            endRow(depth: 1, row)
            isRowOpen = false
            // The next row may take over this one's edges, but not its place.
            (row.index, row.isLast) = (nil, false)
        case .nestrow:
            endRow(depth: max(2, state.paragraph.tableDepth), innerRow)
            (innerRow.index, innerRow.isLast) = (nil, false)
        case .nesttableprops: isInInnerRow = true
        case .nonesttables: skipGroup()
        default: return false
        }
        return true
    }

    private mutating func changeRow(_ body: (inout RTFFlow.RowProperties) -> Void) {
        if isInInnerRow { body(&innerRow) } else { body(&row) }
    }

    private mutating func oldNumbering(_ word: RTFWord) {
        switch word {
        case .pnlvlblt: state.paragraph.old = .bullet
        case .pnlvlbody, .pnlvl, .pndec: state.paragraph.old = .number
        case .pnlvlcont: state.paragraph.old = .none
        case .pntxta, .pntxtb: skipGroup()
        default: break
        }
    }

    private mutating func moment(_ word: RTFWord, _ parameter: Int) {
        switch word {
        case .yr: moment.year = parameter
        case .mo: moment.month = parameter
        case .dy: moment.day = parameter
        case .hr: moment.hour = parameter
        case .min: moment.minute = parameter
        default: break
        }
    }
}
