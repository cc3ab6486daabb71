// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// One job's story, from its arrival to its hooks, beside what became of the document.
struct JobScreen {
    let detail: JobDetail
    let frame: Frame

    private var job: JobItem { detail.job }

    var page: String {
        frame.page(.jobs, title: job.name, #"""
            <p class="small"><a href="/jobs">Jobs</a> / <a href="\#(Address.of("/jobs", [("route", job.route)]))">\#(job.route)</a></p>
            <div class="head" id="job-head" data-live><h1>\#(job.name)</h1>\#(Pieces.state(job.state))<div class="actions">\#(actions)</div></div>
            <div id="why" data-live>\#(why)</div>
            <div class="columns"><div class="stack">
            <section class="panel"><h2>Story</h2><div id="story" data-live>\#(phases)\#(story)</div></section>
            \#(losses)\#(attempts)</div>
            <div class="stack"><section class="panel"><h2>Source</h2><dl class="facts" id="facts" data-live>\#(facts)</dl></section>
            <section class="panel"><h2>Results</h2><div id="outputs" data-live>\#(outputs)</div></section>
            \#(if: !detail.hooks.isEmpty, #"<section class="panel"><h2>Hooks</h2><div id="job-hooks" data-live>\#(RoutesScreen.runs(detail.hooks, showsHook: true))\#(again)</div></section>"#)</div></div>
            \#(sides)
            """#)
    }

    private var actions: Markup {
        job.actions.reduce("") { sum, action in
            switch action {
            case .retry: sum + Order.retry([job.job]).button(frame)
            case .dismiss: sum + Order.dismiss([job.job]).button(frame)
            case .cancel: sum + Order.cancel([job.job]).button(frame)
            case .priority: sum + Order.prioritize([job.job]).button(frame)
            }
        }
    }

    /// What hooks were given up to tell of this job, as far as is known here.
    private var again: Markup {
        var last: [String: HookRunItem] = [:]
        for run in detail.hooks { last["\(run.hook) \(run.event ?? "")"] = run }
        let hooks = Set(last.values.filter { $0.isFinal && $0.outcome != "done" }.map(\.hook)).sorted()
        return #"<div class="actions">\#(hooks.map { Order.deliverAgain(hook: $0, job: job.job).button(frame) })</div>"#
    }

    private var why: Markup {
        switch job.state {
        case .failed, .cancelled:
            let words = job.reason ?? "No reason was noted."
            return Pieces.notice(job.code ?? job.state.word, "\(words). \(Remedy.of(job.code ?? ""))", job.state == .failed ? .bad : .odd)
        case .waiting:
            return Pieces.notice(job.code ?? "waiting", "\(job.reason ?? "")\(job.due.map { "; the next attempt is due \(Words.moment($0))" } ?? "")", .warn)
        case .skipped: return Pieces.notice("skipped", job.reason ?? "", .plain)
        case .dismissed: return Pieces.notice("dismissed", "\(job.reason.map { "\($0). " } ?? "")An operator is done with this failure; its file stays where it is, and can be retried all the same.", .plain)
        case .retried: return Pieces.notice("retried", "\(job.reason.map { "\($0). " } ?? "")Its file was given back to be taken by another job.", .plain)
        case .done: return job.reason.map { Pieces.notice("damaged", "\($0). It was converted as far as it could be read.", .warn) } ?? ""
        case .claimed: return ""
        }
    }

    /// Where the time went: the waits between steps, drawn to scale.
    private var phases: Markup {
        let parts = detail.steps.compactMap { step in step.elapsedMilliseconds.flatMap { $0 > 0 ? (step.phase, $0) : nil } }
        let sum = parts.reduce(0) { $0 + $1.1 }
        guard parts.count > 1, sum > 0, sum.isFinite else { return "" }
        var left = 0.0
        var bars: Markup = "", words: Markup = ""
        var kinds: [String] = []
        for part in parts.prefix(24) {
            let width = max(6, part.1 / sum * 1000)
            if !kinds.contains(part.0) { kinds.append(part.0) }
            let kind = (kinds.firstIndex(of: part.0) ?? 0) % 6
            bars += #"<rect class="p\#(kind)" x="\#(Int(left))" width="\#(Int(width.rounded(.up)))" height="14"/>"#
            words += #"<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="p\#(kind)" width="10" height="10"/></svg>\#(part.0) \#(Quantity.duration(milliseconds: part.1))</li>"#
            left += width
        }
        return #"<div class="phases"><svg viewBox="0 0 \#(max(1, Int(left.rounded(.up)))) 14" preserveAspectRatio="none" aria-hidden="true">\#(bars)</svg><ul>\#(words)</ul></div>"#
    }

    private var story: Markup {
        let steps: [Markup] = detail.steps.map { step in
            #"""
            <li class="\#(step.tone.rawValue)"><time datetime="\#(step.time)">\#(Words.clock(step.time))</time><div><span class="what">\#(step.words)</span>\#
            \#(if: (step.elapsedMilliseconds ?? 0) > 0, #"<span class="gap">after \#(Quantity.duration(milliseconds: step.elapsedMilliseconds ?? 0))</span>"#)\#
            \#(if: !step.detail.isEmpty, "<p>\(step.detail)</p>")</div></li>
            """#
        }
        return #"\#(if: detail.isCutShort, Pieces.notice("The beginning is missing.", "The event log has been rotated since.", .warn))<ol class="story">\#(steps)</ol>"#
    }

    private var losses: Markup {
        guard !detail.losses.isEmpty else { return "" }
        let groups: [Markup] = detail.losses.map { group in
            #"<details\#(if: detail.losses.count == 1, " open")><summary>\#(if: group.isDamage, #"\#(Pieces.state("damaged", .warn)) "#)<code>\#(group.code)</code> <span class="quiet">\#(Quantity.count(group.count, "time", "times"))</span></summary><ul>\#(group.items.prefix(50).map { item in #"<li>\#(item.message)\#(if: item.location != nil, #" <span class="quiet">\#(item.location ?? "")</span>"#)\#(if: item.count > 1, #" <span class="quiet">× \#(Quantity.count(item.count))</span>"#)</li>"# })</ul></details>"#
        }
        return #"<section class="panel losses" id="losses" data-live><h2>What could not be carried over</h2>\#(groups)</section>"#
    }

    private var attempts: Markup {
        guard detail.attempts.count > 1 || detail.attempts.contains(where: { $0.outcome == "failed" }) else { return "" }
        let rows: [Markup] = detail.attempts.map { attempt in
            #"<tr><td>\#(attempt.number)</td><td>\#(Pieces.state(attempt.outcome))</td><td>\#([attempt.code, attempt.reason].compactMap(\.self).joined(separator: ": "))</td><td class="number">\#(attempt.milliseconds.map { Quantity.duration(milliseconds: $0) } ?? "–")</td><td class="number">\#(attempt.nextInMilliseconds.map { "in " + Quantity.duration(milliseconds: $0) } ?? "–")</td></tr>"#
        }
        return #"<section class="panel" id="attempts" data-live><h2>Attempts</h2><div class="scroll" tabindex="0" role="region" aria-label="Attempts"><table><thead><tr><th scope="col">No.</th><th scope="col">Ended</th><th scope="col">Why</th><th scope="col" class="number">Took</th><th scope="col" class="number">Again</th></tr></thead><tbody>\#(rows)</tbody></table></div></section>"#
    }

    private var facts: Markup {
        let source = detail.source
        let rows: [(String, Markup?)] = [
            ("Inbox path", "<span class=\"path\">\(source.path.isEmpty ? job.path : source.path)</span>"), ("Size", source.size.map { "\(Quantity.bytes($0))" }),
            ("Found by", source.origin.map { "\($0)" }), ("Taken up", job.began.isEmpty ? nil : "\(Words.moment(job.began))"),
            ("Now in", "<span class=\"path\">\(source.place ?? "deleted, as the route says")</span>"),
            ("Content", source.sha256.map { #"<code>\#($0)</code>"# }), ("Same as", source.duplicateOf.map { #"<a href="\#(Address.job($0))">\#($0)</a>"# }),
            ("Job", #"<code>\#(job.job)</code>"#),
        ]
        return rows.reduce("") { sum, row in row.1.map { sum + "<dt>\(row.0)</dt><dd>\($0)</dd>" } ?? sum }
    }

    private func raw(_ output: OutputItem) -> String { "/api/v1/jobs/\(Address.encode(job.job))/outputs/\(output.number)" }

    private func view(_ output: OutputItem) -> String { "/jobs/\(Address.encode(job.job))/view/\(output.number)" }

    private func isRead(_ output: OutputItem) -> Bool { output.kind == "document" && output.isThere && output.isViewable }

    private var outputs: Markup {
        guard !detail.outputs.isEmpty else { return #"<p class="quiet">There is no result\#(job.state == .claimed ? " yet" : "").</p>"# }
        return #"<ul class="ranks">\#(detail.outputs.prefix(200).map { output in #"<li><div class="row"><span class="path">\#(if: output.isThere, #"<a href="\#(raw(output))">\#(output.name)</a>"#)\#(if: !output.isThere, "\(output.name)")</span><span class="quiet number">\#(Quantity.bytes(output.bytes))</span></div><span class="quiet small">\#(output.kind)\#(if: !output.isThere, ", no longer there")\#(if: isRead(output), #" · <a href="\#(view(output))">as it reads</a>"#)</span></li>"# })</ul>"#
    }

    /// The result as it reads beside the text as it stands, each in a frame that may run nothing.
    private var sides: Markup {
        let documents = detail.outputs.filter(isRead)
        guard let output = documents.first(where: { ["md", "html"].contains($0.format) }) ?? documents.first else { return "" }
        let view = view(output)
        return #"""
            <section class="result" aria-labelledby="result"><h2 id="result">The document</h2><div class="sides">
            <figure><figcaption class="quiet small">As it reads · <a href="\#(view)">open by itself</a></figcaption><iframe class="sheet" sandbox src="\#(view)" title="\#(output.name), rendered"></iframe></figure>
            <figure><figcaption class="quiet small">As it stands in \#(output.name) · <a href="\#(raw(output))" download>download</a></figcaption><iframe class="sheet raw" sandbox src="\#(view)?raw=1" title="\#(output.name), its text"></iframe></figure></div></section>
            """#
    }
}

extension StoryStep {
    fileprivate var tone: Tone {
        switch kind {
        case "done": .good
        case "failed": .bad
        case "retry", "torn": .warn
        case "started", "claimed": .busy
        case "hook": Tone(event: type)
        default: .plain
        }
    }

    fileprivate var words: String {
        switch kind {
        case "arrived": "Arrived"
        case "settled": "Complete"
        case "claimed": "Claimed"
        case "started": attempt.map { $0 > 1 ? "Conversion began, attempt \($0)" : "Conversion began" } ?? "Conversion began"
        case "retry": "Will be tried again"
        case "torn": "Changed while it was read"
        case "done": "Published"
        case "failed": "Failed"
        case "skipped": "Skipped"
        case "cancelled": "Cancelled"
        case "retried": "Given back, for another job"
        case "dismissed": "An operator is done with the failure"
        case "hook": "Hook"
        default: type.isEmpty ? kind : type
        }
    }

    /// What the time before this step was spent on.
    fileprivate var phase: String {
        switch kind {
        case "settled": "settling"
        case "claimed": "waiting to be taken"
        case "started": "in the queue"
        case "done", "failed", "retry", "torn": "converting and publishing"
        case "hook": "until the hook"
        default: kind
        }
    }
}
