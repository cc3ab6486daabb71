// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// The element and attribute names of OpenDocument (ODF 1.3 part 3): `text_listItem` is `text:list-item`.
enum ODFName: Int, CaseIterable, Sendable {
    case office_document, office_documentContent, office_documentStyles, office_documentMeta, office_meta, office_styles, office_automaticStyles
    case office_masterStyles, office_body, office_text, office_spreadsheet, office_presentation, office_drawing, office_chart, office_settings, office_scripts
    case office_fontFaceDecls, office_forms, office_annotation, office_annotationEnd, office_binaryData, office_mimetype
    case office_valueType, office_value, office_dateValue, office_timeValue, office_booleanValue, office_stringValue, office_currency
    // Styles (16).
    case style_style, style_defaultStyle, style_name, style_displayName, style_family, style_parentStyleName, style_listStyleName, style_defaultOutlineLevel
    case style_textProperties, style_paragraphProperties, style_tableProperties, style_drawingPageProperties, style_tableRowProperties, style_tableColumnProperties
    case style_graphicProperties, style_masterPage, style_masterPageName, style_header, style_footer, style_headerLeft, style_footerLeft, style_headerFirst
    case style_footerFirst, style_display, style_fontName, style_textPosition, style_textLineThroughStyle, style_textLineThroughType, style_textUnderlineStyle
    case style_textUnderlineType, style_fontFace, style_fontPitch, style_dataStyleName
    case fo_fontWeight, fo_fontStyle, fo_fontFamily, fo_fontSize, fo_textAlign, fo_breakBefore, fo_breakAfter, svg_fontFamily
    case style_numFormat, style_numPrefix, style_numSuffix, style_numLetterSync
    // Text (5, 6, 7).
    case text_p, text_h, text_list, text_listItem, text_listHeader, text_outlineLevel, text_isListHeader, text_styleName, text_condStyleName, text_section, text_display
    case text_condition, text_isHidden, text_listStyle, text_listLevelStyleNumber, text_listLevelStyleBullet, text_listLevelStyleImage, text_level
    case text_displayLevels, text_startValue, text_bulletChar, text_outlineStyle, text_outlineLevelStyle, text_continueNumbering, text_continueList
    case text_restartNumbering, text_numberedParagraph, text_listId, text_span, text_a, text_s, text_c, text_tab, text_lineBreak, text_softPageBreak, text_note
    case text_noteClass, text_noteBody, text_noteCitation, text_noteRef, text_id, xml_id, text_bookmark, text_bookmarkStart, text_bookmarkEnd, text_name
    case text_referenceMark, text_referenceMarkStart, text_referenceMarkEnd, text_trackedChanges, text_change, text_changeStart, text_changeEnd
    case text_pageNumber, text_pageCount, text_pageContinuation, text_pageVariableGet, text_hiddenText, text_hiddenParagraph, text_stringValue, text_conditionalText
    case text_sequenceDecls, text_variableDecls, text_userFieldDecls, text_ddeConnectionDecls, text_alphabeticalIndexAutoMarkFile, text_script, text_ruby
    case text_rubyBase, text_rubyText, text_meta, text_metaField, text_indexBody, text_indexTitle, text_tableOfContent, text_illustrationIndex, text_tableIndex
    case text_objectIndex, text_userIndex, text_alphabeticalIndex, text_bibliography, text_tableOfContentSource, text_illustrationIndexSource, text_tableIndexSource
    case text_objectIndexSource, text_userIndexSource, text_alphabeticalIndexSource, text_bibliographySource, text_tocMarkStart, text_tocMarkEnd, text_tocMark
    case text_alphabeticalIndexMark, text_alphabeticalIndexMarkStart, text_alphabeticalIndexMarkEnd, text_userIndexMark, text_userIndexMarkStart
    case text_userIndexMarkEnd, text_paragraph, text_noteContinuationNotice, text_sheetName, text_pageSequence, text_variableSet, text_number
    // Tables (9).
    case table_table, table_tableRow, table_tableCell, table_coveredTableCell, table_tableColumn, table_tableColumns, table_tableHeaderRows, table_tableHeaderColumns
    case table_tableRows, table_tableRowGroup, table_tableColumnGroup, table_numberColumnsRepeated, table_numberRowsRepeated, table_numberColumnsSpanned
    case table_numberRowsSpanned, table_name, table_styleName, table_visibility, table_display, table_shapes, table_useFirstRowStyles, table_trackedChanges
    case table_title, table_desc, table_formula, table_calculationSettings, table_contentValidations, table_labelRanges, table_namedExpressions
    case table_databaseRanges, table_dataPilotTables, table_consolidation, table_ddeLinks, table_tableSource, table_scenario, table_defaultCellStyleName
    case table_defaultCellValue, table_cellRangeSource, table_isExternal
    // Drawing and presentation (10, 11).
    case draw_page, draw_frame, draw_textBox, draw_image, draw_object, draw_objectOle, draw_applet, draw_plugin, draw_floatingFrame, draw_imageMap, draw_a, draw_g
    case draw_customShape, draw_rect, draw_line, draw_polyline, draw_polygon, draw_regularPolygon, draw_path, draw_circle, draw_ellipse, draw_connector, draw_caption
    case draw_measure, draw_control, draw_pageThumbnail, draw_enhancedGeometry, draw_glueArea, draw_gluePoint, draw_contourPolygon, draw_contourPath, draw_name
    case draw_mimeType, draw_styleName, draw_textStyleName, draw_masterPageName, draw_layer, draw_layerSet, dr3d_scene, draw_notify, draw_display
    case svg_title, svg_desc, svg_x, svg_y, svg_width, svg_height, xlink_href, text_anchorType, presentation_class, presentation_placeholder, presentation_notes
    case presentation_visibility, presentation_styleName, presentation_headerDecl, presentation_footerDecl, presentation_dateTimeDecl, presentation_settings
    case presentation_header, presentation_footer, presentation_dateTime, presentation_useHeaderName, presentation_useFooterName, presentation_name
    case presentation_animations, presentation_eventListener, office_eventListeners, anim_par, anim_seq, table_tableTemplate, loext_p, loext_decorative
    case loext_contentControl, loext_checkbox, loext_checked
    // Forms (13).
    case form_form, form_checkbox, form_radio, form_listbox, form_combobox, form_option, form_button, form_fixedText, form_frame, form_text, form_textarea
    case form_formattedText, form_number, form_date, form_time, form_password, form_hidden, form_id, form_label, form_value, form_currentValue
    case form_state, form_currentState, form_selected, form_currentSelected
    // Charts (11).
    case chart_chart, chart_title, chart_subtitle, chart_class, chart_plotArea, chart_series
    // Metadata (4.3).
    case meta_initialCreator, meta_creationDate, meta_keyword, meta_generator, meta_documentStatistic, meta_pageCount, meta_objectCount, meta_tableCount
    case dc_title, dc_creator, dc_subject, dc_description, dc_language, dc_date
    // MathML 3.
    case math_math, math_semantics, math_annotation, math_annotationXml, math_mrow, math_mi, math_mn, math_mo, math_ms, math_mtext, math_mspace, math_mfrac
    case math_msqrt, math_mroot, math_msup, math_msub, math_msubsup, math_mover, math_munder, math_munderover, math_mmultiscripts, math_mprescripts, math_none
    case math_mtable, math_mtr, math_mtd, math_mlabeledtr, math_mfenced, math_mstyle, math_merror, math_mpadded, math_mphantom, math_menclose, math_maction
    case n_open, n_close, n_separators, n_linethickness, n_mathvariant, n_notation, n_display, n_stretchy, n_accent

