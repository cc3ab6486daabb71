// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Glibc
import Hooks
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("One run of a hook", .timeLimit(.minutes(10)))
struct HookRunTests {
    @Test("gets the event on standard input and paths as bytes, in a bare environment of its own session")
    func surroundings() async throws {
        let bench = try Bench("""
            cat > "$OUT/input"; env > "$OUT/variables"; pwd > "$OUT/place"; umask > "$OUT/mask"
            printf %s "$INTRAY_PATH" > "$OUT/path"; ls /proc/self/fd > "$OUT/open"
            """)
        var event = Event(.jobDone, route: "main", job: JobID(milliseconds: 1), path: FilePath(bytes: Array("caf".utf8) + [0xE9, 0x0A] + Array(".pdf".utf8)))
        event.outputs = [EventOutput(path: "/out/a.md", kind: "document", bytes: 1, sha256: "", format: "md")]
        event.place("/archive/a")
        let run = await bench.run(event)
        #expect(run.ending == .exited(0), "\(run)")
        #expect(try bench.out("input").readText() == String(decoding: event.line(), as: UTF8.self) + "\n")
        #expect(try bench.out("path").read() == Array("caf".utf8) + [0xE9, 0x0A] + Array(".pdf".utf8))
        let variables = try bench.out("variables").readText()
        for line in ["INTRAY_EVENT=job.done", "INTRAY_STATUS=done", "INTRAY_ROUTE=main", "INTRAY_OUTPUT=/out/a.md", "INTRAY_OUTPUT_COUNT=1", "INTRAY_SOURCE=/archive/a", "PATH=/usr/local/bin:/usr/bin:/bin"] {
            #expect(variables.contains(line + "\n"), "\(line)")
        }
        #expect(!variables.contains("HOME="))
        #expect(try bench.out("place").readText() == "/\n")
        #expect(try bench.out("mask").readText() == "0077\n")
        // 0, 1, 2, and the one that ls reads the folder with.
        #expect(try bench.out("open").readText().split(separator: "\n").count == 4)
    }

    @Test("that hangs is told to end and killed with everything that it started")
    func hangs() async throws {
        let bench = try Bench("trap '' TERM; sleep 1000 & echo $! > \"$OUT/child\"; echo ready > \"$OUT/ready\"; while :; do sleep 1000; done")
        var call = bench.call(bench.event)
        call.timeout = .milliseconds(300)
        call.killGrace = .milliseconds(100)
        let run = await call.run(stop: Wake())
        #expect(run.ending == .timedOut)
        let child = try #require(try Int32(bench.out("child").readText().split(separator: "\n")[0]))
        try await eventually("its child is gone") { kill(child, 0) != 0 || (try? FilePath("/proc/\(child)/stat").readStat().contains(") Z")) == true }
    }

    @Test("is broken off by a stop, and that is no failure of its own")
    func stopped() async throws {
        let bench = try Bench("sleep 1000")
        let stop = Wake()
        async let run = bench.call(bench.event).run(stop: stop)
        stop.signal()
        #expect(await run.ending == .stopped)
    }

    @Test("ends as it ends", arguments: [
        ("exit 0", HookRun.Ending.exited(0), HookRun.Verdict.done), ("exit 10", .exited(10), .skip), ("exit 75", .exited(75), .again),
        ("exit 77", .exited(77), .switchOff), ("exit 3", .exited(3), .failed), ("kill -9 $$", .signalled(9), .failed),
    ])
    func endings(script: String, ending: HookRun.Ending, verdict: HookRun.Verdict) async throws {
        let run = try await Bench(script).run()
        #expect(run.ending == ending)
        #expect(run.verdict == verdict)
    }

    @Test("that reads nothing and floods what it writes is neither waited for nor remembered whole")
    func floods() async throws {
        let bench = try Bench("exec 0<&-; head -c 3000000 /dev/zero | tr '\\0' x >&2; echo the end >&2; head -c 3000000 /dev/zero")
        var call = bench.call(bench.event)
        call.input = [UInt8](repeating: 0x20, count: 1 << 20)
        let run = await call.run(stop: Wake())
        #expect(run.ending == .exited(0))
        #expect(run.errors.count == 4 << 10)
        #expect(String(decoding: run.errors.suffix(8), as: UTF8.self) == "the end\n")
        #expect(run.output.isEmpty)
    }

