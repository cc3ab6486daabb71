// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Synchronization

/// A daemon with one route, one job and one output; remembers what it was told to do.
final class FakeDaemon: ServedDaemon {
    let changes = Mutex<[Change]>([])
    let uploads = Mutex<[String: [UInt8]]>([:])
    let abandoned = Mutex(0)
    let text: [UInt8]
    private let (stream, feed) = AsyncStream.makeStream(of: EventItem.self)

    private let keepsStreamsOpen: Bool

    init(text: [UInt8] = Array("# A <script>alert(1)</script>\n".utf8), keepsStreamsOpen: Bool = false) {
        self.text = text
        self.keepsStreamsOpen = keepsStreamsOpen
    }

    func overview() async throws -> Overview {
        var overview = Overview()
        overview.version = "1"
        var route = RouteOverview(name: "ma\"in\\\n", state: .up)
        route.failures = [CodeCount(code: "malformed", count: 2)]
        overview.routes = [route]
        overview.hooks = [HookOverview(name: "index", backlog: 3, isOn: true)]
        return overview
    }

    func jobs(_ filter: JobFilter) async throws -> JobPage {
        var page = JobPage()
        page.jobs = [item]
        return page
    }

    private var item: JobItem { JobItem(job: "J1", route: "main", path: "a.pdf", name: "a.pdf", state: .done) }

    func job(_ name: String) async throws -> JobDetail {
        guard name == "J1" else { throw Refusal(.missing, "cannot find job \"\(name)\"") }
        var detail = JobDetail(job: item)
        detail.outputs = [output, picture]
        return detail
    }

    private var output: OutputItem {
        OutputItem(number: 0, path: "/out/a.pdf.html", name: "a.pdf.html", kind: "document", format: "html", bytes: UInt64(text.count), sha256: "", isThere: true, isViewable: true)
    }

    private var picture: OutputItem {
        OutputItem(number: 1, path: "/out/a.pdf.assets/1 b.png", name: "1 b.png", kind: "asset", format: "png", bytes: 3, sha256: "", isThere: true, isViewable: false)
    }

    func output(_ number: Int, of job: String) async throws -> OpenOutput {
        guard number < 2 else { throw Refusal(.missing, "cannot find output \(number)") }
        let bytes = number == 0 ? text : Array("PNG".utf8)
        return OpenOutput(item: number == 0 ? output : picture) { count, offset in Array(bytes.dropFirst(offset).prefix(count)) }
    }

    func routes() async throws -> [RouteDetail] { [RouteDetail(name: "main", state: .up)] }
    func hooks() async throws -> [HookDetail] { [] }
    func events(_ filter: EventFilter) async throws -> EventPage { EventPage() }
    func preview(_ request: SweepRequest?) async throws -> SweepPreview { SweepPreview() }

    func follow(_ filter: EventFilter, atMost perSecond: Int?) -> AsyncStream<EventItem> {
        let after = filter.after ?? 100
        return AsyncStream { feed in
            for seq in 1...2 { feed.yield(EventItem(seq: after + Int64(seq), time: "2026-01-01T00:00:00.000Z", type: "job.done", detail: "a\nb", json: "{}")) }
            if !keepsStreamsOpen { feed.finish() }
        }
    }

    func change(_ change: Change) async throws -> ChangeOutcome {
        changes.withLock { $0.append(change) }
        return ChangeOutcome(changed: 1, message: "done")
    }

    func testHook(_ name: String) async throws -> HookTrial { throw Refusal(.missing, "cannot find hook \"\(name)\"") }
    func startSweep(_ request: SweepRequest) async throws -> SweepRun { throw Refusal(.forbidden, "no") }
    func beginUpload(route: String, name: String) async throws -> any Upload { FakeUpload(daemon: self, name: name) }
}

final class FakeUpload: Upload {
    private let daemon: FakeDaemon
    private let name: String
    private let bytes = Mutex<[UInt8]>([])

    init(daemon: FakeDaemon, name: String) {
        self.daemon = daemon
        self.name = name
    }

    func write(_ piece: [UInt8]) async throws { bytes.withLock { $0 += piece } }

    func finish() async throws -> UploadOutcome {
        let bytes = bytes.withLock { $0 }
        daemon.uploads.withLock { $0[name] = bytes }
        return UploadOutcome(route: "main", path: name, bytes: UInt64(bytes.count))
    }

    func abandon() async { daemon.abandoned.withLock { $0 += 1 } }
}
