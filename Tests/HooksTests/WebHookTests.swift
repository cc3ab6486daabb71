// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import FoundationEssentials
import Glibc
import Hooks
import Ledger
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("A hook that is a web address", .timeLimit(.minutes(10)), .enabled(if: FilePath("/usr/bin/curl").exists, "curl is not installed"))
struct WebHookTests {
    @Test("gets the event as it is, with its name, the time, what is set, and a signature that another program can check")
    func request() async throws {
        let bench = try await Bench("/ok") { hook, folder in
            let secret = folder.appending("secret")
            try secret.write("whsec_c2VjcmV0IG9mIHRoZSB0ZXN0\n")
            chmod(secret.string, 0o600)
            hook.secretFile = secret
            hook.headers = ["X-Quote": "a \"b\" \\c", "content-type": "application/vnd.test+json"]
        }
        defer { bench.server.stop() }
        let run = await bench.run()
        #expect(run.ending == .answered(200) && run.verdict == .done, "\(run.text)")
        let received = try #require(try bench.server.requests().first)
        #expect(received.body == String(decoding: try bench.event.line(), as: UTF8.self))
        #expect(received.headers["webhook-id"] == bench.event.eventID)
        #expect(received.headers["content-type"] == "application/vnd.test+json")
        #expect(received.headers["x-quote"] == "a \"b\" \\c")
        let seconds = try #require(Double(received.headers["webhook-timestamp"] ?? ""))
        #expect(abs(seconds - received.time) < 60)
        let expected = try await Python("""
            import base64, hashlib, hmac, sys
            print("v1," + base64.b64encode(hmac.new(b"secret of the test", sys.argv[1].encode(), hashlib.sha256).digest()).decode())
            """).run(["\(bench.event.eventID).\(received.headers["webhook-timestamp"] ?? "").\(received.body)"])
        #expect(received.headers["webhook-signature"] == expected)
    }

    @Test("an answer means taken, again, switched off, or never", arguments: [
        ("/ok", HookRun.Verdict.done), ("/status/204", .done), ("/status/500", .failed), ("/status/502", .again), ("/status/503", .again), ("/status/408", .again), ("/status/429", .again),
        ("/status/410", .switchOff), ("/status/400", .refused), ("/status/404", .refused), ("/moved", .refused),
    ])
    func answers(path: String, verdict: HookRun.Verdict) async throws {
        let bench = try await Bench(path)
        defer { bench.server.stop() }
        let run = await bench.run()
        #expect(run.verdict == verdict, "\(run.text)")
        // A redirection is not followed.
        #expect(try bench.server.requests().map(\.path) == [path])
    }

    @Test("one that nobody answers, or that never ends, is tried again")
    func silence() async throws {
        let bench = try await Bench("/slow") { hook, _ in
            hook.timeout = .milliseconds(700)
            hook.killGrace = .milliseconds(100)
        }
        #expect(await bench.run().ending == .timedOut)
        bench.server.stop()
        let run = await bench.run()
        #expect(run.verdict == .again && run.text.contains("connect"), "\(run.text)")
    }

    @Test("is left alone for as long as it asks, and told again under the same name")
    func busy() async throws {
        let bench = try await Bench("/busy")
        defer { bench.server.stop() }
        try await bench.delivering { try bench.server.requests().count == 2 }
        let requests = try bench.server.requests()
        #expect(requests[1].time - requests[0].time >= 1)
        #expect(Set(requests.map { $0.headers["webhook-id"] }).count == 1)
        #expect(try bench.log.contains("\"status\":\"429\"") && bench.log.contains("\"type\":\"hook.done\""))
    }

    @Test("is told again after failures until it takes the event, also across a restart; a refusal is final at once")
    func again() async throws {
        let bench = try await Bench("/flaky/3")
        defer { bench.server.stop() }
        try await bench.delivering(stoppingWhen: { try bench.server.requests().count == 1 }) { true }
        try await bench.delivering(publishing: false) { try bench.server.requests().count >= 3 }
        #expect(try Set(bench.server.requests().map { $0.headers["webhook-id"] }).count == 1)
        let refused = try await Bench("/status/403")
        defer { refused.server.stop() }
        try await refused.delivering { try refused.log.contains("\"final\":\"true\"") }
        #expect(try refused.server.requests().count == 1)
    }

    @Test("over TLS a certificate that nobody vouches for is refused, and one of ca_file is taken", .enabled(if: FilePath("/usr/bin/openssl").exists, "openssl is not installed"))
    func certificates() async throws {
        let folder = try TemporaryFolder()
        let (key, certificate, both) = (folder.path.appending("key"), folder.path.appending("certificate"), folder.path.appending("both"))
        let made = try await Program(at: "/usr/bin/openssl").run([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2",
            "-keyout", key.string, "-out", certificate.string,
        ])
        #expect(made.exitCode == 0, "\(made.output)")
        try both.write(try key.readText() + certificate.readText())
        var bench = try await Bench("/ok", certificate: both)
        defer { bench.server.stop() }
        let refused = await bench.run()
        #expect(refused.verdict == .again && refused.text.contains("certificate"), "\(refused.text)")
        bench.hook.certificatesFile = certificate
        let taken = await bench.run()
        #expect(taken.ending == .answered(200), "\(taken.text)")
    }

