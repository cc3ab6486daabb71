// SPDX-License-Identifier: Apache-2.0
@testable import Dashboard
import DashboardModel
import Foundation
import HTTPTypes
import Synchronization
import Testing

@Suite("The page's server")
struct ServerTests {
    @Test("answers are JSON in snake case, and refusals say why")
    func json() async throws {
        try await RunningServer.with(FakeDaemon()) { server in
            let status = await server.send("GET", "/api/v1/status")
            #expect(status.status == 200 && status.head.contains("application/json") && status.body.contains("\"is_paused\":false"))
            let missing = await server.send("GET", "/api/v1/jobs/J9")
            #expect(missing.status == 404 && missing.body.contains("\"kind\":\"missing\""))
            let wrong = await server.send("GET", "/api/v1/jobs?limit=0")
            #expect(wrong.status == 400 && wrong.body.contains("1 to 500"))
            #expect(await server.send("GET", "/api/v1/jobs?state=lost").status == 400)
            #expect(await server.send("GET", "/nothing/here").status == 404)
            let method = await server.send("DELETE", "/api/v1/jobs")
            #expect(method.status == 405 && method.head.lowercased().contains("allow: get, head"))
            // Not a job of that name.
            let action = await server.send("GET", "/api/v1/jobs/retry")
            #expect(action.status == 405 && action.head.lowercased().contains("allow: post\r\n"))
            #expect(await server.send("HEAD", "/api/v1/status").body.isEmpty)
        }
    }

    @Test("every answer forbids what a browser could do with it")
    func headers() async throws {
        try await RunningServer.with(FakeDaemon()) { server in
            for target in ["/", "/jobs", "/jobs/J1", "/jobs/J1/view/0", "/api/v1/status", "/api/v1/jobs/J1/outputs/0", "/metrics", "/nothing", "/../x"] {
                let answer = await server.send("GET", target, ["Accept": "text/html"])
                let head = answer.head.lowercased()
                #expect(head.contains("x-content-type-options: nosniff") && head.contains("content-security-policy: default-src 'none'"), "\(target)")
                #expect(head.contains("frame-ancestors '"), "\(target)")
                #expect(!head.contains("unsafe-inline") && !head.contains("access-control-allow-origin"), "\(target)")
            }
        }
    }

    @Test("a document cannot run in the operator's browser: served as text, shown without markup of its own, in a sandbox")
    func hostileDocument() async throws {
        try await RunningServer.with(FakeDaemon()) { server in
            let raw = await server.send("GET", "/api/v1/jobs/J1/outputs/0")
            #expect(raw.head.contains("text/plain") && raw.body.contains("<script>"))
            let shown = await server.send("GET", "/jobs/J1/view/0")
            #expect(shown.status == 200 && !shown.body.contains("<script>alert"))
            #expect(shown.head.contains("; sandbox") && !shown.head.contains("script-src"))
        }
    }

    @Test("a result shows its own pictures within the page, and asks for no other")
    func showsPictures() async throws {
        let text = #"<h1>A</h1><img src="a.pdf.assets/1%20b.png" alt="the &quot;plan&quot;"><img src="https://evil.example/x.png" alt="far"><img src="../secret.png">"#
        try await RunningServer.with(FakeDaemon(text: Array(text.utf8))) { server in
            let shown = await server.send("GET", "/jobs/J1/view/0")
            #expect(shown.body.contains(#"<h1>A</h1><img src="data:image/png;base64,UE5H" alt="the &quot;plan&quot;"><span class="picture">far</span>"#))
            #expect(shown.head.contains("img-src data:;") && !shown.body.contains("evil.example") && !shown.body.contains("secret"))
            #expect(await server.send("GET", "/jobs/J1/view/0?raw=1").body.contains("&lt;h1&gt;A"))
        }
    }

