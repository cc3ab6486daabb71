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
        // Where PDFium is not there, it says so and what to do.
        #expect(missing.output.contains("a worker converted one page") || missing.output.contains("packaging/setup fetches it"), "\(missing.output)")
        #expect(!folder.path.appending("new").exists)

        try folder.path.appending("there/inbox/sub/deeper").makeFolders()
        let there = try await Program("intray").run(["check", folder.path.appending("there").string])
        #expect(there.exitCode == 0, "\(there.output)")
        #expect(there.output.contains("files can be moved without replacing"))
        let named = try await Program("intray").run(["check", "--root", folder.path.appending("there").string])
        #expect(named.exitCode == 0 && named.output.contains("files can be moved without replacing"), "\(named.output)")
        #expect(try await Program("intray").run(["check", folder.path.string, "--root", folder.path.string]).exitCode == 2)
        #expect(there.output.contains("route main: watching    3 of "), "\(there.output)")
        #expect(try folder.path.appending("there").filesBelow().isEmpty)
    }

    @Test("says whether the page can listen, and that there is no such configuration")
    func places() async throws {
        let bench = try Bench()
        let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(taken) }
        var address = sockaddr_in(), size = socklen_t(MemoryLayout<sockaddr_in>.size)
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isTaken = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(taken, $0, size) == 0 && listen(taken, 1) == 0 && getsockname(taken, $0, &size) == 0 }
        }
        #expect(isTaken)
        try bench.write("routes: [{root: r}]\ndashboard: {listen: \"127.0.0.1:\(UInt16(bigEndian: address.sin_port))\"}\n")
        let text = try await bench.run("check")
        #expect(text.exitCode == 3 && text.output.contains("address already in use") && text.output.contains("→ end what listens there"), "\(text.output)")
        let missing = try await Program("intray").run(["check", "-c", bench.path("nothing.yaml").string])
        #expect(missing.exitCode == 3 && missing.output.contains("or make one: intray config init"), "\(missing.output)")
    }

    @Test("says once what is to be done about several findings in a row")
    func sameRemedy() async throws {
        let bench = try Bench()
        try bench.write("routes: [{root: r, claim: sometimes, priority: soon}]\n")
        let text = try await bench.run("check")
        #expect(text.output.contains("sometimes") && text.output.contains("soon") && text.output.contains("2 faults"), "\(text.output)")
        #expect(text.output.split(separator: "→").count == 2, "\(text.output)")
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
