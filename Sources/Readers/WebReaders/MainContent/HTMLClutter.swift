// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// What stands on a page without being what the page is about, told by what elements call themselves.
enum HTMLClutter: Int, CaseIterable {
    case navigation, banner, footer, sidebar, notice, sharing, advertisement, related, comments, form

    /// For the diagnostic.
    var name: String {
        switch self {
        case .navigation: "navigation bars and menus"
        case .banner: "page headers"
        case .footer: "page footers"
        case .sidebar: "sidebars"
        case .notice: "cookie notices and overlays"
        case .sharing: "buttons for sharing"
        case .advertisement: "advertisements"
        case .related: "links to other pages"
        case .comments: "comments"
        case .form: "forms for search and subscription"
        }
    }

    /// Whether the element says so by its tag or role, not only by a word in its class.
    static func declared(_ node: HTMLNode) -> HTMLClutter? {
        if let role = node.attribute("role"), let kind = byRole.first(where: { role.isKeyword($0.role) }) { return kind.clutter }
        guard node.isHTML else { return nil }
        switch node.tag {
        case GUMBO_TAG_NAV: return .navigation
        case GUMBO_TAG_HEADER: return .banner
        case GUMBO_TAG_FOOTER: return .footer
        case GUMBO_TAG_ASIDE: return .sidebar
        default: return nil
        }
    }

    /// Whether a word beside the one that names it says that it holds more: `content-sidebar-wrap`, `has-comments`.
    static func isLayout(_ node: HTMLNode) -> Bool {
        for attribute in [node.attribute("class"), node.attribute("id")] {
            guard let text = attribute, text.count < 1_000 else { continue }
            for word in text.split(whereSeparator: { !ByteSlice.isLetter($0) }) where layoutWords.contains(where: { ByteSlice(rebasing: word).isKeyword($0) }) {
                return true
            }
        }
        return false
    }

    private static let layoutWords: [StaticString] = ["content", "main", "has", "with", "no", "article", "page", "site", "layout", "primary", "post", "entry"]

    /// By the words of its class and `id`.
    static func named(_ node: HTMLNode) -> HTMLClutter? {
        for attribute in [node.attribute("class"), node.attribute("id")] {
            guard let text = attribute, text.count < 1_000 else { continue }
            for name in text.split(whereSeparator: { ByteSlice.isSpace($0) }) {
                let name = ByteSlice(rebasing: name)
                // A builder of pages that calls all of its parts widgets.
                guard !name.hasKeyword("elementor"), let kind = named(name) else { continue }
                return kind
            }
        }
        return nil
    }

    private static func named(_ name: ByteSlice) -> HTMLClutter? {
        for word in name.split(whereSeparator: { !ByteSlice.isLetter($0) }) where word.count < byLength.count {
            for known in byLength[word.count] where ByteSlice(rebasing: word).isKeyword(known.word) { return known.clutter }
        }
        return nil
    }

    private static let byRole: [(role: StaticString, clutter: HTMLClutter)] = [
        ("navigation", .navigation), ("menu", .navigation), ("menubar", .navigation), ("banner", .banner), ("contentinfo", .footer),
        ("complementary", .sidebar), ("search", .form), ("dialog", .notice), ("alertdialog", .notice), ("toolbar", .navigation),
    ]

    private static let byLength: [[(word: StaticString, clutter: HTMLClutter)]] = {
        let words: [(HTMLClutter, [StaticString])] = [
            (.navigation, [
                "nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "pagination", "pager", "skip", "skiplink", "toolbar",
                "navbox", "sitenav", "topnav", "subnav", "megamenu", "offcanvas", "hamburger", "editsection", "catlinks", "toctoggle",
                "navlinks", "navmenu", "dropdown", "prevnext", "postnav", "toc",
            ]),
            (.banner, ["masthead", "topbar", "siteheader", "sitesub", "sitenotice"]),
            (.footer, ["footer", "colophon", "copyright", "printfooter", "pagefooter", "sitefooter"]),
            (.sidebar, ["sidebar", "widget", "widgets", "rail", "aside"]),
            (.notice, ["cookie", "cookies", "consent", "gdpr", "ccpa", "popup", "modal", "overlay", "lightbox", "toast", "paywall", "onetrust", "cookiebar", "cookiebanner"]),
            (.sharing, ["share", "sharing", "social", "sharebar", "addthis", "addtoany", "sharedaddy", "follow", "socials"]),
            (.advertisement, ["ad", "ads", "advert", "advertisement", "adsbygoogle", "sponsor", "sponsored", "promo", "promoted", "promotion", "taboola", "outbrain"]),
            (.related, ["related", "recommended", "recommendations", "recirc", "trending", "popular", "readnext", "teasers", "jetpack", "teaser", "relatedposts",
                "relatedarticles", "readmore", "morefrom", "zergnet", "carousel", "yarpp"]),
            (.comments, ["comments", "disqus", "respond", "commentlist", "replies", "comment", "commentarea", "commentsection", "kommentare", "kommentar", "commentaires", "trackbacks"]),
            (.form, ["newsletter", "subscribe", "subscription", "signup", "searchform", "searchbox", "login"]),
        ]
        var table = [[(word: StaticString, clutter: HTMLClutter)]](repeating: [], count: 24)
        for (clutter, list) in words {
            for word in list { table[word.utf8CodeUnitCount].append((word, clutter)) }
        }
        return table
    }()
}
