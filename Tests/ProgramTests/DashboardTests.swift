// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("The page of a daemon", .serialized, .timeLimit(.minutes(5)))
struct DashboardTests {
    @Test("an address that somebody has is refused before anything is made")
    func takenAddress() async throws {
        let folder = try TemporaryFolder()
        let daemon = try await Watching(keeping: folder, arguments: [folder.path.string, "--dashboard", "127.0.0.1:0"])
        defer { daemon.kill() }
        try await eventually("the page is there") { try folder.path.appending("daemon.log").readText().contains("the page is at") }
        let port = try #require(try folder.path.appending("daemon.log").readText().firstMatch(of: /127\.0\.0\.1:([0-9]+)/)?.output.1)
        let root = folder.path.appending("second")
        let refused = try await Program("intray").run(["watch", root.string, "--dashboard", "127.0.0.1:\(port)"])
        #expect(refused.exitCode == 3 && refused.output.contains("cannot listen on \"127.0.0.1:\(port)\": address already in use; choose another address"), "\(refused.output)")
        #expect(!root.exists)
        try await daemon.stop()
    }

    @Test("what is uploaded is converted, its story can be read, what failed can be retried, and events tell of it")
    func wholeWay() async throws {
        let folder = try TemporaryFolder()
        let old = folder.path.appending("old")
        try old.makeFolders()
        try old.appending("late.txt").write("late\n")
        let daemon = try await Watching(keeping: folder, arguments: [folder.path.string, "--quiet", "0.1", "--dashboard", "127.0.0.1:0", "--sweep-folder", old.string])
        defer { daemon.kill() }
        let page = try await Page(daemon)

        #expect(try await page.post("pause").contains("\"changed\":1"))
        #expect(try await page.get("status").contains("\"is_paused\":true"))
        _ = try await page.post("resume")

        #expect(try await page.post("uploads/main?name=sub/a.md", body: "# Head\n\n<script>alert(1)</script>\n").contains("\"path\":\"sub/a.md\""))
        #expect(try await page.post("uploads/main?name=..%2Fb.md", body: "x").contains("\"invalid\""))
        #expect(try await page.post("uploads/main?name=.hidden.md", body: "x").contains("hidden"))
        #expect(try await page.post("uploads/other?name=b.md", body: "x").contains("\"missing\""))
        try await eventually("it is done") { try await page.get("jobs?state=done&name=sub/A.md").contains("\"job\":\"") }
        let job = try await page.first("job", in: page.get("jobs?state=done"))
        let story = try await page.get("jobs/\(job)")
        for word in ["\"kind\":\"claimed\"", "\"kind\":\"done\"", "\"outcome\":\"done\"", "a.md.md", "\"is_there\":true", "\"is_cut_short\":false"] { #expect(story.contains(word), "\(word) in \(story)") }
        #expect(try await page.get("jobs/\(job)/outputs/0").contains("# Head"))
        #expect(try await page.get("jobs/\(job)/outputs/9").contains("\"missing\""))
        #expect(try await !page.fetch("/jobs/\(job)/view/0").contains("<script>alert"))
        #expect(try await page.fetch("/jobs/\(job)").contains("sub/a.md"))

        try daemon.drop("bad.docx", Array("PK\u{3}\u{4}no archive".utf8))
        try await eventually("it has failed") { try await page.get("jobs?state=failed").contains("bad.docx") }
        try await eventually("its code is counted") { try await page.get("status").contains("\"failures\":[{") }
        let failed = try await page.first("job", in: page.get("jobs?state=failed"))
        #expect(try await page.post("jobs/retry", json: "{\"jobs\":[\"\(failed)\"]}").contains("\"changed\":1"))
        try await eventually("it has failed anew") {
            let jobs = try await page.get("jobs?state=failed")
            return jobs.contains("bad.docx") && !jobs.contains(failed)
        }
        let anew = try await page.first("job", in: page.get("jobs?state=failed"))
        let refused = try await page.post("jobs/dismiss", json: "{\"jobs\":[\"\(job)\"]}")
        #expect(refused.contains("\"changed\":0") && refused.contains("it is done"), "\(refused)")
        #expect(try await page.post("jobs/dismiss", json: "{\"jobs\":[\"\(anew)\"]}").contains("\"changed\":1"))
        try await eventually("it is dismissed") { try await page.get("jobs?state=dismissed").contains(anew) }
        #expect(try await !page.get("jobs?state=failed").contains(anew))
        try await eventually("its code is no longer counted") { try await page.get("status").contains("\"failures\":[]") }
        #expect(try await page.post("jobs/dismiss", json: "{\"all\":true}").contains("\"changed\":0"))
        #expect(folder.path.appending("quarantine/bad.docx").exists)

        let seen = try await page.get("events?after=0&limit=1000")
        #expect(seen.contains("job.failed") && seen.contains("job.done"))
        #expect(try await page.fetch("/metrics").contains("intray_jobs_total{route=\"main\",state=\"done\"} 1"))

        let preview = try await page.post("sweeps/preview", json: "{\"folder\":\"\(old.string)\",\"extensions\":[\"txt\"]}")
        #expect(preview.contains("\"action\":\"convert\"") || preview.contains("\"action\":\"wait\""), "\(preview)")
        #expect(try await page.post("sweeps/preview", json: "{\"folder\":\"/etc\"}").contains("\"forbidden\""))
        #expect(try await page.post("sweeps/preview", json: "{\"folder\":\"\(old.string)/../../../../../etc\"}").contains("\"forbidden\""))
        try await eventually("the sweep has done it") {
            if try await !page.get("sweeps").contains("\"is_running\":true") { _ = try await page.post("sweeps", json: "{\"folder\":\"\(old.string)\"}") }
            return folder.path.appending("outbox/sweeps/old/late.txt.md").exists
        }
        try await daemon.stop()
    }

    @Test("a socket serves too, for its owner alone, and other machines only when it is said")
    func addresses() async throws {
        let folder = try TemporaryFolder()
        let socket = folder.path.appending("page.sock")
        let daemon = try await Watching(keeping: folder, arguments: [folder.path.string, "--dashboard", socket.string])
        defer { daemon.kill() }
        try await eventually("it listens") { socket.exists }
        let answer = try await Page.curl(["--unix-socket", socket.string, "http://localhost/healthz"])
        #expect(answer == "ok\n")
        try await daemon.stop()
        let refused = try await Program("intray").run(["watch", folder.path.string, "--dashboard", "0.0.0.0:0"])
        #expect(refused.exitCode == 3 && refused.output.contains("--dashboard-remote"), "\(refused.output)")
    }
}

/// The page of a daemon, by curl.
private struct Page {
    private let address: String
    private let token: String