    static let vocabulary = XMLVocabulary(allCases.map { name in
        let parts = "\(name)".split(separator: "_", maxSplits: 1)
        let local = parts[1].reduce(into: "") { out, character in
            if character.isUppercase { out += "-" + character.lowercased() } else { out.append(character) }
        }
        return parts[0] == "n" ? local : parts[0] + ":" + local
    })
}

extension XMLElement {
    /// nil for names no OpenDocument reader knows.
    @inline(__always)
    var known: ODFName? { ODFName(rawValue: number) }

    func attribute(_ name: ODFName) -> String? { attribute(name.rawValue) }
    func firstOrEmpty(_ name: ODFName) -> XMLElement { firstOrEmpty(name.rawValue) }
    func first(_ name: ODFName) -> XMLElement? { first(name.rawValue) }
    func has(_ name: ODFName) -> Bool { has(name.rawValue) }

    /// A count within bounds; what is no number is `usual`.
    func count(_ name: ODFName, usual: Int = 1, most: Int) -> Int {
        guard let value = attribute(name) else { return usual }
        guard let number = Int(value) else { return value.utf8.count > 18 ? most : usual }
        return min(max(number, 0), most)
    }

    func isTrue(_ name: ODFName) -> Bool { attribute(name) == "true" }

    /// The first element of this name anywhere below.
    func descendant(_ name: ODFName) -> XMLElement? {
        for child in children {
            if child.known == name { return child }
            if let found = child.descendant(name) { return found }
        }
        return nil
    }
}
