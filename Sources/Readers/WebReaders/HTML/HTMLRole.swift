// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// What an element is to the reader; one lookup by tag.
enum HTMLRole: UInt8 {
    /// Inline, without a meaning that Markdown or the tree could carry: span, font, label, anything unknown.
    case transparent
    /// Stands on its own lines, nothing more: div, section, p, address.
    case block
    /// The line that stands for folded details.
    case summary
    case heading, quote, preformatted, rule, lineBreak
    case orderedList, bulletList, item
    case definitions, term, description
    case table, rowGroup, row, cell, caption
    case figure, figureCaption
    case emphasis, strong, strikethrough, underline, superscript, `subscript`, code
    case link, image, quotation, ruby, math
    case button, input, select, textArea
    /// Content of another kind that stays behind, with a diagnostic: frames, players, drawings.
    case embedded
    /// Not content: head, scripts, styles, templates.
    case dropped

    static func of(_ node: HTMLNode) -> HTMLRole {
        if node.isHTML { return byTag[Int(node.tag.rawValue)] }
        return node.tag == GUMBO_TAG_MATH ? .math : node.tag == GUMBO_TAG_SVG ? .embedded : .transparent
    }

    private static let byTag: [HTMLRole] = {
        var table = [HTMLRole](repeating: .transparent, count: Int(GUMBO_TAG_LAST.rawValue) + 1)
        for (role, tags) in roles {
            for tag in tags { table[Int(tag.rawValue)] = role }
        }
        return table
    }()

    private static let roles: [(HTMLRole, [GumboTag])] = [
        (.block, [
            GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_ARTICLE, GUMBO_TAG_SECTION, GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_HGROUP,
            GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_ADDRESS, GUMBO_TAG_P, GUMBO_TAG_MAIN, GUMBO_TAG_DIV, GUMBO_TAG_FORM,
            GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_DETAILS, GUMBO_TAG_CENTER, GUMBO_TAG_MARQUEE,
            GUMBO_TAG_MULTICOL, GUMBO_TAG_FRAMESET, GUMBO_TAG_NOFRAMES, GUMBO_TAG_OPTGROUP, GUMBO_TAG_OPTION,
        ]),
        (.heading, [GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6]),
        (.quote, [GUMBO_TAG_BLOCKQUOTE]),
        (.preformatted, [GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP, GUMBO_TAG_PLAINTEXT]),
        (.summary, [GUMBO_TAG_SUMMARY]),
        (.rule, [GUMBO_TAG_HR]),
        (.lineBreak, [GUMBO_TAG_BR]),
        (.orderedList, [GUMBO_TAG_OL]),
        (.bulletList, [GUMBO_TAG_UL, GUMBO_TAG_MENU, GUMBO_TAG_DIR]),
        (.item, [GUMBO_TAG_LI]),
        (.definitions, [GUMBO_TAG_DL]),
        (.term, [GUMBO_TAG_DT]),
        (.description, [GUMBO_TAG_DD]),
        (.table, [GUMBO_TAG_TABLE]),
        (.rowGroup, [GUMBO_TAG_THEAD, GUMBO_TAG_TBODY, GUMBO_TAG_TFOOT]),
        (.row, [GUMBO_TAG_TR]),
        (.cell, [GUMBO_TAG_TD, GUMBO_TAG_TH]),
        (.caption, [GUMBO_TAG_CAPTION]),
        (.figure, [GUMBO_TAG_FIGURE]),
        (.figureCaption, [GUMBO_TAG_FIGCAPTION]),
        (.emphasis, [GUMBO_TAG_EM, GUMBO_TAG_I, GUMBO_TAG_VAR, GUMBO_TAG_CITE, GUMBO_TAG_DFN]),
        (.strong, [GUMBO_TAG_STRONG, GUMBO_TAG_B]),
        (.strikethrough, [GUMBO_TAG_S, GUMBO_TAG_DEL, GUMBO_TAG_STRIKE]),
        (.underline, [GUMBO_TAG_U, GUMBO_TAG_INS]),
        (.superscript, [GUMBO_TAG_SUP]),
        (.subscript, [GUMBO_TAG_SUB]),
        (.code, [GUMBO_TAG_CODE, GUMBO_TAG_KBD, GUMBO_TAG_SAMP, GUMBO_TAG_TT]),
        (.link, [GUMBO_TAG_A]),
        (.image, [GUMBO_TAG_IMG, GUMBO_TAG_IMAGE]),
        (.quotation, [GUMBO_TAG_Q]),
        (.ruby, [GUMBO_TAG_RUBY]),
        (.math, [GUMBO_TAG_MATH]),
        (.button, [GUMBO_TAG_BUTTON]),
        (.input, [GUMBO_TAG_INPUT]),
        (.select, [GUMBO_TAG_SELECT]),
        (.textArea, [GUMBO_TAG_TEXTAREA]),
        (.embedded, [
            GUMBO_TAG_IFRAME, GUMBO_TAG_EMBED, GUMBO_TAG_OBJECT, GUMBO_TAG_APPLET, GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO, GUMBO_TAG_CANVAS,
            GUMBO_TAG_SVG, GUMBO_TAG_FRAME,
        ]),
        (.dropped, [
            GUMBO_TAG_HEAD, GUMBO_TAG_TITLE, GUMBO_TAG_BASE, GUMBO_TAG_LINK, GUMBO_TAG_META, GUMBO_TAG_STYLE, GUMBO_TAG_SCRIPT,
            GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_COLGROUP, GUMBO_TAG_COL, GUMBO_TAG_PARAM, GUMBO_TAG_SOURCE,
            GUMBO_TAG_TRACK, GUMBO_TAG_AREA, GUMBO_TAG_DATALIST, GUMBO_TAG_NOEMBED, GUMBO_TAG_BGSOUND,
        ]),
    ]
}
