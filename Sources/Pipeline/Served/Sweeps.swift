// SPDX-License-Identifier: Apache-2.0
import Announcements
import BatchProcessing
import ConversionProtocol
import DashboardModel
import FileAccess
import Foundation
import Glibc
import Hooks
import Settings
import Synchronization
import SystemPackage

extension ServedIntake {
    func preview(_ request: SweepRequest?) async throws -> SweepPreview {
        var preview = SweepPreview()
        preview.folders = sweeps.folders.map(\.string)
        preview.sweeps = sweeps.runs
        guard let request else { return preview }
        let configuration = try sweeps.configuration(of: request)
        preview.request = request
        preview.outbox = configuration.routes[0].outbox.escaped
        let found = Mutex((files: [PreviewItem](), counts: PreviewCounts()))
        try await DryRun(configuration, waits: false).run { line in
            found.withLock { found in
                switch line.action {
                case .convert: found.counts.convert += 1
                case .skip: found.counts.skip += 1
                case .leave: found.counts.leave += 1
                case .wait: found.counts.wait += 1
                }
                guard found.files.count < 500 else { return }
                found.files.append(PreviewItem(path: line.path, action: .init(rawValue: line.action.rawValue) ?? .leave, reason: line.reason, outputs: line.outputs))
            }
        }
        (preview.files, preview.counts) = found.withLock { ($0.files, $0.counts) }
        preview.files.sort { $0.path < $1.path }
        let counts = preview.counts
        preview.isCutShort = counts.convert + counts.skip + counts.leave + counts.wait > preview.files.count
        return preview
    }

    func startSweep(_ request: SweepRequest) async throws -> SweepRun { try sweeps.start(request, instance: intake.configuration) }
}

/// Sweeps that were started from the page: each an `intray sweep` of its own, as in a shell, so that it is bounded, can be
/// killed, and goes on where it was when it is started again.
final class Sweeps: Sendable {
    private struct Desk: Sendable {
        var runs: [SweepRun] = []
        var orders: [Order] = []
    }

    private struct Order: Sendable {
        var id: String
        var command: [String]
    }

