// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// The settings in force, and what each hook did lately.
struct RoutesScreen {
    let routes: [RouteDetail]
    let hooks: [HookDetail]
    let frame: Frame

    var page: String {
        frame.page(.routes, title: "Routes and hooks", #"""
            <div class="head"><h1>Routes and hooks</h1><p class="lead">The settings in force. To change one, edit the configuration and reload: <code>systemctl reload intray</code>. What differs from the shipped value is marked.</p></div>
            <div class="columns even"><div class="stack">\#(routes.isEmpty ? Pieces.empty("No route is set", "A route says which inbox goes to which outbox: write one into the configuration.") : routes.reduce("") { $0 + route($1) })</div>
            <div class="stack">\#(hooks.isEmpty ? Pieces.empty("No hook is set", "A hook tells another program of each result: a search index, a mailbox, a repository. The article Hooks has recipes.") : hooks.reduce("") { $0 + hook($1) })</div></div>
            """#)
    }

    private func route(_ route: RouteDetail) -> Markup {
        #"""
        <section class="panel" id="settings-\#(route.name)"><header><h2>\#(route.name)</h2><span id="state-\#(route.name)" data-live>\#(Pieces.state(route.state.rawValue)) \#(if: route.reason != nil, #"<span class="quiet small">\#(route.reason ?? "")</span>"#)</span></header>\#(Self.settings(route.settings))</section>
        """#
    }

    private func hook(_ hook: HookDetail) -> Markup {
        #"""
        <section class="panel" id="hook-\#(hook.name)"><header><h2>\#(hook.name)</h2><span id="hook-state-\#(hook.name)" data-live>\#(if: hook.isGate, Pieces.state("gate", .odd)) \#(Pieces.hook(hook.isOn, hook.trouble, hook.backlog, givenUp: hook.givenUp))</span>\#
        <div class="actions" id="hook-orders-\#(hook.name)" data-live>\#(if: hook.givenUp > 0, Order.deliverAgain(hook: hook.name, hook.givenUp).button(frame))\#(Order.test(hook: hook.name).button(frame))</div></header>\#
        <div id="hook-trouble-\#(hook.name)" data-live>\#(Self.trouble(hook))</div>\#(Self.settings(hook.settings))
        <h3>Last deliveries</h3><div id="runs-\#(hook.name)" data-live>\#(Self.runs(hook.deliveries, showsHook: false))</div></section>
        """#
    }

    private static func trouble(_ hook: HookDetail) -> Markup {
        guard let trouble = hook.trouble else { return "" }
        let next = hook.isOn ? trouble.next.map { " The next attempt is due at \(Words.clock($0))." } ?? "" : ""
        return Pieces.notice("\(Quantity.count(trouble.failures, "failure", "failures")) in a row,", "the last on \(Words.moment(trouble.time)): \(Words.sentence(trouble.reason))\(next)", .bad)
    }

    private static func settings(_ items: [SettingItem]) -> Markup {
        // The name is the heading already.
        let items = items.filter { $0.key != "name" }
        let changed = items.filter(\.isChanged), rest = items.filter { !$0.isChanged }
        let rows = { (items: [SettingItem]) -> [Markup] in
            items.map { #"<dt><code>\#($0.key)</code></dt><dd class="path">\#($0.value)\#(if: $0.isChanged, #" <span class="mark">set</span>"#)</dd>"# }
        }
        return #"""
            \#(if: !changed.isEmpty, #"<dl class="facts">\#(rows(changed))</dl>"#)\#
            \#(if: !rest.isEmpty, #"<details><summary>\#(Quantity.count(rest.count, "setting", "settings")) as shipped</summary><dl class="facts">\#(rows(rest))</dl></details>"#)
            """#
    }

    /// What hooks did, the newest first.
    static func runs(_ runs: [HookRunItem], showsHook: Bool) -> Markup {
        guard !runs.isEmpty else { return #"<p class="quiet">Nothing was delivered yet.</p>"# }
        let rows: [Markup] = runs.map { run in
            let about: Markup = showsHook ? "\(run.hook)" : run.job.map { #"<a class="path" href="\#(Address.job($0))">\#(run.path ?? $0)</a>"# } ?? ""
            let how = [showsHook ? nil : run.event, run.reason].compactMap(\.self).joined(separator: ", ")
            return #"""
                <li><div class="row"><span>\#(Pieces.state(run.outcome)) \#(about)</span><span class="quiet small number">\#(run.milliseconds.map { Quantity.duration(milliseconds: $0) } ?? "") · <time datetime="\#(run.time)">\#(Words.moment(run.time))</time></span></div>\#
                <span class="quiet small">\#(how)\#(if: (run.attempt ?? 1) > 1, ", attempt \(run.attempt ?? 1)")\#(if: !run.isFinal, run.next.map { ", again at \(Words.moment($0))" } ?? ", will be tried again")\#(if: run.isFinal && run.outcome != "done", ", given up")</span>\#
                \#(if: !(run.errors ?? "").isEmpty, #"<pre class="said">\#(run.errors ?? "")</pre>"#)</li>
                """#
        }
        return #"<ul class="ranks">\#(rows)</ul>"#
    }
}
