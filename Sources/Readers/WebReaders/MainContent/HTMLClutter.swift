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

    /// By the words of its class and `id`.
    static func named(_ node: HTMLNode) -> HTMLClutter? {
        for attribute in [node.attribute("class"), node.attribute("id")] {
            guard let text = attribute, text.count < 1_000 else { continue }
            var start = 0
            var place = 0
            while place <= text.count {
                if place == text.count || !ByteSlice.isLetter(text[place]) {
                    if place > start, place - start < byLength.count {
                        let word = text[slice: start..<place]
                        for known in byLength[place - start] where word.isKeyword(known.word) { return known.clutter }
                    }
                    start = place + 1
                }
                place += 1
            }
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
                "navlinks", "navmenu", "dropdown",
            ]),
            (.banner, ["masthead", "topbar", "siteheader", "sitesub", "sitenotice"]),
            (.footer, ["footer", "colophon", "copyright", "printfooter", "pagefooter", "sitefooter"]),
            (.sidebar, ["sidebar", "widget", "widgets", "rail", "aside"]),
            (.notice, ["cookie", "cookies", "consent", "gdpr", "ccpa", "popup", "modal", "overlay", "lightbox", "toast", "paywall", "onetrust", "cookiebar", "cookiebanner"]),
            (.sharing, ["share", "sharing", "social", "sharebar", "addthis", "addtoany", "sharedaddy", "follow", "socials"]),
            (.advertisement, ["ad", "ads", "advert", "advertisement", "adsbygoogle", "sponsor", "sponsored", "promo", "promoted", "promotion", "taboola", "outbrain"]),
            (.related, ["related", "recommended", "recommendations", "recirc", "trending", "popular", "readnext", "teasers", "jetpack"]),
            (.comments, ["comments", "disqus", "respond", "commentlist", "replies"]),
            (.form, ["newsletter", "subscribe", "subscription", "signup", "searchform", "searchbox", "login"]),
        ]
        var table = [[(word: StaticString, clutter: HTMLClutter)]](repeating: [], count: 24)
        for (clutter, list) in words {
            for word in list { table[word.utf8CodeUnitCount].append((word, clutter)) }
        }
        return table
    }()
}
