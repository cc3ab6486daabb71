// SPDX-License-Identifier: Apache-2.0
import Announcements
import Glibc
import Hooks
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("The shipped hooks", .timeLimit(.minutes(10)))
struct ShippedHooksTests {
    @Test("append-to-index writes one line for each event, once, however many run at the same time")
    func index() async throws {
        let bench = try ShippedHook("append-to-index") { ["\($0.string)/index.tsv"] }
        let events = try (1...8).map { try bench.done("file \($0).txt") }
        await withTaskGroup(of: Void.self) { tasks in
            for event in events + events { tasks.addTask { #expect(await bench.run(event).ending == .exited(0)) } }
        }
        let lines = try bench.root.appending("index.tsv").readText().split(separator: "\n")
        #expect(lines.count == 8)
        let columns = lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(Set(columns.map { $0[1] }) == Set((1...8).map { "file \($0).txt" }))
        #expect(columns.allSatisfy { $0.count == 5 })
    }

    @Test("move-by-type sorts by the source's type and replaces nothing")
    func byType() async throws {
        let bench = try ShippedHook("move-by-type") { ["\($0.string)/sorted"] }
        for name in ["a.PDF", "odd \n'name;.docx", "plain"] {
            #expect(await bench.run(try bench.done(name)).ending == .exited(0))
        }
        let second = try bench.done("a.PDF")
        #expect(await bench.run(second).ending == .exited(0))
        // Told again: it has been moved.
        #expect(await bench.run(second).ending == .exited(0))
        let sorted = try bench.root.appending("sorted").filesBelow().map(\.string).filter { !$0.hasPrefix(".") }
        #expect(sorted == ["docx/odd \n'name;.docx.md", "other/plain.md", "pdf/a.PDF.md", "pdf/a~2.pdf.md"])
    }

    @Test("move-by-type --keep leaves the document where other hooks find it, and a second telling changes nothing")
    func byTypeBesideOthers() async throws {
        let bench = try ShippedHook("move-by-type") { ["--keep", "\($0.string)/sorted"] }
        let event = try bench.done("a.pdf")
        try bench.root.appending("outbox/a.pdf.assets/1.png").write("PNG")
        for _ in 0..<2 {
            let run = await bench.run(event)
            #expect(run.ending == .exited(0), "\(String(decoding: run.errors, as: UTF8.self))")
        }
        // Another document of that name, converted later.
        let output = bench.root.appending("outbox/a.pdf.md")
        unlink(output.string)
        try output.write("another text\n")
        #expect(await bench.run(event).ending == .exited(0))
        let sorted = try bench.root.appending("sorted").filesBelow().map(\.string).filter { !$0.hasPrefix(".") }
        #expect(sorted == ["pdf/a.pdf.assets/1.png", "pdf/a.pdf.md", "pdf/a~2.pdf.md"])
        #expect(try bench.root.appending("sorted/pdf/a.pdf.md").readText() == "text of a.pdf\n")
        #expect(try bench.root.appending("outbox").filesBelow().map(\.string) == ["a.pdf.assets/1.png", "a.pdf.md"])
    }

    @Test("post-with-curl sends the event and the text, tries again on 503, gives up on 404", .enabled(if: FilePath("/usr/bin/curl").exists, "curl is not installed"))
    func post() async throws {
        let server = try WebServer()
        defer { server.stop() }
        let port = try await server.port()
        var bench = try ShippedHook("post-with-curl") { _ in [] }
        let event = try bench.done("odd, \"name\";type=x.txt")
        for (place, ending) in [("ok", Int32(0)), ("status/503", 75), ("status/404", 1)] {
            bench.hook.environment = ["HOOK_URL": "http://127.0.0.1:\(port)/\(place)"]
            let run = await bench.run(event)
            #expect(run.ending == .exited(ending), "\(String(decoding: run.errors, as: UTF8.self))")
        }
        bench.hook.environment = ["HOOK_URL": "http://127.0.0.1:1/"]
        #expect(await bench.run(event).ending == .exited(75))
        let received = try server.requests().filter { $0.path == "/ok" }.map { $0.body }.joined()
        #expect(received.contains("\"type\":\"job.done\""))
        #expect(received.contains("text of odd"))
        #expect(try server.requests().allSatisfy { $0.headers["idempotency-key"] == event.eventID })
    }
}
