// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray sweep and convert", .timeLimit(.minutes(10)))
struct SweepTests {
    @Test("a sweep converts every sample, leaves the originals, and the next one has nothing to do")
    func samples() async throws {
        let folder = try TemporaryFolder()
        let intray = try Program("intray")
        let arguments = ["sweep", Samples.folder.string, "--outbox", folder.path.appending("out").string, "--state", folder.path.appending("state").string]
        let first = try await intray.run(arguments)
        #expect(first.exitCode == 0, "\(first.output)")
        let names = try Samples.folder.filesBelow().map(\.string)
        let outputs = try folder.path.appending("out").filesBelow().map(\.string)
        #expect(Set(outputs.filter { $0.hasSuffix(".md") }) == Set(names.map { "\($0).md" }))
        #expect(outputs.contains("inspection.docx.assets/image1.png"))
        #expect(!folder.path.appending("out/.stage-sweep").exists)
        let second = try await intray.run(arguments + ["--json"])
        #expect(second.exitCode == 0)
        #expect(second.output.contains("\"done\":0"), "\(second.output)")
        #expect(try folder.path.appending("out").filesBelow().map(\.string) == outputs)
        let jobs = try await intray.run(["jobs", "--state", folder.path.appending("state").string])
        for name in names { #expect(jobs.output.contains(name)) }
    }

    @Test("a file that cannot be read fails alone, with a report, and the exit code says so")
    func failure() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/noise.docx").write((0..<3_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
        try folder.path.appending("in/good.txt").write("good\n")
        try folder.path.appending("in/empty.txt").write("")
        let ending = try await Program("intray").run([
            "sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--state", folder.path.appending("state").string,
        ])
        #expect(ending.exitCode == 1, "\(ending.output)")
        #expect(try folder.path.appending("out").filesBelow().map(\.string) == ["good.txt.md"])
        #expect(try folder.path.appending("state/quarantine/noise.docx.error.json").readText().contains("\"malformed\""))
        #expect(try folder.path.appending("in").filesBelow().count == 3)
    }