    @Test("that is tried with a sample finds its files, which are gone afterwards", arguments: [EventType.jobDone, .jobFailed, .routeDown])
    func sample(type: EventType) async throws {
        let bench = try Bench("""
            printf '%s\\n' "${INTRAY_SOURCE:-}" "${INTRAY_OUTPUT:-}" > "$OUT/paths"
            [ -z "${INTRAY_SOURCE:-}" ] || [ "$(sha256sum < "$INTRAY_SOURCE")" = "$INTRAY_SHA256  -" ] || exit 1
            [ -z "${INTRAY_OUTPUT:-}" ] || mv "$INTRAY_OUTPUT" "$OUT/moved"
            """)
        var hook = HookSettings(name: "h", command: [])
        hook.events = [type]
        do {
            let sample = try Sample(for: hook, routes: [])
            let run = await bench.run(sample.event)
            #expect(run.ending == .exited(0), "\(String(decoding: run.errors, as: UTF8.self))")
        }
        let paths = try bench.out("paths").readText().split(separator: "\n").map(String.init)
        #expect(paths.count == (type == .jobDone ? 2 : type == .jobFailed ? 1 : 0))
        for path in paths { #expect(!FilePath(path).removingLastComponent().exists) }
        #expect(bench.out("moved").exists == (type == .jobDone))
    }

    @Test("that is not there says so")
    func missing() async throws {
        var call = try Bench("").call(Event(.jobDone))
        call.command = ["/nowhere/hook"]
        #expect(await call.run(stop: Wake()).ending == .notStarted("cannot start \"/nowhere/hook\": no such file or directory"))
    }

    @Test("a path that is too long for the environment is left out, and that is said")
    func truncated() throws {
        var event = Event(.jobDone)
        event.source = String(repeating: "x", count: 70_000)
        let variables = try Bench("").call(event).environment.map { String(decoding: $0, as: UTF8.self) }
        #expect(variables.contains("INTRAY_TRUNCATED=1"))
        #expect(!variables.contains { $0.hasPrefix("INTRAY_SOURCE=") })
    }
}

@Suite("What may be a hook")
struct HookSafetyTests {
    @Test("a program that others can write, or that lies where documents come, is refused; one of ours is fine")
    func refusals() throws {
        let bench = try Bench("exit 0")
        let program = FilePath(bench.hook.command[0])
        try HookSafety.check(bench.hook, folders: [("inbox", "/srv/inbox")])
        #expect(throws: HookRefusal.self) { try HookSafety.check(bench.hook, folders: [("inbox", bench.folder.path)]) }
        chmod(program.string, 0o777)
        #expect(throws: HookRefusal.self) { try HookSafety.check(bench.hook, folders: []) }
        chmod(program.string, 0o600)
        #expect(throws: HookRefusal.self) { try HookSafety.check(bench.hook, folders: []) }
        chmod(program.string, 0o755)
        chmod(bench.folder.path.string, 0o777)
        #expect(throws: HookRefusal.self) { try HookSafety.check(bench.hook, folders: []) }
        chmod(bench.folder.path.string, 0o755)
        for command in [["hook"], ["/nowhere/hook"], [bench.folder.path.string]] {
            #expect(throws: HookRefusal.self) { try HookSafety.check(HookSettings(name: "h", command: command), folders: []) }
        }
    }
}

/// A hook that is a script of these lines, with `$OUT` as its folder.
private struct Bench {
    let folder: TemporaryFolder
    var hook: HookSettings
    let event = Event(.jobDone, route: "main", job: JobID(milliseconds: 1), path: "a.pdf")

    init(_ lines: String) throws {
        folder = try TemporaryFolder()
        let program = folder.path.appending("hook")
        try program.write("#!/bin/sh\nOUT=\(folder.path.string)\n\(lines)\n")
        chmod(program.string, 0o755)
        hook = HookSettings(name: "h", command: [program.string])
    }

    func out(_ name: String) -> FilePath { folder.path.appending(name) }

    func call(_ event: Event) -> HookCall {
        HookCall(hook, event: event, line: (try? event.line()) ?? [], state: "/state")
    }

    func run(_ event: Event? = nil) async -> HookRun { await call(event ?? self.event).run(stop: Wake()) }
}

extension FilePath {
    fileprivate func readStat() throws -> String {
        let file = try Descriptor.open(self, O_RDONLY)
        return String(decoding: try file.read(4_096, path: self), as: UTF8.self)
    }
}
