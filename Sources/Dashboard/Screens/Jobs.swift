// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// The jobs, filtered by what stands in the address; many can be chosen and ordered about.
struct JobsScreen {
    let list: JobPage
    let filter: JobFilter
    let routes: [String]
    let frame: Frame

    var page: String {
        frame.page(.jobs, title: "Jobs", #"""
            <div class="head"><h1>Jobs</h1><div class="actions">\#(ofAll)</div></div>
            <nav aria-label="States"><ul class="tabs" id="states" data-live>\#(tabs)</ul></nav>
            <form class="fields" action="/jobs" method="get" role="search" aria-label="Filter">
            \#(if: filter.state != nil, Pieces.hidden([("state", filter.state?.rawValue)]))
            <div class="field wide"><label for="name">Name or folder</label><input id="name" name="name" type="search" value="\#(filter.name ?? "")" placeholder="invoice"></div>
            <div class="field"><label for="route">Route</label><select id="route" name="route">\#(Pieces.option("", "every", chosen: filter.route))\#(routes.map { Pieces.option($0, $0, chosen: filter.route) })</select></div>
            <div class="field"><label for="code">Code</label><input id="code" name="code" list="codes" value="\#(filter.code ?? "")" placeholder="any" size="14"><datalist id="codes">\#(Remedy.codes.map { Pieces.option($0, $0, chosen: nil) })</datalist></div>
            <div class="field"><label for="since">From</label><input id="since" name="since" type="date" value="\#(String((filter.since ?? "").prefix(10)))"></div>
            <div class="field"><label for="until">Before</label><input id="until" name="until" type="date" value="\#(String((filter.until ?? "").prefix(10)))"></div>
            <button>Show</button>\#(if: isFiltered, #"<a class="button plain" href="/jobs">Clear</a>"#)</form>
            <section class="panel" aria-label="List of jobs"><button type="button" class="news main" id="news" hidden></button>\#(table)</section>
            \#(bulk)
            """#)
    }

    private var isFiltered: Bool {
        [filter.code, filter.route, filter.name, filter.since, filter.until, filter.state?.rawValue].contains { $0 != nil }
    }

    private func address(state: String?, cursor: String?) -> String {
        Address.of("/jobs", [
            ("state", state), ("route", filter.route), ("code", filter.code), ("name", filter.name), ("since", filter.since), ("until", filter.until),
            ("limit", filter.limit == JobFilter().limit ? nil : String(filter.limit)), ("cursor", cursor),
        ])
    }

    private var tabs: Markup {
        let all = list.counts.reduce(0) { $0 + $1.count }
        let isMore = list.counts.contains(where: \.isMore)
        let first = tab(nil, "All", all, isMore: isMore)
        return JobState.allCases.reduce(first) { sum, state in
            let count = list.counts.first { $0.state == state }
            return sum + tab(state, state.word, count?.count ?? 0, isMore: count?.isMore ?? false)
        }
    }

    private func tab(_ state: JobState?, _ word: String, _ count: Int, isMore: Bool) -> Markup {
        #"<li><a href="\#(address(state: state?.rawValue, cursor: nil))"\#(if: filter.state == state, #" aria-current="true""#)>\#(word.prefix(1).uppercased())\#(word.dropFirst()) <span class="quiet">\#(Quantity.count(count))\#(if: isMore, "+")</span></a></li>"#
    }

    private var ofAll: Markup {
        guard filter.state == .failed, !list.jobs.isEmpty, filter.name == nil, filter.since == nil, filter.until == nil else { return "" }
        let words = ["failed jobs", filter.code.map { "with the code \($0)" }, filter.route.map { "of \($0)" }].compactMap(\.self).joined(separator: " ")
        return Order.retryAll(code: filter.code, route: filter.route, words).button(frame) + Order.dismissAll(code: filter.code, route: filter.route, words).button(frame)
    }

    private var table: Markup {
        guard !list.jobs.isEmpty else {
            let later: Markup = list.next.map { #"<a class="button main" href="\#(address(state: filter.state?.rawValue, cursor: $0))">Look further back</a>"# } ?? ""
            return isFiltered || filter.cursor != nil
                ? Pieces.empty("No job is like that", list.searchedBackTo.map { "Nothing was found back to \(Words.moment($0))." } ?? "Loosen the filter, or look at all of them.", later + #"<a class="button" href="/jobs">All jobs</a>"#)
                : Pieces.empty("No jobs yet", "Drop a file into an inbox, or onto the overview: its job appears here at once.", #"<a class="button main" href="/">To the overview</a>"#)
        }
        let newer: Markup = filter.cursor == nil ? "" : #"<a class="button" href="\#(address(state: filter.state?.rawValue, cursor: nil))">Newest</a>"#
        let older: Markup = list.next.map { #"<a class="button" rel="next" href="\#(address(state: filter.state?.rawValue, cursor: $0))">Older</a>"# } ?? ""
        return #"""
            <table class="jobs cards"><thead><tr><th class="pick" scope="col">\#(if: frame.mayChange, #"<input type="checkbox" id="all" aria-label="Choose all on this page" class="order">"#)</th><th scope="col">State</th><th scope="col">Document</th><th scope="col">Route</th><th scope="col" class="number">Size</th><th scope="col" class="number">Attempts</th><th scope="col" class="number">Took</th><th scope="col" class="number">Last heard of</th></tr></thead>
            <tbody id="rows" data-live data-rows>\#(list.jobs.map(row))</tbody></table>
            <div class="pages" id="pages" data-live>\#(newer)\#(older)\#(list.searchedBackTo.map { "Looked back to \(Words.moment($0))." } ?? "")</div>
            """#
    }

    private func row(_ job: JobItem) -> Markup {
        let why = [job.code, job.reason].compactMap(\.self).joined(separator: ": ")
        let losses = job.losses > 0 ? Quantity.count(job.losses, "loss", "losses") : ""
        return #"""
            <tr id="j-\#(job.job)" data-version="\#(job.state.rawValue) \#(job.updated) \#(job.attempts)"><td class="pick">\#(if: frame.mayChange, #"<input type="checkbox" class="order" name="job" value="\#(job.job)" aria-label="Choose \#(job.path)">"#)</td>\#
            <td>\#(Pieces.state(job.state))</td><td class="name"><a class="path" href="\#(Address.job(job.job))">\#(job.path)</a>\#(if: !why.isEmpty, #"<span class="why">\#(why)</span>"#)\#(if: !losses.isEmpty, #"<span class="why">\#(losses)</span>"#)</td>\#
            <td class="late">\#(job.route)</td><td class="number late">\#(Quantity.bytes(job.size))</td><td class="number late">\#(job.attempts)</td>\#
            <td class="number late">\#(job.milliseconds.map { Quantity.duration(milliseconds: $0) } ?? "–")</td><td class="number"><time datetime="\#(job.updated)">\#(Words.moment(job.updated))</time></td></tr>
            """#
    }

    private var bulk: Markup {
        guard frame.mayChange else { return "" }
        return #"""
            <div class="bulk" id="bulk" role="region" aria-label="Chosen jobs" hidden><span><b data-chosen></b> chosen</span>
            \#(Order.retry().button(frame))\#(Order.dismiss().button(frame))\#(Order.prioritize().button(frame))\#(Order.cancel().button(frame))<button type="button" class="plain" id="none">Choose none</button></div>
            """#
    }
}

extension JobState {
    /// `claimed` is the ledger's word; a person sees what it means.
    var word: String {
        switch self {
        case .claimed: "running"
        case .waiting: "to retry"
        case .done: "done"
        case .failed: "failed"
        case .skipped: "skipped"
        case .cancelled: "cancelled"
        case .retried: "retried"
        case .dismissed: "dismissed"
        }
    }
}

extension Pieces {
    static func state(_ state: JobState) -> Markup { self.state(state.word, Tone(state: state.rawValue)) }
}
