// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray check", .timeLimit(.minutes(10)))
struct CheckTests {
    @Test("says that all is well, has a worker convert a line, and leaves nothing behind")
    func fine() async throws {
        let folder = try TemporaryFolder()
        let missing = try await Program("intray").run(["check", folder.path.appending("new").string])
        #expect(missing.exitCode == 0, "\(missing.output)")
        #expect(missing.output.contains("new/inbox will be made"))
        #expect(missing.output.contains("a worker converted one line"))
        #expect(!folder.path.appending("new").exists)

        try folder.path.appending("there/inbox/sub/deeper").makeFolders()
        let there = try await Program("intray").run(["check", folder.path.appending("there").string])
        #expect(there.exitCode == 0, "\(there.output)")
        #expect(there.output.contains("files can be moved without replacing"))
        #expect(there.output.contains("route main: watching    3 of "), "\(there.output)")
        #expect(try folder.path.appending("there").filesBelow().isEmpty)
    }

    @Test("tells each fault with its remedy, as text and as JSON, and ends with 3")
    func faults() async throws {
        let bench = try Bench()
        try bench.path("in-the-way").write("a file")
        try bench.write("sandbox: \"off\"\nroutes: [{root: r, outbox: in-the-way/out, minimum_free: 900000TB}]\nhooks: [{name: h, command: [/nowhere/hook]}]\n")
        let text = try await bench.run("check")
        #expect(text.exitCode == 3)
        #expect(text.output.contains("is no folder that can be read"))
        #expect(text.output.contains("→ make room"))
        #expect(text.output.contains("or set \"sandbox: require\""))
        let json = try await bench.run("check", "--json")
        #expect(json.exitCode == 3)
        let faults = json.output.split(separator: "\n").filter { $0.contains("\"level\":\"fault\"") }
        #expect(faults.count == 3 && faults.allSatisfy { $0.contains("\"remedy\":") }, "\(json.output)")
    }

    @Test("a worker that cannot be started is a fault")
    func worker() async throws {
        let folder = try TemporaryFolder()
        let absent = try await Program("intray").run(["check", folder.path.string], environment: ["INTRAY_WORKER": "/nowhere/intray-worker"])
        #expect(absent.exitCode == 3)
        #expect(absent.output.contains("cannot start \"/nowhere/intray-worker\""))
        let wrong = try await Program("intray").run(["check", folder.path.string], environment: ["INTRAY_WORKER": "/bin/true"])
        #expect(wrong.exitCode == 3)
        #expect(wrong.output.contains("a worker could not convert one line"))
    }

    @Test("a file with faults is told fault by fault")
    func configuration() async throws {
        let bench = try Bench()
        try bench.write("routes: [{root: r, claim: x, original: y}]\n")
        let ending = try await bench.run("check")
        #expect(ending.exitCode == 3)
        #expect(ending.output.contains("0 ok, 0 warnings, 2 faults"))
    }
}