    @Test("a stream whose reader has gone frees its place at once")
    func freesStreams() async throws {
        try await RunningServer.with(FakeDaemon(keepsStreamsOpen: true)) { server in
            for _ in 0..<40 {
                let first = await server.beginning(of: "/api/v1/events/stream")
                #expect(first.hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    @Test("nothing changes without the token, and what is asked is done with it")
    func changes() async throws {
        let daemon = FakeDaemon()
        try await RunningServer.with(daemon) { server in
            let json = ["Content-Type": "application/json"]
            #expect(await server.send("POST", "/api/v1/pause").status == 401)
            #expect(await server.send("POST", "/api/v1/pause", ["Authorization": "Bearer no"]).status == 401)
            #expect(await server.send("POST", "/api/v1/pause", server.authorized.merging(["Origin": "http://evil.example"]) { $1 }).status == 403)
            #expect(await server.send("POST", "/api/v1/pause", server.authorized.merging(["Host": "evil.example"]) { $1 }).status == 403)
            #expect(daemon.changes.withLock { $0.isEmpty })
            let token = server.authorized.merging(json) { $1 }
            #expect(await server.send("POST", "/api/v1/pause", server.authorized).status == 200)
            #expect(await server.send("POST", "/api/v1/jobs/retry", token, body: "{\"jobs\":[\"J1\"]}").status == 200)
            #expect(await server.send("POST", "/api/v1/jobs/dismiss", token, body: "{\"jobs\":[\"J1\"]}").status == 200)
            #expect(await server.send("POST", "/api/v1/jobs/dismiss", token, body: "{\"all\":true,\"code\":\"malformed\"}").status == 200)
            #expect(await server.send("POST", "/api/v1/jobs/dismiss", token, body: "{\"all\":false}").status == 400)
            #expect(await server.send("POST", "/api/v1/jobs/cancel", token, body: "{\"all\":true,\"route\":\"main\"}").status == 200)
            #expect(await server.send("POST", "/api/v1/jobs/priority", token, body: "{\"jobs\":[\"J1\"],\"priority\":\"high\"}").status == 200)
            #expect(await server.send("POST", "/api/v1/hooks/index/retry", server.authorized).status == 200)
            #expect(await server.send("POST", "/api/v1/hooks/index/retry", token, body: "{\"job\":\"J1\"}").status == 200)
            #expect(await server.send("POST", "/api/v1/hooks/index/retry", token, body: "{\"jobs\":[]}").status == 400)
            #expect(daemon.changes.withLock { $0 } == [
                .pause(route: nil), .retry(jobs: ["J1"]), .dismiss(jobs: ["J1"]), .dismissAll(code: "malformed", route: nil), .cancelAll(route: "main"), .prioritize(jobs: ["J1"], .high),
                .deliverAgain(hook: "index", job: nil), .deliverAgain(hook: "index", job: "J1"),
            ])
        }
    }

    @Test("bodies that are not what is expected are refused, each with its own status")
    func bodies() async throws {
        try await RunningServer.with(FakeDaemon()) { server in
            let token = server.authorized.merging(["Content-Type": "application/json"]) { $1 }
            for body in ["[]", "{", "nul", "{\"route\":1}", "{\"route\":{}}", "{\"other\":1}", "{\"route\":\"a\\u0000b\"}", String(repeating: "[", count: 10_000)] {
                #expect(await server.send("POST", "/api/v1/pause", token, body: body).status == 400, "\(body.prefix(30))")
            }
            #expect(await server.send("POST", "/api/v1/pause", server.authorized.merging(["Content-Type": "text/plain"]) { $1 }, body: "{}").status == 415)
            #expect(await server.send("POST", "/api/v1/pause", token.merging(["Content-Length": "99999999"]) { $1 }, body: "{}").status == 413)
            #expect(await server.send("POST", "/api/v1/jobs/retry", token, body: "{}").status == 400)
        }
    }

    @Test("a session begins with the token in the address, and then needs the page's proof")
    func session() async throws {
        let daemon = FakeDaemon()
        try await RunningServer.with(daemon) { server in
            let signIn = await server.send("GET", "/jobs?token=\(server.token)")
            #expect(signIn.status == 303 && !signIn.head.contains("location: /jobs?"))
            let cookie = try #require(signIn.head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("set-cookie:") }).dropFirst(11).trimmingCharacters(in: .whitespaces)
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(server.token))
            let session = ["Cookie": String(cookie.prefix { $0 != ";" })]
            #expect(await server.send("POST", "/api/v1/pause", session).status == 403)
            let proof = try #require(await server.send("GET", "/", session).body.firstMatch(of: /name="intray-csrf" content="([0-9a-f]+)"/)).1
            #expect(await server.send("POST", "/api/v1/pause", session.merging(["X-Intray-CSRF": String(proof)]) { $1 }).status == 200)
            #expect(daemon.changes.withLock { $0.count } == 1)
            #expect(await server.send("GET", "/?token=wrong").status == 401)
            #expect(await server.send("POST", "/session", ["Content-Type": "application/x-www-form-urlencoded"], body: "token=\(server.token)").status == 303)
            #expect(await server.send("POST", "/session", ["Origin": "http://evil.example"], body: "token=\(server.token)").status == 403)
        }
    }

