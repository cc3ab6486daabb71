// SPDX-License-Identifier: Apache-2.0
import Arrivals
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("Settling")
struct SettlingTests {
    let path = FilePath("a/report.docx")
    let start = Instant(nanoseconds: 1_000_000_000_000)
    var settling = Settling(ArrivalSettings(inbox: "/in"), isPolling: false)

    @Test("a file renamed in is ready at the first look, if nobody writes")
    mutating func renamed() {
        settling.noticed(path, .renamed, .event, now: start)
        #expect(settling.due(start) == [path])
        #expect(settling.looked(path, file(size: 3, .none), now: start).isReady)
        #expect(settling.count == 0)
    }

    @Test("a file closed after writing waits for the quiet window, and each event begins it anew")
    mutating func closed() {
        settling.noticed(path, .closed, .event, now: start)
        #expect(settling.due(start + .milliseconds(900)).isEmpty)
        settling.noticed(path, .closed, .event, now: start + .milliseconds(900))
        #expect(settling.due(start + .milliseconds(1_800)).isEmpty)
        #expect(settling.due(start + .milliseconds(1_900)) == [path])
        #expect(settling.looked(path, file(size: 3, .none), now: start + .milliseconds(1_900)).isReady)
    }

    @Test("a file that somebody has open for writing is never taken")
    mutating func writer() {
        settling.noticed(path, .renamed, .event, now: start)
        for second in 0..<100 {
            #expect(settling.looked(path, file(size: 3, .some), now: start + .seconds(second)) == .wait)
        }
        #expect(settling.looked(path, file(size: 3, .none), now: start + .seconds(100)).isReady)
    }

    @Test("a file that a scan found needs two equal looks")
    mutating func found() {
        settling.noticed(path, .found, .scan, now: start)
        #expect(settling.looked(path, file(size: 3, .none), now: start) == .wait)
        #expect(settling.looked(path, file(size: 4, .none), now: start + .seconds(1)) == .wait)
        #expect(settling.looked(path, file(size: 4, .none), now: start + .seconds(2)).isReady)
    }

    @Test("a file untouched for a minute is taken at the first look of a scan")
    mutating func old() {
        settling.noticed(path, .found, .startup, now: start)
        #expect(settling.looked(path, file(size: 3, .none, isOld: true), now: start).isReady)
    }

    @Test("where writers cannot be asked about, even a renamed file needs two equal looks")
    mutating func unknownWriter() {
        settling.noticed(path, .renamed, .event, now: start)
        #expect(settling.looked(path, file(size: 3, .unknown), now: start) == .wait)
        #expect(settling.due(start + .milliseconds(1_999)).isEmpty)
        #expect(settling.looked(path, file(size: 3, .unknown), now: start + .seconds(2)).isReady)
    }

    @Test("an empty file has its grace, in which it is looked at now and then, and then its time is up")
    mutating func empty() {
        settling.noticed(path, .closed, .event, now: start)
        #expect(settling.looked(path, file(size: 0, .none), now: start + .seconds(1)) == .wait)
        #expect(settling.due(start + .milliseconds(1_999)).isEmpty)
        #expect(settling.due(start + .seconds(2)) == [path])
        #expect(settling.looked(path, file(size: 0, .none), now: start + .seconds(31)) == .wait)
        #expect(settling.due(start + .seconds(60)).isEmpty)
        #expect(settling.due(start + .seconds(61)) == [path])
        guard case .emptyExpired = settling.looked(path, file(size: 0, .none), now: start + .seconds(61)) else {
            Issue.record("the empty file did not expire")
            return
        }
    }

    @Test("a file that goes on changing is told about once a day and never taken")
    mutating func stalled() {
        settling.noticed(path, .found, .scan, now: start)
        #expect(settling.looked(path, file(size: 1, .some), now: start) == .wait)
        #expect(settling.looked(path, file(size: 2, .some), now: start + .seconds(86_400)) == .stalled)
        #expect(settling.looked(path, file(size: 3, .some), now: start + .seconds(86_500)) == .wait)
    }

    private func file(size: UInt64, _ writer: Settling.Writer, isOld: Bool = false) -> Settling.Look {
        var s = stat()
        s.st_mode = S_IFREG
        s.st_size = Int(size)
        s.st_mtim.tv_sec = Int(size)
        return .file(FileIdentity(s), writer, isOld: isOld)
    }
}

extension Settling.Verdict {
    fileprivate var isReady: Bool { if case .ready = self { true } else { false } }
}

@Suite("Ignore rules")
struct IgnoreRulesTests {
    @Test("names that are not finished, hidden or litter are ignored", arguments: [
        ".hidden", "a.part", "A.PART", "b.crdownload", "~$letter.docx", "letter.docx~", "sub/.git/config", "Thumbs.db", "x/@eaDir/y.jpg", ".work-main/i/j",
    ])
    func ignored(name: String) { #expect(IgnoreRules(ArrivalSettings(inbox: "/in")).rule(forFile: FilePath(name)) != nil) }

    @Test("documents are not", arguments: ["report.docx", "a/b/c.pdf", "part", "lock.txt", "été.md", "two\nlines.txt"])
    func taken(name: String) { #expect(IgnoreRules(ArrivalSettings(inbox: "/in")).rule(forFile: FilePath(name)) == nil) }

    @Test("patterns and extensions choose")
    func patterns() {
        var settings = ArrivalSettings(inbox: "/in")
        settings.include = ["scans/**"]
        settings.exclude = ["*.tiff", "scans/[a-c]?/*"]
        settings.extensions = ["pdf", "tiff"]
        let rules = IgnoreRules(settings)
        #expect(rules.rule(forFile: "scans/x/1.pdf") == nil)
        #expect(rules.rule(forFile: "scans/a1/1.pdf") != nil)
        #expect(rules.rule(forFile: "scans/1.tiff") != nil)
        #expect(rules.rule(forFile: "other/1.pdf") != nil)
        #expect(rules.rule(forFile: "scans/1.txt") != nil)
    }
}

@Suite("A sweep's scan")
struct SweepScanTests {
    @Test("finds every file once, settles the young ones, and ends")
    func sweeps() async throws {
        let folder = try TemporaryFolder()
        for number in 0..<300 { try folder.path.appending("d\(number % 7)/e/f\(number).txt").write("x") }
        try folder.path.appending("not-finished.part").write("x")
        var settings = ArrivalSettings(inbox: folder.path)
        settings.quiet = .milliseconds(50)
        let feed = try ArrivalFeed(settings)
        async let outcome = feed.sweep(wait: true)
        var seen: [FilePath] = []
        while let arrival = await feed.next() { seen.append(arrival.path) }
        #expect(seen.count == 300)
        #expect(Set(seen).count == 300)
        #expect(try await outcome.ignored == 1)
        #expect(try await outcome.unsettled.isEmpty)
    }

    @Test("a file that somebody is still writing stays unsettled")
    func writer() async throws {
        let folder = try TemporaryFolder()
        let file = try Descriptor.open(folder.path.appending("slow.txt"), O_WRONLY | O_CREAT)
        try Array("half".utf8).withUnsafeBytes { try file.write($0, path: "slow.txt") }
        let feed = try ArrivalFeed(ArrivalSettings(inbox: folder.path))
        let outcome = try await feed.sweep(wait: false)
        #expect(await feed.next() == nil)
        #expect(outcome.unsettled == ["slow.txt"])
        withExtendedLifetime(file) {}
    }
}
