// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

/// Every limit that can be set, each tripped through the daemon with the real worker: a route for each, with one limit
/// lowered and one document that goes beyond it.
@Suite("limits", .timeLimit(.minutes(10)))
struct LimitTests {
    private struct Trip {
        /// The key below `limits`, and its value.
        let key: String
        let value: String
        let file: String
        let bytes: [UInt8]
        /// What the document ends in: a failure, or a loss beside what was delivered.
        let code: String
        var isLoss = false
        var more = ""
    }

    private static let slow = Array("<html><body>\(String(repeating: "<div><p>some <b>words</b> and <i>more</i></p></div>\n", count: 60_000))</body></html>".utf8)
    private static let cells = Array(String(repeating: "a,b,c,d,e,f,g,h\n", count: 30_000).utf8)

    private static let trips: [Trip] = [
        Trip(key: "input", value: "10", file: "a.txt", bytes: Array("more than ten bytes\n".utf8), code: "input-limit"),
        Trip(key: "memory", value: "64MiB", file: "b.html", bytes: slow + slow, code: "memory"),
        Trip(key: "cpu", value: "100ms", file: "c.html", bytes: slow, code: "timeout-cpu"),
        Trip(key: "wall", value: "200ms", file: "d.html", bytes: slow, code: "timeout-wall"),
        Trip(key: "stall", value: "100ms", file: "e.html", bytes: slow, code: "timeout-stall"),
        Trip(key: "text", value: "1KiB", file: "f.csv", bytes: Array(cells.prefix(160_000)), code: "text-limit", more: ", output: {formats: [json, html]}"),
        Trip(key: "text_ratio", value: "1", file: "g.csv", bytes: cells, code: "text-ratio-limit", more: ", output: {formats: [json, html]}"),
        Trip(key: "assets", value: "10", file: "h.eml", bytes: mail(pictures: 1), code: "asset-limit"),
        Trip(key: "pages", value: "1", file: "i.mbox", bytes: mailbox, code: "mbox-messages-left", isLoss: true),
        Trip(key: "members", value: "1", file: "j.eml", bytes: mail(pictures: 3), code: "members-too-many", isLoss: true),
        Trip(key: "depth", value: "1", file: "k.eml", bytes: nested(4), code: "members-too-deep", isLoss: true),
        Trip(key: "image_pixels", value: "100", file: "l.bmp", bytes: bitmap(width: 50, height: 50), code: "picture-too-large", isLoss: true),
        Trip(key: "xml_depth", value: "8", file: "m.xml", bytes: Array((String(repeating: "<e>", count: 20) + "x" + String(repeating: "</e>", count: 20)).utf8), code: "xml-depth-limit"),
    ]

    @Test("each ends its document under a name of its own, and holds for its route alone")
    func limits() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        var text = "state: \(root.string)/state\ndefaults: {settle: {quiet: 50ms}, retry: {attempts: 1}}\nworkers: {count: 2}\nroutes:\n"
        for trip in Self.trips { text += "  - {name: \(trip.key), root: \(root.string)/\(trip.key), limits: {\(trip.key): \(trip.value)}\(trip.more)}\n" }
        text += "  - {name: free, root: \(root.string)/free}\n"
        try root.appending("intray.yaml").write(text)
        let daemon = try await Watching(keeping: folder, arguments: ["-c", root.appending("intray.yaml").string])
        defer { daemon.kill() }
        for trip in Self.trips {
            try root.appending("\(trip.key)/inbox/\(trip.file)").write(trip.bytes)
            if trip.bytes.count < 1 << 20 { try root.appending("free/inbox/\(trip.file)").write(trip.bytes) }
        }
        for trip in Self.trips {
            let report = root.appending(trip.isLoss ? "\(trip.key)/outbox/\(trip.file).losses.json" : "\(trip.key)/quarantine/\(trip.file).error.json")
            try? await eventually("\(trip.key) is told of", within: .seconds(60)) { report.exists }
            let told = (try? report.readText()) ?? (try? root.appending("\(trip.key)/quarantine/\(trip.file).error.json").readText()) ?? "nothing"
            #expect(told.contains("\"code\" : \"\(trip.code)\"") || told.contains("\"code\":\"\(trip.code)\""), "\(trip.key): \(told.prefix(600))")
        }
        // By the shipped limits the same documents pass.
        let small = Self.trips.filter { $0.bytes.count < 1 << 20 }
        try await eventually("all are converted where nothing is lowered") { small.allSatisfy { root.appending("free/outbox/\($0.file).md").exists } }
        let codes = Set(Self.trips.map(\.code))
        for trip in small {
            let losses = root.appending("free/outbox/\(trip.file).losses.json")
            guard losses.exists else { continue }
            let told = try losses.readText()
            #expect(codes.allSatisfy { !told.contains("\"\($0)\"") }, "\(trip.file): \(told)")
        }
        try await daemon.stop()
    }

    /// Every key of the shipped file's `limits` has its trip here, but for standard error: no reader writes there, so that
    /// one is tripped with a worker that misbehaves.
    @Test("no limit is forgotten")
    func complete() async throws {
        let shown = try await Program("intray").run(["config", "show", "--root", "/r"]).output
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex { $0.hasSuffix("limits:") })
        let indent = lines[start].prefix { $0 == " " }.count
        let keys = lines[(start + 1)...].prefix { $0.prefix { $0 == " " }.count > indent }.compactMap { $0.split(separator: ":").first.map { $0.filter { $0 != " " } } }
        #expect(Set(keys) == Set(Self.trips.map(\.key)).union(["stderr"]), "\(keys)")
    }

    private static func mail(pictures: Int) -> [UInt8] {
        var text = "From: a@example.org\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nbody\n"
        // A whole picture of one pixel (GIF89a).
        let picture = "R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw=="
        for number in 0..<pictures {
            text += "--b\nContent-Type: image/gif; name=\"p\(number).gif\"\nContent-Disposition: attachment; filename=\"p\(number).gif\"\nContent-Transfer-Encoding: base64\n\n\(picture)\n"
        }
        return Array((text + "--b--\n").utf8)
    }

    private static let mailbox = Array((0..<3).map { "From a@example.org Thu Jan  1 00:00:00 2026\nFrom: a@example.org\nSubject: s\($0)\n\nbody \($0)\n\n" }.joined().utf8)

    private static func nested(_ depth: Int) -> [UInt8] {
        var inner = "From: a@example.org\nSubject: innermost\n\nbody\n"
        for level in 0..<depth {
            inner = "From: a@example.org\nSubject: level \(level)\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\(level)\"\n\n--b\(level)\nContent-Type: message/rfc822\n\n\(inner)\n--b\(level)--\n"
        }
        return Array(inner.utf8)
    }

    /// A Windows bitmap with 24 bits a pixel, all black.
    private static func bitmap(width: Int, height: Int) -> [UInt8] {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let size = (width * 3 + 3) / 4 * 4 * height
        return Array("BM".utf8) + little(54 + size, 4) + little(0, 4) + little(54, 4) + little(40, 4) + little(width, 4) + little(height, 4) + little(1, 2)
            + little(24, 2) + little(0, 4) + little(size, 4) + little(2835, 4) + little(2835, 4) + little(0, 8) + [UInt8](repeating: 0, count: size)
    }
}
