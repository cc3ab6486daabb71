// SPDX-License-Identifier: Apache-2.0
import DashboardModel
@testable import DashboardScreens
import Quantities
import Testing

@Suite("Pages")
struct PagesTests {
    private let frame = Frame(csrf: "secret", path: "/jobs", version: "1.2.3")
    private let hostile = "<script>alert(1)</script>\" onload=\"x"

    @Test("what files, hooks and reasons are called is text on every page")
    func escapesEverywhere() {
        for page in pages(frame) {
            #expect(!page.contains("<script>alert"))
            #expect(!page.contains("\" onload=\""))
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x"))
        }
    }

    @Test("no page holds a script, a style or an address of another host")
    func keepsToThePolicy() {
        for page in pages(frame) {
            #expect(page.count(of: "<script") == 1)
            #expect(page.contains("<script src=\"/assets/app.js\">"))
            #expect(!page.contains(" style=") && !page.contains("<style") && !page.contains("http://") && !page.contains("https://"))
        }
    }

    @Test("who may only look finds no button that changes something")
    func offersNoChangeToVisitors() {
        for page in pages(Frame(csrf: nil, path: "/", version: "1")) { #expect(!page.contains("data-post") && !page.contains("id=\"drop\"")) }
        #expect(pages(frame).contains { $0.contains("data-post") })
    }

    @Test("a hook that fails says how often, why and when it goes on, and what it gave up can be delivered again")
    func troubledHook() {
        var trouble = HookTrouble(failures: 4, reason: "exit 3: no such table", time: "2026-03-12T07:10:00.042Z")
        trouble.next = "2026-03-12T07:15:00.042Z"
        var hook = HookDetail(name: "index", isOn: true)
        hook.trouble = trouble
        hook.givenUp = 2
        let page = Screens.routes([], hooks: [hook], frame)
        for words in ["failing", "gave up 2", "4 failures in a row", "12 Mar 07:10:00: Exit 3: no such table.", "due at 07:15:00", "data-post=\"/api/v1/hooks/index/retry\""] {
            #expect(page.contains(words), "\(words)")
        }
        var overview = overview
        overview.hooks[0].trouble = trouble
        #expect(Screens.overview(overview, frame).contains("failing"))
        #expect(!Screens.routes([], hooks: [HookDetail(name: "index", isOn: true)], frame).contains("/retry"))
    }

    @Test("a job's page says when a hook is told again, and offers what was given up")
    func untoldJob() {
        var detail = JobDetail(job: job)
        var off = HookRunItem(hook: "away", time: "2026-03-12T07:10:00.042Z", outcome: "deferred", isFinal: false)
        off.next = "2026-03-12T07:15:00.042Z"
        detail.hooks = [off, HookRunItem(hook: "index", time: "2026-03-12T07:10:00.042Z", outcome: "failed", isFinal: true)]
        let page = Screens.job(detail, frame)
        for words in ["again at 12 Mar 07:15:00", ", given up", "Tell index again", "data-post=\"/api/v1/hooks/index/retry\""] { #expect(page.contains(words), "\(words)") }
        #expect(!page.contains("Tell away again"))
        detail.hooks.append(HookRunItem(hook: "index", time: "2026-03-12T07:20:00.042Z", outcome: "done", isFinal: true))
        #expect(!Screens.job(detail, frame).contains("Tell index again"))
    }

    @Test("what cannot be undone is asked first")
    func asksFirst() {
        let page = Screens.overview(overview, frame)
        let cancel = page.range(of: "data-post=\"/api/v1/jobs/cancel\"")
        let dialog = page.range(of: "<dialog popover id=\"ask-Cancel")
        #expect(cancel != nil && dialog != nil)
        if let cancel, let dialog { #expect(dialog < cancel) }
    }

    @Test("a filter stays in the addresses of states and older pages")
    func keepsFilters() {
        var filter = JobFilter()
        filter.route = "a b"
        filter.name = "x&y"
        filter.state = .failed
        var list = JobPage()
        list.jobs = [job]
        list.next = "CURSOR"
        let page = Screens.jobs(list, filter, routes: ["a b"], frame)
        #expect(page.contains("/jobs?state=done&amp;route=a%20b&amp;name=x%26y"))
        #expect(page.contains("/jobs?state=failed&amp;route=a%20b&amp;name=x%26y&amp;cursor=CURSOR"))
    }

    @Test("an order for one job carries its name as JSON")
    func ordersAreJSON() {
        #expect(JSONText.object([("jobs", .texts(["a\"b\\", "c\n"])), ("all", nil), ("n", .number(3))]) == #"{"jobs":["a\"b\\","c\u000a"],"n":3}"#)
    }

    @Test("numbers read as people write them")
    func numbersRead() {
        #expect(Quantity.count(1_234_567) == "1,234,567")
        #expect(Quantity.bytes(UInt64(999)) == "999 B")
        #expect(Quantity.bytes(UInt64(1_400_000)) == "1.3 MiB")
        #expect(Quantity.bytes(UInt64(1_048_000)) == "1,023 KiB")
        #expect(Quantity.bytes(UInt64(1_048_200)) == "1 MiB")
        #expect(Quantity.duration(milliseconds: 0.2) == "< 1 ms")
        #expect(Quantity.duration(milliseconds: 125_000) == "2 min 5 s")
        #expect(Quantity.duration(milliseconds: .infinity) == "–")
        #expect(Words.moment("2026-03-12T07:10:00.042Z") == "12 Mar 07:10:00")
        #expect(Words.moment("") == "")
    }

    @Test("the hour tells in words what it draws")
    func describesTheChart() {
        let points = [RatePoint(time: "2026-03-12T07:09:00.000Z", done: 3, failed: 1, bytes: 2_000_000), RatePoint(time: "2026-03-12T07:10:00.000Z")]
        let chart = HourChart(points: points).markup.text
        #expect(chart.contains("In the last hour 3 documents were converted (1.9 MiB) and 1 failed; at most 4 in one minute."))
        #expect(chart.contains(">07:10</text>"))
    }

    private var job: JobItem {
        var job = JobItem(job: "01JOB", route: hostile, path: hostile, name: hostile, state: .failed)
        job.code = hostile
        job.reason = hostile
        job.actions = [.retry, .cancel, .priority]
        return job
    }

    private var overview: Overview {
        var route = RouteOverview(name: hostile, state: .down)
        route.reason = hostile
        route.inbox = hostile
        route.throughput.queued = 3
        route.failures = [CodeCount(code: hostile, count: 2)]
        var overview = Overview()
        overview.host = hostile
        overview.routes = [route]
        overview.hooks = [HookOverview(name: hostile, backlog: 1, isOn: true)]
        return overview
    }

    private func pages(_ frame: Frame) -> [String] {
        var list = JobPage()
        list.jobs = [job]
        var detail = JobDetail(job: job)
        detail.steps = [StoryStep(kind: hostile, type: hostile, time: hostile, detail: hostile)]
        detail.hooks = [HookRunItem(hook: hostile, time: hostile, outcome: hostile, isFinal: true)]
        detail.losses = [LossGroup(code: hostile, count: 1, items: [LossItem(message: hostile, location: hostile, count: 2)])]
        detail.outputs = [OutputItem(number: 0, path: hostile, name: hostile, kind: "document", format: "md", bytes: 1, sha256: hostile, isThere: true, isViewable: true)]
        var preview = SweepPreview()
        preview.folders = [hostile]
        preview.request = SweepRequest(folder: hostile)
        preview.counts.convert = 1
        preview.files = [PreviewItem(path: hostile, action: .convert, reason: hostile, outputs: [hostile])]
        var route = RouteDetail(name: hostile, state: .up)
        route.settings = [SettingItem(key: hostile, value: hostile, isChanged: true)]
        var hook = HookDetail(name: hostile, isOn: true)
        hook.deliveries = [HookRunItem(hook: hostile, time: hostile, outcome: hostile, isFinal: true)]
        hook.deliveries[0].errors = hostile
        hook.deliveries[0].reason = hostile
        hook.deliveries[0].next = hostile
        hook.trouble = HookTrouble(failures: 1, reason: hostile, time: hostile)
        hook.trouble?.next = hostile
        hook.givenUp = 1
        hook.deliveries[0].job = hostile
        hook.deliveries[0].path = hostile
        var events = EventPage()
        var event = EventItem(seq: 1, time: hostile, type: hostile, detail: hostile, json: hostile)
        event.path = hostile
        event.job = hostile
        events.events = [event]
        return [
            Screens.overview(overview, frame), Screens.jobs(list, JobFilter(), routes: [hostile], frame), Screens.job(detail, frame), Screens.preview(preview, frame),
            Screens.routes([route], hooks: [hook], frame), Screens.events(events, EventFilter(), routes: [hostile], frame), Screens.refusal(Refusal(.missing, hostile), frame),
        ]
    }
}

extension String {
    fileprivate func count(of piece: String) -> Int { ranges(of: piece).count }
    fileprivate func range(of piece: String) -> String.Index? { firstRange(of: piece)?.lowerBound }
}
