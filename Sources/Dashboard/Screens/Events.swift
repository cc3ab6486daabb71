// SPDX-License-Identifier: Apache-2.0
import DashboardModel

/// What happens, as it happens; the newest on top.
struct EventsScreen {
    let list: EventPage
    let filter: EventFilter
    let routes: [String]
    let frame: Frame

    private static let kinds = [("", "everything"), ("job", "jobs"), ("job.failed", "failures"), ("job.done", "results"), ("route", "routes"), ("hook", "hooks"), ("scan", "scans"), ("daemon", "the daemon")]

    var page: String {
        frame.page(.events, title: "Events", #"""
            <div class="head"><h1>Events</h1><div class="actions"><button type="button" id="hold" aria-pressed="false" hidden>Hold</button></div></div>
            <form class="fields" action="/events" method="get" data-auto aria-label="Filter">
            <div class="field"><label for="type">About</label><select id="type" name="type">\#(kinds.map { Pieces.option($0.0, $0.1, chosen: filter.type) })</select></div>
            <div class="field"><label for="route">Route</label><select id="route" name="route">\#(Pieces.option("", "every", chosen: filter.route))\#(routes.map { Pieces.option($0, $0, chosen: filter.route) })</select></div>
            \#(Pieces.hidden([("job", filter.job)]))<button>Show</button></form>
            <section class="panel" aria-label="Events, the newest first">\#(if: list.events.isEmpty, #"<div id="no-events">\#(Pieces.empty("Nothing has happened yet", "Events appear here the moment they happen: drop a file into an inbox."))</div>"#)
            <ol class="log" id="log" data-kind="\#(filter.type ?? "")" data-route="\#(filter.route ?? "")" data-job="\#(filter.job ?? "")" data-last="\#(Int(clamping: list.last))">\#(list.events.reversed().map(row))</ol></section>
            <template id="event-row"><li><time></time><span class="type"></span><span class="on quiet"></span><span class="text"></span></li></template>
            """#)
    }

    private var kinds: [(String, String)] {
        guard let type = filter.type, !Self.kinds.contains(where: { $0.0 == type }) else { return Self.kinds }
        return Self.kinds + [(type, type)]
    }

    private func row(_ event: EventItem) -> Markup {
        let path: Markup = event.path.map { path in event.job.map { #"<a class="path" href="\#(Address.job($0))">\#(path)</a> "# } ?? "\(path) " } ?? ""
        return #"<li id="e\#(Int(clamping: event.seq))"><time datetime="\#(event.time)">\#(Words.clock(event.time))</time><span class="type state \#(Tone(event: event.type).rawValue)">\#(event.type)</span><span class="on quiet">\#(event.route ?? "")</span><span class="text">\#(path)<span class="quiet">\#(event.detail)</span></span></li>"#
    }
}