    let folders: [FilePath]
    private let outbox: FilePath
    private let state: FilePath
    private let desk = Mutex(Desk())
    private let stopping = Wake()
    private let (bell, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    init(configuration: Settings.Configuration) {
        folders = configuration.dashboard.sweepFolders
        outbox = configuration.routes.first?.outbox ?? configuration.state
        state = configuration.state
    }

    var runs: [SweepRun] { desk.withLock { $0.runs.reversed() } }

    /// The settings of a sweep, which must stay within the folders that the configuration allows.
    func configuration(of request: SweepRequest) throws -> Settings.Configuration {
        let folder = try allowed(request.folder)
        let name = String(Array(folder.bytes).withUnsafeBytes { ContentHash.of($0) }.prefix(12))
        var route = RouteSettings(root: state.appending("sweeps").appending(name))
        route.name = "sweep"
        route.inbox = folder
        route.outbox = outbox.appending("sweeps").appending(folder.lastComponent?.string ?? "root")
        route.claim = .leave
        route.disposal = .leave
        route.empty = .fail
        route.include = request.include
        route.exclude = request.exclude
        route.extensions = request.extensions.map { ($0.hasPrefix(".") ? String($0.dropFirst()) : $0).lowercased() }
        route.minimumSize = request.minimumSize
        route.maximumSize = request.maximumSize
        let formats = request.formats.map { OutputFormat(rawValue: $0) }
        guard !formats.isEmpty, !formats.contains(nil) else { throw Refusal(.invalid, "cannot read \"formats\": expected some of md, txt, json, html, chunks") }
        route.options.formats = formats.compactMap(\.self)
        for pattern in request.include + request.exclude {
            guard !pattern.isEmpty, (try? Glob(pattern)) != nil else { throw Refusal(.invalid, "cannot read a pattern: expected one such as \"invoices/**\" or \"*.pdf\"") }
        }
        return Settings.Configuration(state: state.appending("sweeps").appending(name), routes: [route])
    }

    /// With its links resolved, the folder must be one of those allowed, or below one.
    private func allowed(_ text: String) throws(Refusal) -> FilePath {
        guard !folders.isEmpty else { throw Refusal(.forbidden, "cannot sweep: no folder is allowed; list some under dashboard.sweep_folders") }
        let refusal = Refusal(.forbidden, "cannot sweep this folder: it is not among those allowed; choose one of \(folders.map(\.quoted).joined(separator: ", "))")
        guard text.hasPrefix("/"), !text.utf8.contains(0), let real = Self.real(FilePath(text)) else { throw refusal }
        let isAllowed = folders.contains { folder in Self.real(folder).map { real.starts(with: $0) } ?? false }
        var isFolder = stat()
        guard isAllowed, real.withPlatformString({ stat($0, &isFolder) }) == 0, isFolder.st_mode & S_IFMT == S_IFDIR else { throw refusal }
        return real
    }

    private static func real(_ path: FilePath) -> FilePath? {
        guard let raw = path.withPlatformString({ realpath($0, nil) }) else { return nil }
        defer { free(raw) }
        return FilePath(platformString: raw)
    }

    func start(_ request: SweepRequest, instance: Settings.Configuration) throws -> SweepRun {
        let configuration = try configuration(of: request)
        let route = configuration.routes[0]
        // A sweep makes its own folders, and none above them.
        do {
            for folder in [route.outbox, configuration.state] { _ = try Folder(folder.removingLastComponent(), making: true) }
        } catch let error as SystemError { throw Refusal(.unavailable, error.description) }
        var room = [CChar](repeating: 0, count: 4_096)
        guard readlink("/proc/self/exe", &room, room.count - 1) > 0 else { throw Refusal(.unavailable, "cannot start a sweep: this program's own file is not to be found") }
        var command = [FilePath(platformString: room).string, "sweep", route.inbox.string, "--outbox", route.outbox.string, "--state", configuration.state.string, "--json", "--no-wait"]
        if instance.sandbox == .off { command += ["--sandbox", "off"] }
        command += ["--format", route.options.formats.map(\.rawValue).joined(separator: ",")]
        for (option, values) in [("--include", route.include), ("--exclude", route.exclude), ("--extension", route.extensions)] { for value in values { command += [option, value] } }
        if let least = route.minimumSize { command += ["--minimum-size", "\(least)"] }
        if let most = route.maximumSize { command += ["--maximum-size", "\(most)"] }
        let id = JobID(milliseconds: WallClock.milliseconds).text
        let run = SweepRun(id: id, folder: route.inbox.escaped, outbox: route.outbox.escaped, started: Event.text(of: WallClock.milliseconds), isRunning: true)
        try desk.withLock { desk in
            if desk.runs.contains(where: { $0.isRunning && $0.folder == run.folder }) { throw Refusal(.conflict, "cannot start a sweep of \(route.inbox.quoted): one is running") }
            if desk.runs.count(where: \.isRunning) >= 2 { throw Refusal(.conflict, "cannot start another sweep: two are running; wait for one to end") }
            desk.runs = desk.runs.suffix(49) + [run]
            desk.orders.append(Order(id: id, command: command))
        }
        ringer.yield()
        return run
    }

    /// Runs what is started, until the task is cancelled; a sweep that runs then is ended, and can be gone on with.
    func run() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { tasks in
                for await _ in bell {
                    for order in desk.withLock({ desk in
                        defer { desk.orders = [] }
                        return desk.orders
                    }) { tasks.addTask { await self.run(order) } }
                }
            }
        } onCancel: { stopping.signal() }
    }

    private func run(_ order: Order) async {
        var call = HookCall(HookSettings(name: "sweep", command: order.command), event: Event(.daemonStarted), line: [], state: state)
        call.input = []
        call.timeout = .seconds(86_400 * 30)
        call.killGrace = .seconds(30)
        call.wantsOutput = true
        for name in ["INTRAY_WORKER", "INTRAY_WATCHER", "HOME"] {
            if let value = getenv(name) { call.environment.append(Array("\(name)=\(String(cString: value))".utf8)) }
        }
        let run = await call.run(stop: stopping)
        desk.withLock { desk in
            guard let place = desk.runs.firstIndex(where: { $0.id == order.id }) else { return }
            desk.runs[place].isRunning = false
            desk.runs[place].end(run)
        }
    }
}

extension SweepRun {
    /// As the sweep's own summary says it.
    fileprivate mutating func end(_ run: HookRun) {
        struct Summary: Decodable {
            var done: Int
            var failed: Int
            var skipped: Int
        }
        let line = run.output.split(separator: 0x0A).last { $0.first == UInt8(ascii: "{") }
        if let summary = line.flatMap({ try? JSONDecoder().decode(Summary.self, from: Data($0)) }) {
            (done, failed, skipped) = (summary.done, summary.failed, summary.skipped)
        }
        switch run.ending {
        case .exited(0): result = "finished"
        case .exited(1): result = "finished; some files failed"
        case .exited(7): result = "finished; some files were still being written: start it again later"
        case .stopped: result = "ended with the daemon: start it again to go on"
        default: result = "\(run.text): \(String(decoding: run.errors, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? "it said nothing")"
        }
    }
}
