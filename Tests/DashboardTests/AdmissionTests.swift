// SPDX-License-Identifier: Apache-2.0
@testable import Dashboard
import DashboardModel
import HTTPTypes
import Settings
import Testing

@Suite("Admission")
struct AdmissionTests {
    private let local = Admission(DashboardSettings(address: .tcp(host: "127.0.0.1", port: 8088), token: "secret"))
    private let remote: Admission = {
        var settings = DashboardSettings(address: .tcp(host: "0.0.0.0", port: 8088), token: "secret")
        settings.hosts = ["intray.example.org"]
        return Admission(settings)
    }()

    private func head(host: String = "127.0.0.1:8088", _ fields: [HTTPField.Name: String] = [:]) -> HTTPRequest {
        var head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/")
        for (name, value) in fields { head.headerFields[name] = value }
        return head
    }

    private func kind(_ body: () throws -> Visitor) -> Refusal.Kind? {
        do {
            _ = try body()
            return nil
        } catch { return (error as? Refusal)?.kind }
    }

    private func session(_ admission: Admission) -> String { String(admission.setCookie.prefix { $0 != ";" }) }

    @Test("names that are not ours are refused, whatever the token", arguments: [
        "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8088", "", ":8088", "[::1", "127.0.0.1:8088@evil.example", "10.0.0.1", "127.0.0.1:99999x",
    ])
    func foreignHosts(host: String) {
        let authorized = head(host: host, [.authorization: "Bearer secret"])
        #expect(kind { try local.admit(authorized, to: .open) } == .forbidden)
    }

    @Test("our own names are let in", arguments: ["127.0.0.1:8088", "localhost", "LOCALHOST:1", "[::1]:8088", "127.0.0.2"])
    func ownHosts(host: String) { #expect(kind { try local.admit(head(host: host), to: .read) } == nil) }

    @Test("elsewhere an address or a listed name will do, and no other")
    func remoteHosts() {
        #expect(kind { try remote.admit(head(host: "10.1.2.3:8088"), to: .open) } == nil)
        #expect(kind { try remote.admit(head(host: "[fe80::1]:8088"), to: .open) } == nil)
        #expect(kind { try remote.admit(head(host: "intray.example.org"), to: .open) } == nil)
        #expect(kind { try remote.admit(head(host: "other.example.org"), to: .open) } == .forbidden)
    }

    @Test("reading is free on this machine only")
    func reading() throws {
        #expect(try local.admit(head(), to: .read) == Visitor(isKnown: false, csrf: nil))
        #expect(kind { try remote.admit(head(), to: .read) } == .unauthorized)
        #expect(try remote.admit(head(host: "10.1.2.3", [.authorization: "bearer secret"]), to: .read).isKnown)
        #expect(try remote.admit(head(host: "10.1.2.3", [.cookie: session(remote)]), to: .read).isKnown)
    }

    @Test("a wrong token is refused even where none is needed", arguments: ["Bearer wrong", "Bearer", "Basic secret", "Bearer secret x", "secret", "Bearer secre", "Bearer secrets"])
    func wrongToken(value: String) { #expect(kind { try local.admit(head([.authorization: value]), to: .open) } == .unauthorized) }

    @Test("a change needs the token")
    func changes() {
        #expect(kind { try local.admit(head(), to: .change) } == .unauthorized)
        #expect(kind { try local.admit(head([.authorization: "Bearer secret"]), to: .change) } == nil)
        #expect(kind { try local.admit(head([.cookie: "\(local.cookieName)=guess", .csrf: "guess"]), to: .change) } == .unauthorized)
    }

    @Test("a session changes only with the proof that our page holds")
    func proof() throws {
        let csrf = try #require(try local.admit(head([.cookie: session(local)]), to: .read).csrf)
        #expect(kind { try local.admit(head([.cookie: session(local)]), to: .change) } == .forbidden)
        #expect(kind { try local.admit(head([.cookie: session(local), .csrf: csrf + "0"]), to: .change) } == .forbidden)
        #expect(kind { try local.admit(head([.cookie: "a=b; \(session(local)); c=d", .csrf: csrf]), to: .change) } == nil)
        #expect(kind { try remote.admit(head(host: "10.0.0.1", [.cookie: session(remote)]), to: .change) } == .forbidden)
    }

    @Test("another site's page changes nothing, whatever it sends along")
    func otherSites() throws {
        let csrf = try #require(try local.admit(head([.cookie: session(local)]), to: .read).csrf)
        let mine: [HTTPField.Name: String] = [.cookie: session(local), .csrf: csrf]
        for (name, value) in [(HTTPField.Name.origin, "http://evil.example"), (.origin, "null"), (.origin, "http://127.0.0.1:9999"), (.secFetchSite, "cross-site"), (.secFetchSite, "same-site")] {
            #expect(kind { try local.admit(head(mine.merging([name: value]) { $1 }), to: .change) } == .forbidden)
        }
        #expect(kind { try local.admit(head(mine.merging([.origin: "http://127.0.0.1:8088", .secFetchSite: "same-origin"]) { $1 }), to: .change) } == nil)
    }
}

@Suite("Request paths")
struct RequestPathTests {
    @Test("what means another folder is no path here", arguments: [
        "/../etc/passwd", "/jobs/..", "/jobs/%2e%2e/x", "/jobs/%2E%2E%2Fx", "/a//b", "/jobs/", "//", "/jobs/%00", "/jobs/%ff", "/jobs/%", "/jobs/%2", "/jobs/%zz", "jobs", "", "http://x/",
        "/a?b=%ff", "/a/./b", "/a/b%2fc",
    ])
    func traversal(path: String) { #expect(RequestPath(path) == nil) }

    @Test("names and values come decoded")
    func decoding() throws {
        let path = try #require(RequestPath("/jobs/a%20b+c?name=x+y%2B&name=&empty&q=a=b"))
        #expect(path.segments == ["jobs", "a b+c"])
        #expect(path.query.map { "\($0.name)=\($0.value)" } == ["name=x y+", "name=", "empty=", "q=a=b"])
        #expect(RequestPath("/")?.segments == [])
    }
}
