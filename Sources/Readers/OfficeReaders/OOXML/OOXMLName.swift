// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// The element and attribute names of office parts; `w_p` is `w:p`, `n_Id` has no namespace.
package enum OOXMLName: Int, CaseIterable, Sendable {
    // WordprocessingML (ECMA-376 part 1, 17).
    case w_document, w_body, w_p, w_r, w_t, w_tab, w_br, w_cr, w_pPr, w_rPr, w_pStyle, w_rStyle, w_tblStyle, w_numPr, w_numId, w_ilvl
    case w_b, w_i, w_strike, w_dstrike, w_vertAlign, w_vanish, w_webHidden, w_rFonts, w_ascii, w_hAnsi, w_val, w_outlineLvl, w_jc, w_ind
    case w_left, w_start, w_tbl, w_tr, w_tc, w_tblPr, w_trPr, w_tcPr, w_tblGrid, w_gridSpan, w_vMerge, w_hMerge, w_tblHeader, w_gridBefore, w_gridAfter
    case w_tblLook, w_firstRow, w_sdt, w_sdtPr, w_sdtContent, w_hyperlink, w_anchor, w_fldSimple, w_instr, w_fldChar, w_fldCharType
    case w_instrText, w_delInstrText, w_ffData, w_checkBox, w_checked, w_default, w_footnoteReference, w_endnoteReference, w_commentReference, w_id
    case w_footnotes, w_footnote, w_endnotes, w_endnote, w_comments, w_comment, w_author, w_date, w_initials, w_type
    case w_ins, w_del, w_moveFrom, w_moveTo, w_delText, w_bookmarkStart, w_bookmarkEnd, w_name, w_noBreakHyphen, w_softHyphen, w_sym, w_font, w_char
    case w_drawing, w_pict, w_object, w_txbxContent, w_altChunk, w_subDoc, w_sectPr, w_headerReference, w_footerReference, w_smartTag, w_customXml
    case w_ruby, w_rubyBase, w_rt, w_ptab, w_proofErr, w_lastRenderedPageBreak, w_annotationRef, w_footnoteRef, w_endnoteRef, w_separator, w_continuationSeparator
    case w_commentRangeStart, w_commentRangeEnd, w_permStart, w_permEnd, w_dir, w_bdo, w_contentPart, w_pgNum, w_yearLong, w_monthLong, w_dayLong
    case w_styles, w_style, w_styleId, w_basedOn, w_docDefaults, w_rPrDefault, w_pPrDefault, w_link, w_abstractNum, w_abstractNumId, w_num, w_lvl
    case w_numFmt, w_lvlText, w_lvlOverride, w_startOverride, w_numStyleLink, w_styleLink, w_lvlRestart, w_isLgl, w_lvlPicBulletId, w_suff
    case w_u, w_pageBreakBefore, w_framePr, w_dropCap, w_ddList, w_listEntry, w_result, w_cellDel
    case w_hdr, w_ftr, w_titlePg, w_tblPrEx, w_moveFromRangeStart, w_moveFromRangeEnd, w_moveToRangeStart, w_moveToRangeEnd, w_rPrChange, w_pPrChange
    case w14_checkbox, w14_checked, w14_val, mc_AlternateContent, mc_Choice, mc_Fallback, n_Requires
    // DrawingML and VML.
    case a_blip, a_graphic, a_graphicData, a_t, a_p, a_r, a_br, wp_inline, wp_anchor, wp_docPr, pic_pic, pic_cNvPr, pic_nvPicPr, pic_blipFill
    case n_descr, n_title, n_name, n_hidden, r_id, r_embed, r_link, r_pict, r_dm, wps_txbx, wps_wsp, wpg_wgp, wpc_wpc, c_chart, dgm_relIds
    case v_imagedata, v_textbox, v_textpath, v_shape, n_string, o_title, n_alt, o_OLEObject, n_ProgID, asvg_svgBlip
    // PresentationML (19) and the rest of DrawingML's text, tables and transforms (21.1).
    case p_presentation, p_sldIdLst, p_sldId, p_defaultTextStyle, p_cSld, p_spTree, p_sp, p_pic, p_grpSp, p_graphicFrame, p_cxnSp, p_contentPart
    case p_nvSpPr, p_nvPicPr, p_nvGrpSpPr, p_nvGraphicFramePr, p_cNvPr, p_nvPr, p_ph, p_txBody, p_spPr, p_grpSpPr, p_xfrm, p_blipFill
    case p_txStyles, p_titleStyle, p_bodyStyle, p_otherStyle, p_cmLst, p_cm, p_cmAuthor, p_text, p_oleObj, p_custDataLst, p_extLst
    case p188_cm, p188_author, p188_reply, p188_replyLst, p188_txBody, adec_decorative
    case a_xfrm, a_off, a_ext, a_chOff, a_chExt, a_lstStyle, a_pPr, a_rPr, a_defRPr, a_endParaRPr, a_buNone, a_buChar, a_buAutoNum, a_buBlip, a_fld, a_tab
    case a_lvl1pPr, a_lvl2pPr, a_lvl3pPr, a_lvl4pPr, a_lvl5pPr, a_lvl6pPr, a_lvl7pPr, a_lvl8pPr, a_lvl9pPr, a_defPPr
    case a_hlinkClick, a_latin, a_tbl, a_tblPr, a_tr, a_tc, a_txBody, a_videoFile, a_audioFile, a_wavAudioFile, a_quickTimeFile, a_blipFill, a14_m
    case n_lvl, n_b, n_i, n_u, n_strike, n_baseline, n_typeface, n_startAt, n_x, n_y, n_cx, n_cy, n_gridSpan, n_rowSpan, n_hMerge, n_vMerge, n_firstRow, n_char
    case n_uri, n_action, n_id, n_authorId, n_dt, n_created, n_progId, n_show, n_relId, p14_media
    // Charts.
    case c_plotArea, c_ser, c_tx, c_cat, c_xVal, c_yVal, c_pt, c_v, c_title, c_idx, n_idx, n_val, c_strCache, c_numCache, c_rich, c_val, c_bubbleSize, c_chartSpace
    case c_dLbls, c_catAx, c_valAx, c_dateAx, c_formatCode, c_multiLvlStrRef, c_multiLvlStrCache, c_lvl, c_numRef, c_numLit, c_date1904, c_autoTitleDeleted, n_formatCode
    case cx_chart, cx_chartData, cx_data, cx_strDim, cx_numDim, cx_lvl, cx_pt, cx_series, cx_tx, cx_v, cx_title, cx_dataId, cx_plotArea
    case c_barChart, c_bar3DChart, c_lineChart, c_line3DChart, c_pieChart, c_pie3DChart, c_ofPieChart, c_doughnutChart, c_areaChart, c_area3DChart
    case c_scatterChart, c_bubbleChart, c_radarChart, c_stockChart, c_surfaceChart, c_surface3DChart
    // SpreadsheetML (18) and its drawings (20.5).
    case x_workbook, x_workbookPr, x_sheets, x_sheet, x_table, n_state, n_date1904, n_ref, n_headerRowCount, x_chartsheet, x_drawing
    case x_comments, x_authors, x_author, x_commentList, x_comment, x_text, x_r, x_t
    case xtc_threadedComment, xtc_text, xtc_person, n_displayName, n_personId, n_dT
    case xdr_twoCellAnchor, xdr_oneCellAnchor, xdr_absoluteAnchor, xdr_from, xdr_row, xdr_col, xdr_pic, xdr_sp, xdr_grpSp, xdr_graphicFrame, xdr_cxnSp
    case n_objectType, n_checked, n_spid, a14_compatExt
    case xdr_nvPicPr, xdr_nvSpPr, xdr_nvGraphicFramePr, xdr_cNvPr, xdr_blipFill, xdr_txBody
    // SmartArt's text.
    case dgm_pt, dgm_t, dgm_ptLst, dgm_dataModel, dgm_cxnLst, dgm_cxn, n_type, n_modelId, n_srcId, n_destId, n_srcOrd
    // OMML (22.1).
    case m_oMath, m_oMathPara, m_r, m_t, m_f, m_num, m_den, m_fPr, m_type, m_val, m_sSup, m_sSub, m_sSubSup, m_sPre, m_e, m_sup, m_sub
    case m_rad, m_deg, m_radPr, m_degHide, m_nary, m_naryPr, m_chr, m_d, m_dPr, m_begChr, m_endChr, m_sepChr, m_func, m_fName, m_limLow, m_limUpp, m_lim
    case m_acc, m_accPr, m_bar, m_barPr, m_pos, m_groupChr, m_groupChrPr, m_box, m_borderBox, m_phant, m_m, m_mr, m_eqArr, m_rPr, m_sty, m_scr, m_nor
    case m_phantPr, m_show, m_lit, m_ctrlPr, m_subHide, m_supHide, m_argPr
    // Packages.
    case rel_Relationship, n_Id, n_Type, n_Target, n_TargetMode, ct_Override, ct_Default, n_PartName, n_ContentType, n_Extension
    case dc_title, dc_creator, dc_subject, dc_description, dc_language, cp_keywords, cp_category, cp_lastModifiedBy, cp_revision, cp_contentStatus
    case dcterms_created, dcterms_modified, ep_Application, ep_Company, ep_Manager, ep_Pages, ep_Words, ep_Slides, ep_TotalTime

    // Looks, animations and earlier states: nothing in them is read.
    case w_tblStylePr, w_latentStyles, w_tabs, w_pBdr, w_tblBorders, w_tcBorders, w_tblCellMar, w_tcMar, w_tblPrChange, w_trPrChange, w_tcPrChange
    case w_sectPrChange, w_rsids, w14_textFill, w14_textOutline, w14_shadow, w14_glow, w14_reflection, p_timing, p_transition, p_bg, p_clrMapOvr
    case a_custGeom, a_gsLst, a_effectLst, a_effectDag, a_scene3d, a_sp3d, a_ln, a_fmtScheme, c_spPr, c_txPr, v_formulas

    private static let opaque: [OOXMLName] = [
        .w_tblStylePr, .w_latentStyles, .w_tabs, .w_pBdr, .w_tblBorders, .w_tcBorders, .w_tblCellMar, .w_tcMar, .w_rPrChange, .w_pPrChange,
        .w_tblPrChange, .w_trPrChange, .w_tcPrChange, .w_sectPrChange, .w_rsids, .w14_textFill, .w14_textOutline, .w14_shadow, .w14_glow,
        .w14_reflection, .p_timing, .p_transition, .p_bg, .p_clrMapOvr, .a_custGeom, .a_gsLst, .a_effectLst, .a_effectDag, .a_scene3d, .a_sp3d,
        .a_ln, .a_fmtScheme, .c_spPr, .c_txPr, .v_formulas,
    ]

    static let vocabulary = XMLVocabulary(allCases.map { name in
        let parts = "\(name)".split(separator: "_", maxSplits: 1)
        return parts[0] == "n" ? String(parts[1]) : parts.joined(separator: ":")
    }, opaque: Set(opaque.map(\.rawValue)))
}

