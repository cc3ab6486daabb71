// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import Testing
import TestSupport

@Suite("Folder conversion", .timeLimit(.minutes(10)))
struct FolderConversionTests {
    private let folder: TemporaryFolder
    private var inbox: FilePath { folder.path.appending("in") }
    private var outbox: FilePath { folder.path.appending("out") }

    init() throws { folder = try TemporaryFolder() }

    private func conversion(_ change: (inout FolderConversion) throws -> Void) rethrows -> FolderConversion {
        var conversion = FolderConversion(outbox: outbox, worker: "unused")
        conversion.workers = 2
        conversion.settings.retry.readAgainDelay = .milliseconds(1)
        try change(&conversion)
        return conversion
    }

    private var plain: FolderConversion { conversion { _ in } }
    private let shouting = InlineEngine { _, bytes in String(decoding: bytes, as: UTF8.self).uppercased() }

    private func sources(_ names: [String]) -> [FolderConversion.Source] {
        names.map { FolderConversion.Source(inbox.appending(FilePath($0).components), below: inbox) }
    }

    /// Outcomes by name.
    private func run(_ conversion: FolderConversion, _ names: [String], _ engine: InlineEngine) async -> [String: String] {
        let outcomes = Outcomes()
        _ = await conversion.run(sources(names), with: engine) { outcomes.note($0) }
        return outcomes.byName
    }

    private final class Outcomes: Sendable {
        private let inner = Mutex<[String: String]>([:])
        var byName: [String: String] { inner.withLock { $0 } }
        func note(_ result: FolderConversion.Result) {
            let line = switch result.outcome {
            case .done(let delivery): "\(delivery.kind)"
            case .failed(let error): error.code.rawValue
            case .cancelled: "cancelled"
            case .interrupted: "interrupted"
            }
            inner.withLock { $0[result.job.name] = line }
        }
    }

    @Test("outputs mirror the sources, keep their whole names and leave nothing beside them")
    func mirrors() async throws {
        try inbox.appending("a.txt").write("one")
        try inbox.appending("sub/a.csv").write("two")
        let outcomes = await run(plain, ["a.txt", "sub/a.csv"], shouting)
        #expect(outcomes == ["a.txt": "converted", "sub/a.csv": "converted"])
        #expect(try outbox.filesBelow().map(\.string) == ["a.txt.md", "sub/a.csv.md"])
        #expect(try outbox.appending("sub/a.csv.md").readText() == "TWO")
        #expect(try inbox.filesBelow().count == 2)
    }

    @Test("a file that fails leaves nothing in the outbox")
    func failure() async throws {
        try inbox.appending("bad").write("x")
        try inbox.appending("empty").write("")
        let broken = InlineEngine { _, _ in throw ConversionError(.malformed, "no") }
        let outcomes = await run(plain, ["bad", "empty", "missing"], broken)
        #expect(outcomes == ["bad": "malformed", "empty": "empty", "missing": "vanished"])
        #expect(try outbox.filesBelow() == [])
    }

    @Test("an output that is there is left alone, replaced, or a failure")
    func existing() async throws {
        try inbox.appending("a").write("new")
        for (policy, outcome, text) in [(.skip, "existed", "old"), (.fail, "output-exists", "old"), (.replace, "converted", "NEW")]
            as [(FolderConversion.ExistingOutput, String, String)]
        {
            try outbox.appending("a.md").write("old")
            #expect(await run(conversion { $0.existing = policy }, ["a"], shouting) == ["a": outcome])
            #expect(try outbox.appending("a.md").readText() == text)
        }
        #expect(try outbox.filesBelow().map(\.string) == ["a.md"])
    }

    @Test("equal contents are converted once and linked, or skipped")
    func duplicates() async throws {
        let names = (0..<20).map { "copy-\($0)" }
        for name in names { try inbox.appending(name).write("same") }
        let counted = Level()
        let engine = InlineEngine { _, _ in
            counted.rise()
            return "text"
        }
        let linked = await run(conversion { $0.duplicates = .link }, names, engine)
        #expect(counted.count == 1)
        #expect(linked.values.count { $0 == "converted" } == 1)
        #expect(try outbox.filesBelow().count == 20)
        let one = try FileIdentity.of(outbox.appending("copy-0.md"))
        #expect(one.links == 20)
        TemporaryFolder.remove(outbox)
        _ = await run(conversion { $0.duplicates = .skip }, names, engine)
        #expect(try outbox.filesBelow().count == 1)
    }

    @Test("a file that changes while it is converted is read again")
    func torn() async throws {
        let path = inbox.appending("grows")
        try path.write("a")
        let engine = InlineEngine { _, bytes in
            if bytes.count == 1 { try path.write("ab") }
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(await run(plain, ["grows"], engine) == ["grows": "converted"])
        #expect(try outbox.appending("grows.md").readText() == "ab")
    }

    @Test("names that are no text and names of 255 bytes arrive as they are")
    func names() async throws {
        let strange = FilePath(bytes: [0xFF, 0x0A, 0x41])
        let long = FilePath(String(repeating: "n", count: 252))
        for name in [strange, long] { try inbox.appending(name.components).write("x") }
        let statistics = await plain.run(
            [strange, long].map { FolderConversion.Source(inbox.appending($0.components), below: inbox) }, with: shouting)
        #expect(statistics.done == 2)
        #expect(try outbox.filesBelow().map(\.bytes) == [long.bytes + Array(".md".utf8), strange.bytes + Array(".md".utf8)])
    }

    @Test("the filter holds files back and the plan says so beforehand")
    func planned() async throws {
        for name in ["a.txt", "b.tmp", "c.txt"] { try inbox.appending(name).write("same") }
        let conversion = try conversion { (conversion: inout FolderConversion) in
            conversion.filter.excluded = [try Glob("*.tmp")]
            conversion.duplicates = .skip
        }
        let plan = try conversion.plan(sources(["a.txt", "b.tmp", "c.txt"]))
        #expect(plan.entries.map(\.description) == [
            #"convert "a.txt" to "a.txt.md" (normal)"#, #"ignore "b.tmp": exclude "*.tmp""#, #"skip "c.txt": same content as "a.txt""#,
        ])
        #expect(await run(conversion, ["a.txt", "b.tmp"], shouting) == ["a.txt": "converted"])
    }

    @Test("a source never leads out of the outbox")
    func escape() {
        #expect(FolderConversion.Source("/in/a", below: "/in").name == "a")
        #expect(FolderConversion.Source("/in/../../etc/passwd", below: "/in").name.components.allSatisfy { $0.kind == .regular })
        #expect(FolderConversion.Source("/elsewhere/b", below: "/in").name == "b")
    }

    @Test("a full disk is not the file's fault")
    func environment() {
        #expect(ConversionError(SystemError("write", "x", errno: ENOSPC)).remedy == .environment)
        #expect(ConversionError(SystemError("open", "x", errno: EMFILE)).remedy == .environment)
        #expect(ConversionError(SystemError("open", "x", errno: EACCES)).remedy == .retry)
        #expect(ConversionError(SystemError("open", "x", errno: ENOENT)).remedy == .reject)
        #expect(ConversionError(CancellationError()).remedy == .cancelled)
    }
}
