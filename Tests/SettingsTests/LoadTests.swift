// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import Settings
import SystemPackage
import Testing

/// The configuration of a text, as if it were `/etc/intray/intray.yaml`.
func load(_ text: String) throws(ConfigurationFaults) -> Settings.Configuration {
    try Settings.Configuration.load("/etc/intray/intray.yaml", bytes: Array(text.utf8))
}

/// The faults of a text, one line each, without the file's folder.
func faults(_ text: String) -> [String] {
    do {
        _ = try load(text)
        return []
    } catch { return error.lines.map { $0.replacing("/etc/intray/", with: "") } }
}

@Suite("Loading a configuration")
struct LoadTests {
    @Test("a route with a root has the usual folders and the shipped settings")
    func minimal() throws {
        #expect(try load("routes: [{root: /srv/scans}]") == .standard(root: "/srv/scans"))
    }

    @Test("folders set apart win over the root, and relative ones are from the file's folder")
    func folders() throws {
        let route = try load("routes: [{root: /srv/scans, outbox: text, archive: ../old}]").routes[0]
        #expect(route.inbox == "/srv/scans/inbox")
        #expect(route.outbox == "/etc/intray/text")
        #expect(route.archive == "/etc/old")
    }

    @Test("a route takes from the defaults what it does not set, wherever they stand")
    func inheritance() throws {
        let configuration = try load("""
            routes:
              - {name: a, root: /a, settle: {quiet: 2s}}
              - {name: b, root: /b, limits: {wall: 5m}}
            defaults:
              settle: {quiet: 3s, lease: false}
              limits: {input: 1GB}
            """)
        #expect(configuration.routes.map(\.quiet) == [.seconds(2), .seconds(3)])
        #expect(configuration.routes.map(\.lease) == [false, false])
        #expect(configuration.routes.map(\.limits.wallMilliseconds) == [120_000, 300_000])
        #expect(configuration.routes.map(\.limits.inputBytes) == [1_000_000_000, 1_000_000_000])
        #expect(configuration.state == "/a/state")
    }

    @Test("aliases stand for what they name")
    func aliases() throws {
        let configuration = try load("""
            routes:
              - {name: a, root: /a, retry: &patient {attempts: 9, first: 1m}}
              - {name: b, root: /b, retry: *patient}
            """)
        #expect(configuration.routes.map(\.retry.attempts) == [9, 9])
    }

    @Test("hooks are read whole")
    func hooks() throws {
        let hook = try load("""
            routes: [{root: /srv}]
            hooks:
              - name: index
                command: [hooks/index, --add]
                events: [job.done]
                routes: main
                gate: yes
                environment: {LANG: C}
            """).hooks[0]
        #expect(hook.command == ["/etc/intray/hooks/index", "--add"])
        #expect(hook.events == [.jobDone])
        #expect(hook.routes == ["main"])
        #expect(hook.isGate)
        #expect(hook.environment == ["LANG": "C"])
    }

    @Test("a hook may be a web address, with its secrets in files")
    func addresses() throws {
        let hook = try load("""
            routes: [{root: /srv}]
            hooks:
              - {name: web, kind: http, url: "https://example.org:8443/a?b=%20", secret_file: web.secret, headers: {X-Source: "a \\"b\\""}}
            """).hooks[0]
        #expect(hook.kind == .http)
        #expect(hook.url == "https://example.org:8443/a?b=%20")
        #expect(hook.secretFile == "/etc/intray/web.secret")
        #expect(hook.headers == ["X-Source": "a \"b\""])
    }

    @Test("what is in force reads back to the same", arguments: [
        "routes: [{root: /srv/scans}]",
        """
        instance: left
        workers: {count: 3, isolation: batch}
        event_log: {rotate: 1000000, keep: 2}
        routes:
          - name: a
            root: "/srv/with \\"quotes\\" and \\u00e9"
            find: {include: ["*.pdf", "# no comment"], extensions: [.PDF], minimum_size: 1, maximum_size: 3GiB}
            settle: {quiet: 0, marker: "{name}.done", empty_grace: 1500ms}
            priority_rules: {"urgent/**": urgent, "*": low}
            original: leave
            output: {formats: [md, json], heading_offset: -1}
            retry: {factor: 1.5}
          - {name: b, inbox: /in, outbox: /out, quarantine: /bad, original: delete}
        hooks: [{name: h, command: [/bin/true, "a: b", ""], environment: {A: "x\\ny"}}, {name: w, kind: http, url: "http://[::1]:1/", bearer_file: /t, headers: {X-A: "b: c"}}]
        """,
    ])
    func roundTrip(_ text: String) throws {
        let configuration = try load(text)
        #expect(try load(configuration.yaml) == configuration)
        #expect(try load(configuration.json) == configuration)
    }
}
