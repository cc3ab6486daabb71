// SPDX-License-Identifier: Apache-2.0
@testable import Arrivals
import FileAccess
import SystemPackage
import TestSupport
import Testing

@Suite("A marker", .serialized, .timeLimit(.minutes(10)))
struct MarkerTests {
    @Test("has its name from its file's", arguments: [
        ("{name}.done", "a/report.pdf", "a/report.pdf.done"), ("{stem}.ready", "a/report.pdf", "a/report.ready"), ("ok-{name}", "x", "ok-x"),
        ("{stem}.ready", "noending", "noending.ready"),
    ])
    func names(pattern: String, file: String, marker: String) throws {
        let pattern = try #require(MarkerPattern(pattern))
        #expect(pattern.marker(for: FilePath(file)) == FilePath(marker))
        #expect(pattern.isMarker(FilePath(marker)) && !pattern.isMarker(FilePath(file)))
        if let named = pattern.file(for: FilePath(marker)) { #expect(named == FilePath(file)) }
    }

    @Test("needs a place for the name", arguments: ["done", "{name}", "{name}{stem}", "a/{name}.done", ""])
    func refused(pattern: String) { #expect(MarkerPattern(pattern) == nil) }

    @Test("alone makes its file ready, in either order and however both are found", arguments: ["{name}.done", "{stem}.ready"])
    func orders(pattern: String) async throws {
        let folder = try TemporaryFolder()
        let marker = try #require(MarkerPattern(pattern))
        func put(_ path: FilePath) throws { try folder.path.appending(path.components).write("x") }
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.marker, settings.quiet) = (marker, .milliseconds(10))
        let before: FilePath = "before.pdf"
        try put(before)
        try put(marker.marker(for: before))
        try put("alone.pdf")
        let running = try RunningFeed(settings, watched: true, keeps: true)
        try await eventually("the scan's file is offered") { running.paths == [before] }

        try put("first.pdf")
        running.feed.noticed("first.pdf", .closed, .event)
        try put(marker.marker(for: "first.pdf"))
        running.feed.noticed(marker.marker(for: "first.pdf"), .closed, .event)
        try await eventually("the file before its marker") { running.paths.contains("first.pdf") }

        try put(marker.marker(for: "second.pdf"))
        running.feed.noticed(marker.marker(for: "second.pdf"), .closed, .event)
        try put("second.pdf")
        running.feed.noticed("second.pdf", .closed, .event)
        try await eventually("the file after its marker") { running.paths.contains("second.pdf") }
        // Alone has been looked at in three scans and more; its marker makes the difference.
        #expect(!running.paths.contains("alone.pdf"))
        try put(marker.marker(for: "alone.pdf"))
        running.feed.noticed(marker.marker(for: "alone.pdf"), .closed, .event)
        try await eventually("the one that waited") { running.paths.contains("alone.pdf") }
        await running.stop()
        #expect(running.paths.count == 4)
        #expect(running.all.allSatisfy { $0.marker == marker.marker(for: $0.path) })
    }

    @Test("makes files ready for a sweep")
    func sweeps() async throws {
        let folder = try TemporaryFolder()
        for name in ["one.pdf", "one.pdf.done", "two.pdf", "three.pdf.done"] { try folder.path.appending(name).write("x") }
        var settings = ArrivalSettings(inbox: folder.path)
        settings.marker = MarkerPattern("{name}.done")
        let feed = try ArrivalFeed(settings)
        async let outcome = feed.sweep(wait: true)
        var seen: [FilePath] = []
        while let arrival = await feed.next() { seen.append(arrival.path) }
        _ = try await outcome
        #expect(seen == ["one.pdf"])
    }

    @Test("without its file is told about, once", arguments: ["{name}.done", "{stem}.done"])
    func orphan(pattern: String) async throws {
        let folder = try TemporaryFolder()
        let marker = try #require(MarkerPattern(pattern))
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.marker, settings.quiet, settings.markerOrphan) = (marker, .milliseconds(10), .milliseconds(200))
        for file in ["gone.pdf", "there.pdf"] as [FilePath] { try folder.path.appending(marker.marker(for: file).components).write("x") }
        try folder.path.appending("there.pdf").write("x")
        let running = try RunningFeed(settings, watched: true) { arrival in
            if let marker = arrival.marker { TemporaryFolder.remove(folder.path.appending(marker.components)) }
        }
        func told() -> [FilePath] { running.reported.compactMap { if case .orphanMarker(let path) = $0 { path } else { nil } } }
        try await eventually("it is told") { !told().isEmpty }
        running.feed.rescan()
        try await eventually("it was scanned again") { running.scans >= 2 }
        try await Task.sleep(for: .milliseconds(300))
        await running.stop()
        #expect(told() == [marker.marker(for: "gone.pdf")])
        #expect(running.paths == ["there.pdf"])
    }
}
