// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// What the tree builder of the HTML standard (13.2.6) does with a tag, as far as it bears on depth.
struct HTMLGuardTraits: OptionSet {
    let rawValue: UInt16

    static let void = Self(rawValue: 1)
    /// Its content is text up to its end tag.
    static let raw = Self(rawValue: 2)
    /// Opens again after a block has closed it: the list of active formatting elements.
    static let formatting = Self(rawValue: 4)
    static let closesParagraph = Self(rawValue: 8)
    /// A search for an open element to close ends here.
    static let scope = Self(rawValue: 16)
    /// Formatting elements from outside are not opened again within.
    static let marker = Self(rawValue: 32)
    static let heading = Self(rawValue: 64)
    static let tablePart = Self(rawValue: 128)
    static let notPushed = Self(rawValue: 256)
    static let special = Self(rawValue: 512)
    static let foreign = Self(rawValue: 1_024)
    /// Says nothing without attributes.
    static let meaningless = Self(rawValue: 2_048)

    static func of(_ key: UInt32) -> Self {
        key < HTMLTagScanner.unknown ? byTag[Int(key)] : []
    }

    private static let byTag: [Self] = {
        var table = [Self](repeating: [], count: Int(HTMLTagScanner.unknown))
        for (traits, tags) in lists {
            for tag in tags { table[Int(tag.rawValue)].formUnion(traits) }
        }
        return table
    }()

    private static let lists: [(Self, [GumboTag])] = [
        (.void, [
            GUMBO_TAG_AREA, GUMBO_TAG_BASE, GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND, GUMBO_TAG_BR, GUMBO_TAG_COL, GUMBO_TAG_EMBED,
            GUMBO_TAG_FRAME, GUMBO_TAG_HR, GUMBO_TAG_IMG, GUMBO_TAG_IMAGE, GUMBO_TAG_INPUT, GUMBO_TAG_KEYGEN, GUMBO_TAG_LINK,
            GUMBO_TAG_META, GUMBO_TAG_PARAM, GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK, GUMBO_TAG_WBR, GUMBO_TAG_MENUITEM,
        ]),
        (.raw, [
            GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEXTAREA, GUMBO_TAG_TITLE, GUMBO_TAG_XMP, GUMBO_TAG_IFRAME, GUMBO_TAG_NOEMBED,
            GUMBO_TAG_NOFRAMES, GUMBO_TAG_PLAINTEXT, GUMBO_TAG_NOSCRIPT,
        ]),
        (.formatting, [
            GUMBO_TAG_A, GUMBO_TAG_B, GUMBO_TAG_BIG, GUMBO_TAG_CODE, GUMBO_TAG_EM, GUMBO_TAG_FONT, GUMBO_TAG_I, GUMBO_TAG_NOBR,
            GUMBO_TAG_S, GUMBO_TAG_SMALL, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG, GUMBO_TAG_TT, GUMBO_TAG_U,
        ]),
        ([.closesParagraph, .special], [
            GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_CENTER, GUMBO_TAG_DETAILS,
            GUMBO_TAG_DIR, GUMBO_TAG_DIV, GUMBO_TAG_DL, GUMBO_TAG_FIELDSET, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_FIGURE, GUMBO_TAG_FOOTER,
            GUMBO_TAG_HEADER, GUMBO_TAG_HGROUP, GUMBO_TAG_MAIN, GUMBO_TAG_MENU, GUMBO_TAG_NAV, GUMBO_TAG_OL, GUMBO_TAG_P,
            GUMBO_TAG_SECTION, GUMBO_TAG_SUMMARY, GUMBO_TAG_UL, GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_FORM, GUMBO_TAG_LI,
            GUMBO_TAG_DD, GUMBO_TAG_DT, GUMBO_TAG_PLAINTEXT, GUMBO_TAG_HR, GUMBO_TAG_XMP, GUMBO_TAG_TABLE,
        ]),
        ([.closesParagraph, .special, .heading], [
            GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6,
        ]),
        ([.scope, .special], [
            GUMBO_TAG_APPLET, GUMBO_TAG_CAPTION, GUMBO_TAG_TABLE, GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_MARQUEE, GUMBO_TAG_OBJECT,
            GUMBO_TAG_TEMPLATE,
        ]),
        (.marker, [
            GUMBO_TAG_APPLET, GUMBO_TAG_CAPTION, GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_MARQUEE, GUMBO_TAG_OBJECT, GUMBO_TAG_TEMPLATE,
        ]),
        (.tablePart, [
            GUMBO_TAG_CAPTION, GUMBO_TAG_COLGROUP, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_TR, GUMBO_TAG_TD,
            GUMBO_TAG_TH,
        ]),
        (.special, [
            GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_TR, GUMBO_TAG_COLGROUP, GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON,
        ]),
        (.notPushed, [GUMBO_TAG_HTML, GUMBO_TAG_HEAD, GUMBO_TAG_BODY]),
        (.meaningless, [
            GUMBO_TAG_SPAN, GUMBO_TAG_FONT, GUMBO_TAG_SMALL, GUMBO_TAG_BIG, GUMBO_TAG_NOBR, GUMBO_TAG_ABBR, GUMBO_TAG_ACRONYM,
            GUMBO_TAG_TIME, GUMBO_TAG_DATA, GUMBO_TAG_BDI, GUMBO_TAG_BDO, GUMBO_TAG_LABEL, GUMBO_TAG_MARK,
        ]),
        (.foreign, [GUMBO_TAG_SVG, GUMBO_TAG_MATH]),
    ]
}