    @Test("workers are as nice as the sweep was started")
    func niceness() async throws {
        let folder = try TemporaryFolder()
        let (worker, seen) = (folder.path.appending("worker"), folder.path.appending("seen"))
        try worker.write("#!/bin/sh\nnice >> \(seen)\nexec \(Program("intray-worker").path) \"$@\"\n")
        chmod(worker.string, 0o755)
        try folder.path.appending("in/a.txt").write("text\n")
        let sweep = try [Program("intray").path.string, "sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string]
        let ending = try await Program(at: "/bin/sh").run(["-c", "nice -n 7 nice; exec nice -n 7 \"$0\" \"$@\""] + sweep, environment: ["INTRAY_WORKER": worker.string])
        #expect(ending.exitCode == 0, "\(ending.output)")
        let wanted = try #require(ending.output.split(separator: "\n").first)
        #expect(try Set(seen.readText().split(separator: "\n")) == [wanted])
    }

    @Test("a dry run says what would be done with each file and why, and makes nothing")
    func dryRun() async throws {
        let folder = try TemporaryFolder()
        for name in ["a.txt", "sub/b.txt", "c.part", ".d", "empty.txt"] { try folder.path.appending("in/\(name)").write(name == "empty.txt" ? "" : "text\n") }
        try folder.path.appending("out/a.txt.md").write("somebody's")
        let intray = try Program("intray")
        let arguments = ["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--state", folder.path.appending("state").string]
        let dry = try await intray.run(arguments + ["--dry-run"])
        #expect(dry.exitCode == 0)
        for line in [
            "convert\ta.txt -> a~2.txt.md  (an output of its name is there)", "convert\tsub/b.txt -> sub/b.txt.md",
            "leave\tc.part  (names ending in .part are not finished)", "leave\t.d  (names with a leading dot are hidden)", "skip\tempty.txt  (it is empty: it would fail)",
        ] { #expect(dry.output.contains(line + "\n"), "\(line): \(dry.output)") }
        #expect(try folder.path.filesBelow().count == 6)
        // What it has said is what is done.
        #expect(try await intray.run(arguments).exitCode == 1)
        #expect(try folder.path.appending("out").filesBelow().map(\.string) == ["a.txt.md", "a~2.txt.md", "sub/b.txt.md"])
        let again = try await intray.run(arguments + ["--dry-run", "--json"])
        #expect(again.output.split(separator: "\n").count { $0.contains("\"an earlier run has dealt with it\"") } == 3)
    }

    @Test("a job's story is told from its claim to its end")
    func story() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/noise.docx").write("PK no archive")
        let intray = try Program("intray")
        let state = folder.path.appending("state").string
        _ = try await intray.run(["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--state", state])
        let row = try await intray.run(["jobs", "--state", state, "--json"])
        let job = try #require(row.output.split(separator: "\"").drop { $0 != "job" }.dropFirst(2).first)
        let story = try await intray.run(["jobs", String(job), "--state", state])
        #expect(story.exitCode == 0)
        for word in ["noise.docx: failed", "job.claimed", "job.failed", "malformed"] { #expect(story.output.contains(word), "\(story.output)") }
        #expect(try await intray.run(["jobs", "01M84T0A5AMXQMF3QR6T0D3JXD", "--state", state]).exitCode == 1)
    }

    @Test("after a retry without a daemon the next sweep takes the failed file again, and a daemon's file is back in its inbox")
    func retryAlone() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/late.docx").write("PK no archive")
        let intray = try Program("intray")
        let state = folder.path.appending("state").string
        let arguments = ["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--state", state]
        #expect(try await intray.run(arguments).exitCode == 1)
        #expect(try await intray.run(arguments).exitCode == 0)
        #expect(try await intray.run(["retry", "--code", "encrypted", "--state", state]).exitCode == 1)
        let retry = try await intray.run(["retry", "--all", "--state", state])
        #expect(retry.exitCode == 0 && retry.output == "1 file will be taken again\n", "\(retry.output)")
        #expect(!folder.path.appending("state/quarantine/late.docx.error.json").exists)
        #expect(try await intray.run(arguments).exitCode == 1)

        let daemon = try await Watching()
        try daemon.drop("bad.docx", "PK no archive")
        try await eventually("it is in quarantine") { try daemon.root.appending("quarantine").filesBelow().count == 2 && daemon.root.appending("state/ledger.sqlite").exists }
        try await daemon.stop()
        #expect(try await intray.run(["retry", "--all", "--root", daemon.root.string]).output == "1 of 1 files are back in their inbox\n")
        #expect(daemon.root.appending("inbox/bad.docx").exists)
    }

    @Test("what may not be read is told soon, with what to do, and fails the sweep", .enabled(if: unprivileged != nil, "skipped: root reads everything, and setpriv(1) is not there"))
    func unreadable() async throws {
        let folder = try TemporaryFolder()
        let inbox = folder.path.appending("in")
        for name in ["good.txt", "closed.txt", "shut/inner.txt"] { try inbox.appending(FilePath(name).components).write("text\n") }
        chmod(inbox.appending("closed.txt").string, 0)
        chmod(inbox.appending("shut").string, 0)
        giveToUnprivileged(folder.path)
        let command = try (unprivileged ?? []) + [Program("intray").path.string, "sweep", inbox.string, "--outbox", folder.path.appending("out").string]
        func sweep(_ more: String...) async throws -> Program.Ending { try await Program(at: FilePath(command[0])).run(Array(command.dropFirst()) + more) }
        let ending = try await sweep()
        chmod(inbox.appending("shut").string, 0o755)
        #expect(ending.exitCode == 1, "\(ending.output)")
        for word in ["1 converted, 1 failed", "1 access: the file cannot be read", "→ get the right to read it", "1 folder passed over: cannot open ", "permission denied", "→ get the right to read and enter"] {
            #expect(ending.output.contains(word), "\(word): \(ending.output)")
        }
        // Five tries take more than three minutes; two are made.
        let log = try folder.path.appending("out.state/events.jsonl").readText()
        #expect(log.split(separator: "\n").count { $0.contains("\"type\":\"job.retry\"") } == 1, "\(log)")
        #expect(try await sweep("--json").output.contains("\"done\":1"))
        #expect(try folder.path.appending("out").filesBelow().map(\.string) == ["good.txt.md", "shut/inner.txt.md"])
    }

    @Test("damage is told before what an output cannot hold, and by name")
    func damaged() async throws {
        let folder = try TemporaryFolder()
        let whole = try Samples.folder.appending("inspection.docx").read()
        try folder.path.appending("in/whole.docx").write(whole)
        try folder.path.appending("in/cut.docx").write(whole.dropLast(whole.count / 8))
        let intray = try Program("intray")
        let state = folder.path.appending("out.state").string
        let ending = try await intray.run(["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string])
        #expect(ending.exitCode == 0 && ending.output.contains("1 damaged, converted as far as it could be read: cut.docx"), "\(ending.output)")
        #expect(try await intray.run(["jobs", "--state", state]).output.contains("cut.docx.md, damaged: "))
        let alone = try await intray.run(["convert", folder.path.appending("in/cut.docx").string, "-o", "/dev/null"])
        let codes = alone.output.split(separator: "\n")
        #expect(codes.first?.contains("cut.docx: damaged: zip-") == true, "\(alone.output)")
        let first = codes.firstIndex { !$0.contains(": damaged: ") } ?? codes.endIndex
        #expect(codes[first...].allSatisfy { !$0.contains(": damaged: ") }, "\(alone.output)")
    }

    @Test("every code that counts as damage is one that is reported somewhere")
    func damageCodes() throws {
        let sources = Samples.folder.removingLastComponent().removingLastComponent().appending("Sources")
        var text = ""
        for folder in ["Readers", "Conversion", "TextDecoding"] {
            let place = sources.appending(folder)
            for file in try place.filesBelow() where file.extension == "swift" { text += try place.appending(file.components).readText() }
        }
        for code in Loss.damage.sorted() { #expect(text.contains("\"\(code)\""), "nothing reports \(code)") }
    }

    @Test("an output that is replaced leaves nothing of the earlier one beside it")
    func replaced() async throws {
        let folder = try TemporaryFolder()
        let (document, out) = (folder.path.appending("in/a.docx"), folder.path.appending("out"))
        let whole = try Samples.folder.appending("inspection.docx").read()
        try document.write(whole.dropLast(whole.count / 8))
        let intray = try Program("intray")
        let arguments = ["sweep", folder.path.appending("in").string, "--outbox", out.string]
        #expect(try await intray.run(arguments).exitCode == 0)
        #expect(out.appending("a.docx.losses.json").exists)
        try document.write(whole)
        let again = try await intray.run(arguments + ["--again"])
        #expect(again.exitCode == 0, "\(again.output)")
        #expect(try out.filesBelow().map(\.string) == ["a.docx.assets/image1.png", "a.docx.md"])
        #expect(try await intray.run(arguments + ["--again", "--images", "none"]).exitCode == 0)
        #expect(try out.filesBelow().map(\.string) == ["a.docx.md"] && !out.appending("a.docx.assets").exists)
    }

    @Test("an interrupted sweep finishes what is in work, says that it is incomplete, and the next one goes on")
    func interrupted() async throws {
        let folder = try TemporaryFolder()
        let worker = folder.path.appending("mock")
        try worker.write("#!/bin/sh\nexec \(Program("MockWorker").path.string) --mock \"$@\"\n")
        chmod(worker.string, 0o755)
        for number in 0..<40 { try folder.path.appending("in/\(number).txt").write("slow 300 \(number)\n") }
        let intray = try Program("intray")
        let arguments = ["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--state", folder.path.appending("state").string]
        let log = try Descriptor.open(folder.path.appending("log"), O_WRONLY | O_CREAT, mode: 0o644)
        let sweep = try Program.start(intray.path, arguments, ["INTRAY_WORKER": worker.string], output: log.raw)
        let outbox = folder.path.appending("out")
        try await eventually("some are converted") { try outbox.exists && outbox.filesBelow().contains { $0.string.hasSuffix(".md") && !$0.string.hasPrefix(".") } }
        kill(sweep, SIGINT)
        let status = try await blocking {
            var status: Int32 = 0
            while waitpid(sweep, &status, 0) < 0 && errno == EINTR {}
            return status
        }
        let text = try folder.path.appending("log").readText()
        #expect(status >> 8 == 7, "\(text)")
        let done = try outbox.filesBelow().count
        #expect(done < 40)
        let second = try await intray.run(arguments, environment: ["INTRAY_WORKER": worker.string])
        #expect(second.exitCode == 0)
        #expect(try outbox.filesBelow().count == 40)
    }

    @Test("what an earlier sweep has dealt with is counted, with what is set otherwise now; --again converts it anew in the same places")
    func again() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/good.csv").write("a,b\n1,2\n")
        try folder.path.appending("in/bad.docx").write("PK no archive")
        let (out, state) = (folder.path.appending("my out"), folder.path.appending("my out.state"))
        let intray = try Program("intray")
        let arguments = ["sweep", folder.path.appending("in").string, "--outbox", out.string]
        let first = try await intray.run(arguments)
        #expect(first.exitCode == 1 && first.output.contains("to try them again: intray retry --all --state '\(state)', then the same sweep\n"), "\(first.output)")
        let second = try await intray.run(arguments + ["--tables", "html", "--format", "md,txt"])
        #expect(second.exitCode == 0)
        for said in [
            "2 left alone, dealt with before: 1 converted, 1 failed\n", "  they had other options than these: --format md,txt (md before), --tables html (auto before)\n", "  → --again converts them anew",
        ] { #expect(second.output.contains(said), "\(second.output)") }
        #expect(try await intray.run(arguments + ["--json"]).output.contains("\"left\":2"))
        let dry = try await intray.run(arguments + ["--again", "--dry-run"])
        #expect(dry.output.contains("convert\tgood.csv -> good.csv.md  (its output would be replaced)\n"), "\(dry.output)")
        let anew = try await intray.run(arguments + ["--tables", "html", "--again"])
        #expect(anew.exitCode == 1 && anew.output.contains("1 converted, 1 failed") && !anew.output.contains("left alone"), "\(anew.output)")
        #expect(try out.filesBelow().map(\.string) == ["good.csv.md"])
        #expect(try out.appending("good.csv.md").readText().contains("<table>"))
        // What failed has failed once: the earlier report has gone with its job.
        #expect(try state.appending("quarantine").filesBelow().map(\.string) == ["bad.docx.error.json"])
        #expect(try await intray.run(["jobs", "--status", "failed", "--json", "--state", state.string]).output.split(separator: "\n").count == 1)
        #expect(try await intray.run(arguments + ["--tables", "html"]).output.contains("they had other options") == false)
    }

    @Test("a sweep that is refused leaves nothing, and one of a file or of nothing says what to do")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let documents = folder.path.appending("in")
        try documents.appending("a.txt").write("text\n")
        let intray = try Program("intray")
        let inside = try await intray.run(["sweep", documents.string, "--outbox", documents.appending("out").string])
        #expect(inside.exitCode == 3 && inside.output.contains("it lies inside the inbox"), "\(inside.output)")
        let dry = try await intray.run(["sweep", documents.string, "--outbox", documents.appending("out").string, "--dry-run"])
        #expect(dry.exitCode == 3 && dry.output.contains("it lies inside the inbox"), "\(dry.output)")
        let lost = try await intray.run(["sweep", documents.string, "--outbox", folder.path.appending("no/where").string])
        #expect(lost.exitCode == 5 && lost.output.contains("there is no folder \"\(folder.path)/no\""), "\(lost.output)")
        let file = try await intray.run(["sweep", documents.appending("a.txt").string, "--outbox", folder.path.appending("out").string])
        #expect(file.exitCode == 2 && file.output.contains("it is a file; convert it with: intray convert \(documents)/a.txt\n"), "\(file.output)")
        let size = try await intray.run(["sweep", documents.string, "--outbox", folder.path.appending("out").string, "--maximum-size", "1G"])
        #expect(size.exitCode == 2 && size.output.contains("expected 1GiB (1073741824 bytes) or 1GB (1000000000 bytes)"), "\(size.output)")
        #expect(try folder.path.filesBelow().map(\.string) == ["in/a.txt"])
        #expect(try Folder(documents).names(in: "").count == 1)
        let small = try await intray.run(["sweep", documents.string, "--outbox", folder.path.appending("out").string, "--minimum-size", "1KiB", "--dry-run"])
        #expect(small.output.hasPrefix("leave\ta.txt"), "\(small.output)")
    }

    @Test("a job's status, code and route that there are not are refused with those that there are")
    func filters() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/bad.docx").write("PK no archive")
        let intray = try Program("intray")
        let state = folder.path.appending("state").string
        _ = try await intray.run(["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--state", state])
        for (arguments, code, said) in [
            (["--status", "fialed", "--state", state], 2, "there are done, failed, skipped"), (["--state", "failed"], 2, "--status failed"),
            (["--code", "malfromed", "--state", state], 2, "malformed"), (["--route", "mian", "--state", state], 1, "there are sweep"),
        ] {
            let ending = try await intray.run(["jobs"] + arguments)
            #expect(ending.exitCode == Int32(code) && ending.output.contains(said), "\(ending.output)")
        }
        #expect(try await intray.run(["jobs", "--status", "failed", "--code", "malformed", "--route", "sweep", "--state", state]).output.contains("bad.docx"))
        #expect(try await intray.run(["retry", "--code", "malfromed", "--state", state]).exitCode == 2)
        #expect(try await intray.run(["jobs", "--status", "done", "--route", "sweep", "--state", state]).exitCode == 0)
    }

    @Test("convert writes one document to standard output", arguments: ["notes.md", "prices.csv", "order.json", "minutes.txt", "timetable.html", "catalogue.xml", "inspection.docx"])
    func converts(name: String) async throws {
        let intray = try Program("intray")
        for format in ["md", "txt", "json", "html"] {
            let ending = try await intray.run(["convert", Samples.folder.appending(name).string, "--format", format])
            #expect(ending.exitCode == 0, "\(ending.output)")
            #expect(ending.output.utf8.count > 40)
        }
    }

    @Test("a wrong command line is usage, a missing folder is unavailable")
    func exitCodes() async throws {
        let intray = try Program("intray")
        #expect(try await intray.run(["sweep", "--nonsense"]).exitCode == 2)
        #expect(try await intray.run(["sweep", "/nowhere/at/all", "--outbox", "/tmp/never"]).exitCode == 5)
        #expect(try await intray.run(["status", "--state", "/nowhere"]).exitCode == 5)
        #expect(try await intray.run(["--version"]).exitCode == 0)
        let formats = try await intray.run(["formats"])
        #expect(formats.exitCode == 0 && formats.output.contains("docx"))
    }
}

/// The documents that the project shows itself with.
enum Samples {
    static let folder = FilePath("\(#filePath)").removingLastComponent().removingLastComponent().appending("Samples")
}