    @Test("no secret is among the arguments or the variables of a process")
    func hidden() async throws {
        // One of its own, so that no other process of the machine has it by chance.
        let secret = "\(UInt64.random(in: 1 << 60 ... .max))"
        let bench = try await Bench("/slow") { hook, folder in
            let token = folder.appending("token")
            try token.write(secret + "\n")
            chmod(token.string, 0o600)
            hook.bearerFile = token
            // It ends when it is told to: looking at every process takes its time.
            hook.timeout = .seconds(3_600)
            hook.killGrace = .milliseconds(100)
        }
        defer { bench.server.stop() }
        let stop = Wake()
        async let run = bench.run(stop: stop)
        try await eventually("it is asked") { try bench.server.requests().count == 1 }
        #expect(try bench.server.requests()[0].headers["authorization"] == "Bearer \(secret)")
        let seen = try await Python("""
            import glob
            def read(path):
                # Processes come and go while they are looked at.
                try: return open(path, "rb").read()
                except OSError: return b""
            found = [p for p in glob.glob("/proc/[0-9]*") for n in ("cmdline", "environ") if b"\(secret.prefix(9))" + b"\(secret.dropFirst(9))" in read(p + "/" + n)]
            curls = [p for p in glob.glob("/proc/[0-9]*/cmdline") if b"--config" in read(p)]
            print(len(found), len(curls) > 0)
            """).run([])
        #expect(seen == "0 True")
        stop.signal()
        #expect(await run.ending == .stopped)
    }

    @Test("a secret that others can read, that is empty or not there stops the start")
    func secrets() async throws {
        let folder = try TemporaryFolder()
        var hook = HookSettings(name: "w", command: [])
        hook.kind = .http
        hook.url = "https://example.org/"
        try HookSafety.check(hook, folders: [])
        let secret = folder.path.appending("secret")
        hook.secretFile = secret
        #expect(throws: HookRefusal.self) { try HookSafety.check(hook, folders: []) }
        try secret.write("x\n")
        chmod(secret.string, 0o644)
        #expect(throws: HookRefusal.self) { try HookSafety.check(hook, folders: []) }
        chmod(secret.string, 0o600)
        try HookSafety.check(hook, folders: [])
        #expect(throws: HookRefusal.self) { try HookSafety.check(hook, folders: [("inbox", folder.path)]) }
        for text in ["\n", "whsec_?\n"] {
            try secret.write(text)
            #expect(throws: HookRefusal.self) { try HookSafety.check(hook, folders: []) }
        }
    }
}

/// A server, a hook that tells it of events, and a state folder.
private struct Bench: Sendable {
    let folder: TemporaryFolder
    let server: WebServer
    var hook: HookSettings
    let event = Event(.jobDone, route: "main", job: JobID(milliseconds: 1), path: "größe \"1\".pdf")

    init(_ path: String, certificate: FilePath? = nil, _ change: (inout HookSettings, FilePath) throws -> Void = { _, _ in }) async throws {
        folder = try TemporaryFolder()
        server = try WebServer(certificate: certificate)
        var hook = HookSettings(name: "h", command: [])
        hook.kind = .http
        hook.url = "http\(certificate == nil ? "" : "s")://127.0.0.1:\(try await server.port())\(path)"
        hook.backoff = .milliseconds(100)
        hook.attempts = 5
        try change(&hook, folder.path)
        self.hook = hook
    }

    var log: String { get throws { try folder.path.appending("events.jsonl").readText() } }

    func run(stop: Wake = Wake()) async -> HookRun {
        await HookCall(hook, event: event, line: (try? event.line()) ?? [], state: "/state").run(stop: stop)
    }

    /// From a start of the feed until what is awaited has come and its end is in the log.
    func delivering(publishing: Bool = true, stoppingWhen early: (@Sendable () throws -> Bool)? = nil, _ isDone: @Sendable @escaping () throws -> Bool) async throws {
        let bus = EventBus(log: try EventLog(at: folder.path.appending("events.jsonl")), instance: "i")
        let ledger = try Ledger(at: folder.path.appending("ledger.sqlite"))
        let feed = try HookFeed([hook], ledger: ledger, bus: bus, log: folder.path.appending("events.jsonl"), state: folder.path)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await feed.run() }
            defer { tasks.cancelAll() }
            if publishing { try await bus.publish([event]) }
            if let early { return try await eventually("it is told") { try early() } }
            try await eventually("it is told") { try isDone() }
            try await eventually("nothing waits") { try ledger.backlog(ofHook: "h") == 0 }
        }
        await bus.close()
    }
}

/// Lines of Python.
private struct Python {
    let lines: String

    init(_ lines: String) { self.lines = lines }

    func run(_ arguments: [String]) async throws -> String {
        let ending = try await Program(at: "/usr/bin/python3").run(["-c", lines] + arguments)
        return String(ending.output.drop { $0 == "\n" }.prefix { $0 != "\n" })
    }
}
