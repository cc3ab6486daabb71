// SPDX-License-Identifier: Apache-2.0

/// What stands around every page: the bar on top, what is wrong with the line to the daemon, the foot.
extension Frame {
    enum Section: String, CaseIterable {
        case overview = "Overview", jobs = "Jobs", preview = "Preview", routes = "Routes", events = "Events"

        var address: String {
            switch self {
            case .overview: "/"
            case .jobs: "/jobs"
            case .preview: "/preview"
            case .routes: "/routes"
            case .events: "/events"
            }
        }
    }

    func page(_ section: Section?, title: String, _ content: Markup) -> String {
        Self.document(title: "\(title) · intray", csrf: csrf, live: section != nil, #"""
            <a class="skip" href="#main">Skip to the content</a>
            <header class="top"><a class="brand" href="/">\#(Self.mark)intray</a>
            <nav aria-label="Pages"><ul>\#(links(section))</ul></nav>
            <div class="end"><span class="live" id="live" role="status">\#(section == nil ? "" : "Not live")</span>
            <button class="theme plain" id="theme" hidden aria-label="Switch colours"><svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="9" cy="9" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M9 2.8a6.2 6.2 0 0 1 0 12.4Z" fill="currentColor"/></svg></button>
            </div></header>
            <main id="main" tabindex="-1">
            <p class="notice bad" id="gone" role="alert" hidden><strong>Connection lost.</strong> <span>What you see may be old. Trying again; if this stays, look whether intray runs: <code>systemctl status intray</code></span></p>
            \#(content)</main>
            <footer class="foot"><p><span>intray \#(version)</span><a href="/api/v1/openapi.json">API</a><a href="/metrics">Metrics</a>\#(if: !mayChange, "<span>You may look, but not change anything.</span>")</p>\#(if: !mayChange && section != nil, #"<details><summary>Sign in to change something</summary>\#(LoginScreen.form)</details>"#)</footer>
            <div class="toasts" id="toasts" aria-live="polite"></div>
            """#)
    }

    private func links(_ current: Section?) -> [Markup] {
        Section.allCases.map { #"<li><a href="\#($0.address)"\#(if: $0 == current, #" aria-current="page""#)>\#($0.rawValue)</a></li>"# }
    }

    private static let mark: Markup = #"<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="M3 14v5h18v-5 M3 14h5l1.5 2.5h5L16 14h5 M12 3v8 M8.5 8 12 11.5 15.5 8"/></svg>"#

    /// A whole document. Without `csrf` nothing on it changes anything.
    static func document(title: String, csrf: String?, live: Bool, _ body: Markup) -> String {
        let page: Markup = #"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\#(title)</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="intray-csrf" content="\#(csrf ?? "")">
            <link rel="icon" href="/assets/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/assets/style.css"><script src="/assets/app.js"></script></head>
            <body\#(if: live, #" data-events="/api/v1/events/stream""#)>\#(body)</body></html>
            """#
        return page.text
    }
}