    init(_ daemon: Watching) async throws {
        let log = daemon.root.appending("daemon.log")
        try await eventually("it says where its page is") { try log.readText().contains("/?token=") }
        let line = try #require(try log.readText().firstMatch(of: /(http:\S+)\/\?token=(\S+)/))
        (address, token) = (String(line.1), String(line.2))
    }

    func fetch(_ target: String) async throws -> String { try await Self.curl([address + target]) }
    func get(_ target: String) async throws -> String { try await fetch("/api/v1/" + target) }

    func post(_ target: String, body: String = "") async throws -> String {
        try await Self.curl(["-X", "POST", "-H", "Authorization: Bearer \(token)", "-H", "Content-Type: application/octet-stream", "--data-binary", body, "\(address)/api/v1/\(target)"])
    }

    func post(_ target: String, json: String) async throws -> String {
        try await Self.curl(["-X", "POST", "-H", "Authorization: Bearer \(token)", "-H", "Content-Type: application/json", "--data-binary", json, "\(address)/api/v1/\(target)"])
    }

    func first(_ key: String, in text: String) throws -> String {
        String(try #require(text.firstMatch(of: try Regex<(Substring, Substring)>("\"\(key)\":\"([^\"]+)\""))).1)
    }

    static func curl(_ arguments: [String]) async throws -> String {
        try await Program(at: "/usr/bin/curl").run(["-s", "--max-time", "20"] + arguments).output
    }
}
