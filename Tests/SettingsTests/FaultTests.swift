// SPDX-License-Identifier: Apache-2.0
import Settings
import SystemPackage
import Testing

@Suite("Faults of a configuration")
struct FaultTests {
    @Test("all of them are told at once, with line, column, key and value")
    func allAtOnce() {
        let lines = faults("""
            routes:
              - name: a
                root: /a
              - name: b
                root: /b
                settle:
                  quiet: soon
                  qiet: 1s
                original: burn
                limits: {xml_depth: 2, input: big}
            wrokers: {count: 3}
            """)
        #expect(lines == [
            "intray.yaml:7:14: routes[1].settle.quiet: \"soon\" is not a duration; expected for example 500ms, 1s or 5m",
            "intray.yaml:8:7: routes[1].settle.qiet: there is no key \"qiet\"; did you mean \"quiet\"?",
            "intray.yaml:9:15: routes[1].original: \"burn\" is not a choice here; expected archive, delete, leave",
            "intray.yaml:10:25: routes[1].limits.xml_depth: \"2\" is out of range; expected a number from 8 to 10000",
            "intray.yaml:10:35: routes[1].limits.input: \"big\" is not a size; expected for example 64MiB, 1GB or a number of bytes",
            "intray.yaml:11:1: wrokers: there is no key \"wrokers\"; did you mean \"workers\"?",
        ])
    }

    @Test("each kind of fault is told where it stands", arguments: [
        ("", ["intray.yaml: the file is empty; expected at least \"routes:\""]),
        ("# nothing\n", ["intray.yaml: the file is empty; expected at least \"routes:\""]),
        ("- a", ["intray.yaml:1:1: a list is not a mapping; expected keys with values"]),
        ("routes: []", ["intray.yaml:1:9: routes: there is no route; expected at least one"]),
        ("workers: {count: 1}", ["intray.yaml:1:1: there are no routes; expected \"routes:\" with at least one"]),
        ("routes: 5", ["intray.yaml:1:9: routes: \"5\" is not a list; expected routes, each with a dash"]),
        ("routes: [{inbox: i, outbox: o, archive: a, quarantine: q}]", ["intray.yaml:1:1: \"state\" is missing; expected a folder, since no route has a \"root\" to keep it in"]),
        ("state: /s\nroutes: [{name: a}]", ["intray.yaml:2:10: routes[0]: the route has no inbox, outbox, archive, quarantine; expected \"root\" with the usual folders below it, or each folder by its own key"]),
        ("routes: [{root: /a}, {root: /b}]", ["intray.yaml:1:10: routes[0]: the route has no name; with several routes each needs one", "intray.yaml:1:22: routes[1]: the route has no name; with several routes each needs one"]),
        ("routes: [{root: /a, settle: {marker: \"{name}.{stem}\"}}]", ["intray.yaml:1:38: routes[0].settle.marker: \"{name}.{stem}\" is not the name of a marker file; expected for example \"{name}.done\" or \"{stem}.ready\""]),
        ("routes: [{root: /a, claim: [move]}]", ["intray.yaml:1:28: routes[0].claim: a list is not a choice here; expected move, leave"]),
        ("routes: [{root: /a, priority: }]", ["intray.yaml:1:31: routes[0].priority: nothing is not a priority; expected low, normal, high, urgent"]),
        ("routes: [{name: a, root: /a}, {name: a, root: /b}]", ["intray.yaml:1:31: routes[1]: there is another route named \"a\"; expected a name of its own"]),
        ("routes: [{root: /a}]\nhooks: [{name: h}]", ["intray.yaml:2:9: hooks[0]: the hook has no command"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, command: [ls]}]", ["intray.yaml:2:29: hooks[0].command[0]: \"ls\" is not a program; expected its absolute path, or one with a / from this file's folder"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, command: [/b], routes: [mian]}]", ["intray.yaml:2:42: hooks[0].routes: there is no route \"mian\"; did you mean \"main\"?"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, command: [/b], events: [job.dne]}]", ["intray.yaml:2:43: hooks[0].events[0]: there is no event \"job.dne\"; did you mean \"job.done\"?"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, command: [/b]}, {name: h, command: [/c]}]", ["intray.yaml:2:35: hooks[1]: there is another hook named \"h\"; expected a name of its own"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, kind: http}]", ["intray.yaml:2:9: hooks[0]: the hook has no url"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, command: [/b], url: \"http://a/\"}]", ["intray.yaml:2:9: hooks[0]: \"url\" belongs to the other kind of hook; expected \"kind: http\" with it"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, kind: http, url: \"ftp://a/\"}]", ["intray.yaml:2:36: hooks[0].url: \"ftp://a/\" is not a web address; expected http:// or https://, a host, and a path"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, kind: http, url: \"https://me:secret@a/\"}]", ["intray.yaml:2:36: hooks[0].url: \"https://me:secret@a/\" is not a web address; expected http:// or https://, a host, and a path"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, kind: http, url: \"http://a/\", gate: true}]", ["intray.yaml:2:9: hooks[0]: a gate is a program; expected \"kind: exec\""]),
        ("routes: [{root: /a}]\nhooks: [{name: h, kind: http, url: \"http://a/\", bearer_file: /t}]", ["intray.yaml:2:9: hooks[0]: the token would be sent in the clear; expected an address that begins with https"]),
        ("routes: [{root: /a}]\nhooks: [{name: h, kind: http, url: \"http://a/\", headers: {Host: b}}]", ["intray.yaml:2:59: hooks[0].headers.Host: \"Host\" cannot be set; expected a header's name, and none that each delivery has by itself"]),
        ("routes: [{root: /a\n", ["intray.yaml:2:1: this is not YAML: did not find expected ',' or '}' (while parsing a flow mapping, line 1)"]),
        ("routes: [{root: /a, minimum_free: 1G}]", ["intray.yaml:1:35: routes[0].minimum_free: \"1G\" is not a size; expected 1GiB (1073741824 bytes) or 1GB (1000000000 bytes)"]),
        ("routes: [{root: /a, limits: {input: 2.5 mib}}]", ["intray.yaml:1:37: routes[0].limits.input: \"2.5 mib\" is not a size; expected 2.5MiB (2621440 bytes)"]),
        ("routes: *nobody", ["intray.yaml:1:9: this is not YAML: found undefined alias"]),
    ])
    func each(_ text: String, _ expected: [String]) { #expect(faults(text) == expected) }

    @Test("a key that is set twice is told with its path, together with the other faults")
    func duplicates() {
        let lines = faults("routes:\n  - root: /a\n    settle: {quiet: 1s, quiet: 2s}\n    claim: x\n    \"root\": /b\n")
        #expect(lines == [
            "intray.yaml:2:5: routes[0].root: is set twice in the same place; keep one of them",
            "intray.yaml:3:14: routes[0].settle.quiet: is set twice in the same place; keep one of them",
            "intray.yaml:4:12: routes[0].claim: \"x\" is not a choice here; expected move, leave",
        ])
    }

    @Test("no folder that a route fills may lie within an inbox, and no inbox within another", arguments: [
        "routes: [{root: /a, outbox: /a/inbox/out}]",
        "routes: [{name: x, root: /a}, {name: y, root: /b, outbox: /a/inbox}]",
        "routes: [{name: x, root: /a, archive: /b/inbox/old}, {name: y, root: /b}]",
        "routes: [{root: /a, outbox: /a}]",
        "routes: [{name: x, root: /a, outbox: /b}, {name: y, root: /b}]",
        "routes: [{name: x, root: /a}, {name: y, root: /b, inbox: /a/./inbox/sub}]",
        "routes: [{name: x, root: /a}, {name: y, root: /b, inbox: /a/inbox}]",
    ])
    func overlaps(_ text: String) {
        let lines = faults(text)
        #expect(lines.count == 1 && lines.allSatisfy { $0.hasSuffix("set them apart") }, "\(lines)")
    }

    @Test("hostile text ends as a fault and soon", arguments: [
        Hostile(String(repeating: "[", count: 500_000)), Hostile(String(repeating: "- ", count: 400_000)), Hostile(String(repeating: "{a: ", count: 200_000)),
        Hostile(String(repeating: "? ", count: 400_000)), Hostile(String(repeating: "x", count: 2 << 20)), "routes: \"\\uD800\"", "\u{0}\u{1}", "%YAML 9.9\n---\n", "--- a\n--- b\n",
        "a: &a [x, x]\nb: &b [*a, *a]\n? *b\n: 1\n", "a: &a a\n*a : 1\n", "&a a: *a", "a: !!binary x", "routes: [{root: \"/a\\0b\"}]", "routes: [{root: /a, <<: {}}]",
        bomb("routes: *l40"), bomb("? *l40\n: x"), bomb("*l40 : x"), bomb("{*l40: x}"), bomb("{[*l40]: x}"), bomb("routes: [{find: {include: *l40}}]"),
    ])
    func hostile(_ text: Hostile) { #expect(!faults(text.text).isEmpty) }

    /// Text too long for a test's name.
    struct Hostile: Sendable, ExpressibleByStringLiteral, CustomTestStringConvertible {
        var text: String
        init(_ text: String) { self.text = text }
        init(stringLiteral text: String) { self.text = text }
        var testDescription: String { "\(text.prefix(20))… (\(text.count))" }
    }

    /// Lists of lists, each twice as large as the one before.
    static func bomb(_ last: String) -> Hostile {
        Hostile("l0: &l0 [x]\n" + (1...40).map { "l\($0): &l\($0) [*l\($0 - 1), *l\($0 - 1)]\n" }.joined() + last)
    }

    @Test("random changes to a good file never crash the reading")
    func mutations() {
        var random = SystemRandomNumberGenerator()
        let good = Array("routes:\n  - {name: a, root: /a, retry: &p {attempts: 9}}\n  - {name: b, root: /b, retry: *p}\nhooks: [{name: h, command: [/b]}]\n".utf8)
        for _ in 0..<500 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert(Array("[]{}:,*&!?-'\"\n #%@".utf8).randomElement(using: &random) ?? 0, at: place)
                default: bytes.remove(at: place)
                }
            }
            _ = try? Settings.Configuration.load("/f.yaml", bytes: bytes)
        }
    }
}