    @Test("an upload arrives whole or not at all, and no larger than allowed")
    func uploads() async throws {
        let daemon = FakeDaemon()
        try await RunningServer.with(daemon, upload: 100_000) { server in
            let text = String(repeating: "0123456789", count: 9_000)
            #expect(await server.send("POST", "/api/v1/uploads/main?name=in%2Fa.pdf", server.authorized, body: text).status == 201)
            #expect(daemon.uploads.withLock { $0["in/a.pdf"]?.count } == 90_000)
            #expect(await server.send("POST", "/api/v1/uploads/main?name=b.pdf", server.authorized, body: text + text).status == 413)
            let chunk = String(repeating: "x", count: 60_000)
            let chunked = "POST /api/v1/uploads/main?name=c.pdf HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer \(server.token)\r\nTransfer-Encoding: chunked\r\n\r\n"
            let answer = await server.raw(Array("\(chunked)ea60\r\n\(chunk)\r\nea60\r\n\(chunk)\r\n0\r\n\r\n".utf8))
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(await server.send("POST", "/api/v1/uploads/main", server.authorized, body: "x").status == 400)
            #expect(await server.send("POST", "/api/v1/uploads/main?name=d", body: "x").status == 401)
            #expect(daemon.uploads.withLock { Set($0.keys) } == ["in/a.pdf"])
            #expect(daemon.abandoned.withLock { $0 } == 2)
        }
    }

    @Test("what is no HTTP, or too much of it, harms nobody")
    func nonsense() async throws {
        try await RunningServer.with(FakeDaemon()) { server in
            for bytes in [
                Array("\0\0\0\0\u{16}\u{3}\u{1}".utf8), Array("GET\r\n\r\n".utf8), Array("GET / HTTP/9.9\r\n\r\n".utf8), Array("GET / HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n".utf8),
                Array(("GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").utf8),
                Array(("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + (0..<2_000).map { "x\($0): y\r\n" }.joined() + "\r\n").utf8),
                Array("POST /api/v1/pause HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".utf8),
            ] {
                let answer = await server.raw(bytes)
                #expect(!answer.hasPrefix("HTTP/1.1 2"), "\(String(decoding: bytes.prefix(40), as: UTF8.self))")
            }
            #expect(await server.send("GET", "/healthz").status == 200)
        }
    }

    @Test("events come as a stream with numbers, and go on behind the one that was seen last")
    func events() async throws {
        try await RunningServer.with(FakeDaemon()) { server in
            let stream = await server.send("GET", "/events", ["Accept": "text/event-stream", "Last-Event-ID": "41"])
            #expect(stream.status == 200 && stream.head.contains("text/event-stream"))
            #expect(stream.body.contains("id: 42\ndata: {") && stream.body.contains("id: 43\n"))
            #expect(await server.send("GET", "/api/v1/events/stream", ["Last-Event-ID": "x"]).status == 400)
            #expect(await server.send("GET", "/api/v1/events/stream", ["Last-Event-ID": "9223372036854775807"]).status == 400)
            #expect(await server.send("GET", "/api/v1/events?after=9223372036854775807").status == 400)
        }
    }

    @Test("metrics keep to the format, whatever names there are")
    func metrics() async throws {
        let text = Metrics.text(try await FakeDaemon().overview())
        #expect(text.contains("intray_quarantined_jobs{route=\"ma\\\"in\\\\\\n\",code=\"malformed\"} 2\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("# HELP intray_") || $0.hasPrefix("# TYPE intray_") || $0.hasPrefix("intray_") })
    }

    @Test("the description of the API and the endpoints are the same")
    func description() throws {
        let document = try #require(try JSONSerialization.jsonObject(with: Data(OpenAPI.document)) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let described = paths.flatMap { path, methods in methods.map { "\($0.key.uppercased()) \(path) \(Self.access($0.value))" } }.sorted()
        let served = (Endpoints.reading + Endpoints.changing).map { "\($0.method.rawValue) \($0.template) \($0.access.rawValue)" }.sorted()
        #expect(described == served)
    }

    private static func access(_ operation: [String: Any]) -> String {
        let ways = operation["security"] as? [[String: Any]] ?? []
        return ways.count == 1 && ways[0].isEmpty ? "open" : ways.contains { $0.isEmpty } ? "read" : "change"
    }
}
