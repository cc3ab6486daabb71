// SPDX-License-Identifier: Apache-2.0

/// The control words that mean something here (RTF 1.9.1); a trailing underscore is Swift's.
enum RTFWord: UInt8, CaseIterable, Sendable {
    case unknown
    // The document and its text.
    case rtf, ansi, mac, pc, pca, ansicpg, deff, uc, u, bin, upr, ud
    case par, line, page, column, tab, sect, softpage, emdash, endash, lquote, rquote, ldblquote, rdblquote, bullet, emspace, enspace, qmspace
    case zwj, zwnj, ltrmark, rtlmark, chdate, chtime, chpgn, chftn, chatn, sectnum
    // Characters.
    case plain, b, i, strike, striked, ul, ulnone, uld, uldash, uldashd, uldashdd, uldb, ulth, ulthd, ulthdash, ulw, ulwave, ulhwave, ulldash
    case super_, sub, nosupersub, up, dn, v, deleted, f, fs, cs, webhidden
    // Paragraphs.
    case pard, s, outlinelevel, ls, ilvl, intbl, itap, pagebb, fi, li, lin
    // Tables.
    case trowd, row, cell, nestcell, nestrow, cellx, clmgf, clmrg, clvmgf, clvmrg, trhdr, trleft, irow, lastrow, nesttableprops, nonesttables
    // Fonts, styles and lists.
    case fonttbl, fcharset, cpg, fprq, falt, stylesheet, sbasedon, ds, ts, listtable, list, listid, listlevel, levelnfc, levelnfcn, levelstartat, leveltext
    case levelnumbers, listname, listpicture, listoverridetable, listoverride, listoverridestartat, listoverrideformat, lfolevel, listtext
    case pntext, pn, pnlvlblt, pnlvlbody, pnlvlcont, pnlvl, pndec, pnstart, pntxta, pntxtb
    // Facts.
    case info, title, subject, author, manager, company, operator_, keywords, category, doccomm, creatim, revtim, yr, mo, dy, hr, min, nofpages, generator
    // Parts beside the text.
    case header, headerl, headerr, headerf, footer, footerl, footerr, footerf, footnote, ftnalt, annotation, atnauthor
    case field, fldinst, fldrslt, bkmkstart, shp, shpinst, shptxt, shprslt, shpgrp, sp, sn, sv, dptxbxtext, do_
    case pict, shppict, nonshppict, picprop, pngblip, jpegblip, emfblip, wmetafile, macpict, dibitmap, wbitmap, pmmetafile, picwgoal, pichgoal
    case object, objclass, result, mmath, moMath, moMathPara, mmathPict, ffdefres, ffres, fftype, formfield
    // What is never text.
    case colortbl, xe, tc, tcn, rxe, themedata, colorschememapping, datastore, latentstyles, objdata, revtbl, rsidtbl, atnid, atndate, atnref, atnparent, atnicn
    case background, template, hlinkbase, nextfile, filetbl, private_, ftnsep, ftnsepc, ftncn, aftnsep, aftnsepc, aftncn
    // HTML within ([MS-OXRTFEX]).
    case fromhtml, fromtext, htmlrtf, htmltag, mhtmltag

    private struct Slot {
        var word = RTFWord.unknown
        var name: [UInt8] = []
    }

    private static let slots: [Slot] = {
        var slots = [Slot](repeating: Slot(), count: 1_024)
        for word in allCases where word != .unknown {
            var name = Array("\(word)".utf8)
            if name.last == UInt8(ascii: "_") { name.removeLast() }
            var at = name.withUnsafeBufferPointer { hash($0) }
            while slots[at].word != .unknown { at = (at + 1) & 1_023 }
            slots[at] = Slot(word: word, name: name)
        }
        return slots
    }()

    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash >> 4) & 1_023
    }

    static func named(_ name: UnsafeBufferPointer<UInt8>) -> RTFWord {
        slots.withUnsafeBufferPointer { slots in
            var at = hash(name)
            while slots[at].word != .unknown {
                if slots[at].name.count == name.count, slots[at].name.elementsEqual(name) { return slots[at].word }
                at = (at + 1) & 1_023
            }
            return .unknown
        }
    }
}