extension XMLElement {
    /// nil for names no office reader knows.
    @inline(__always)
    var known: OOXMLName? { OOXMLName(rawValue: number) }

    func attribute(_ name: OOXMLName) -> String? { attribute(name.rawValue) }
    func firstOrEmpty(_ name: OOXMLName) -> XMLElement { firstOrEmpty(name.rawValue) }
    func first(_ name: OOXMLName) -> XMLElement? { first(name.rawValue) }
    func has(_ name: OOXMLName) -> Bool { has(name.rawValue) }

    /// The value of a property element: `<w:jc w:val="left"/>`.
    var value: String? { attribute(.w_val) }

    /// A toggle (17.7.3): present means on, unless its value says otherwise.
    var isOn: Bool {
        switch value {
        case "0", "false", "off", "none": false
        default: true
        }
    }

    /// A toggle among the children; nil when it is not there.
    func toggle(_ name: OOXMLName) -> Bool? { first(name)?.isOn }

    /// The first element of this name anywhere below.
    func descendant(_ name: OOXMLName) -> XMLElement? {
        for child in children {
            if child.known == name { return child }
            if let found = child.descendant(name) { return found }
        }
        return nil
    }

    func descendants(_ name: OOXMLName, _ visit: (XMLElement) -> Void) {
        for child in children {
            if child.known == name { visit(child) } else { child.descendants(name, visit) }
        }
    }
}
