// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// How good or bad something is: gives the colour and the sign that go with the word.
enum Tone: String, Sendable {
    case plain = "", good, bad, warn, busy, odd

    /// Of a job's or a route's state.
    init(state: String) {
        switch state {
        case "done", "up", "ok", "delivered", "convert", "on": self = .good
        case "failed", "down", "timeout", "off": self = .bad
        case "waiting", "paused", "degraded", "wait", "deferred": self = .warn
        case "claimed", "converting", "running": self = .busy
        case "cancelled": self = .odd
        default: self = .plain
        }
    }

    /// Of an event's type; `app.js` says the same in its `tone`.
    init(event: String) {
        switch event.split(separator: ".").last.map(String.init) ?? "" {
        case "done", "up", "resumed": self = .good
        case "failed", "down", "timeout", "disabled", "rejected", "off": self = .bad
        case "retry", "torn", "paused", "degraded", "stalled", "deferred": self = .warn
        case "claimed", "started": self = .busy
        default: self = .plain
        }
    }

    /// Drawn in a square of twelve.
    fileprivate var sign: Markup {
        switch self {
        case .good: #"<path d="M2 6.5 5 9.5 10 3" fill="none" stroke="currentColor" stroke-width="2"/>"#
        case .bad: #"<path d="M2.5 2.5 9.5 9.5 M9.5 2.5 2.5 9.5" stroke="currentColor" stroke-width="2"/>"#
        case .warn: #"<path d="M6 1 11.4 10.6H.6Z" fill="currentColor"/>"#
        case .busy: #"<path d="M3 1.5v9L10.5 6Z" fill="currentColor"/>"#
        case .odd: #"<path d="M2 6h8" stroke="currentColor" stroke-width="2.4"/>"#
        case .plain: #"<circle cx="6" cy="6" r="3.2" fill="none" stroke="currentColor" stroke-width="2"/>"#
        }
    }

    fileprivate var icon: Markup { #"<svg viewBox="0 0 12 12" aria-hidden="true">\#(sign)</svg>"# }
}

/// Pieces that several pages share.
enum Pieces {
    static func state(_ word: String, _ tone: Tone? = nil) -> Markup {
        let tone = tone ?? Tone(state: word)
        return #"<span class="state \#(tone.rawValue)">\#(tone.icon)\#(word)</span>"#
    }

    /// How a hook stands, in signs.
    static func hook(_ isOn: Bool, _ trouble: HookTrouble?, _ backlog: Int, givenUp: Int) -> Markup {
        let first = !isOn ? state("off") : trouble != nil ? state("failing", .bad) : backlog == 0 && givenUp == 0 ? state("idle", .good) : ""
        return #"""
            \#(first)\#(if: backlog > 0, state("owes \(Quantity.count(backlog))", .busy))\#(if: givenUp > 0, state("gave up \(Quantity.count(givenUp))", .warn))
            """#
    }

    static func notice(_ strong: String, _ rest: String, _ tone: Tone) -> Markup {
        #"<div class="notice \#(tone.rawValue)" role="status"><strong>\#(strong)</strong> <span>\#(rest)</span></div>"#
    }

    /// Where nothing is: what that means and what to do.
    static func empty(_ title: String, _ words: String, _ actions: Markup = "", isWholePage: Bool = false) -> Markup {
        let heading: Markup = isWholePage ? "<h1>\(title)</h1>" : "<h2>\(title)</h2>"
        return #"""
        <div class="empty"><svg viewBox="0 0 48 48" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="M6 28 12 10h24l6 18v10H6Z M6 28h10l3 5h10l3-5h10"/></svg>
        \#(heading)<p>\#(words)</p><div class="actions">\#(actions)</div></div>
        """#
    }

    /// Where files are dropped, or chosen with the keyboard.
    static func drop(_ frame: Frame, _ routes: [String]) -> Markup {
        guard frame.mayChange, !routes.isEmpty else { return "" }
        return #"""
            <section class="drop order" id="drop" aria-label="Add files"><div class="words"><h2>Add files</h2><p class="quiet small">Drop them anywhere on this page, or choose them.</p></div>
            <div class="field"\#(if: routes.count == 1, " hidden")><label for="drop-route">Into</label> <select id="drop-route" name="route">\#(routes.map { option($0, $0, chosen: nil) })</select></div>
            <label class="button">Choose files<input type="file" multiple class="unseen"></label>
            <ul class="uploads" aria-live="polite"></ul></section>
            """#
    }

    static func hidden(_ fields: [(String, String?)]) -> Markup {
        fields.reduce("") { sum, field in
            guard let value = field.1 else { return sum }
            return sum + #"<input type="hidden" name="\#(field.0)" value="\#(value)">"#
        }
    }

    static func option(_ value: String, _ label: String, chosen: String?) -> Markup {
        #"<option value="\#(value)"\#(if: (chosen ?? "") == value, " selected")>\#(label)</option>"#
    }

    /// A share of a whole, as a bar across the column.
    static func bar(_ part: Double, _ kind: Markup) -> Markup {
        let width = Int((min(1, max(0, part.isFinite ? part : 0)) * 1000).rounded())
        return #"<svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="1000" height="10" rx="5"/><rect class="\#(kind)" width="\#(max(width, part > 0 ? 8 : 0))" height="10" rx="5"/></svg>"#
    }
}
