// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("Event log and bus")
struct EventLogTests {
    @Test("numbers go on without a gap over restarts, rotation and a line cut short")
    func gapFree() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        for round in 0..<5 {
            let log = try EventLog(at: path, rotateBytes: 600, keep: 20)
            var events = [Event(.daemonStarted), Event(.daemonStopped)]
            try log.append(&events, durably: true)
            #expect(events.map(\.seq) == [Int64(2 * round + 1), Int64(2 * round + 2)])
            if round == 2 {
                let file = try Descriptor.open(path, O_WRONLY | O_APPEND)
                try Array(#"{"v":1,"seq":99,"ty"#.utf8).withUnsafeBytes { try file.write($0, path: path) }
            }
        }
        #expect(try EventLog(at: path, rotateBytes: 600, keep: 20).lastSeq == 10)
    }

    @Test("numbers go on behind the last line that can be read, though a power cut spoiled the one after it")
    func spoiled() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        var events = [Event(.daemonStarted), Event(.daemonStopped)]
        try EventLog(at: path).append(&events, durably: true)
        let file = try Descriptor.open(path, O_WRONLY | O_APPEND)
        try ([UInt8](repeating: 0, count: 300) + [0x0A]).withUnsafeBytes { try file.write($0, path: path) }
        #expect(try EventLog(at: path).lastSeq == 2)
        #expect(try EventLog.lastSeq(at: path) == 2)
    }

    @Test("a log that cannot be rotated goes on as it is, and nothing in it is told twice")
    func unrotated() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        let log = try EventLog(at: path, rotateBytes: 1, keep: 1)
        try folder.path.appending("events.jsonl.1/in-the-way").write("")
        for _ in 0..<2 {
            var events = [Event(.daemonStarted)]
            try log.append(&events, durably: true)
        }
        #expect(try EventLog.last(9, at: path).compactMap { EventLog.event(of: $0)?.seq } == [1, 2])
    }

    @Test("the end of a job has one name for ever, and what is published is in the log before the call returns")
    func published() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        let bus = EventBus(log: try EventLog(at: path), instance: "i")
        let listener = bus.subscribe(bufferingNewest: 10)
        let job = JobID(milliseconds: 1)
        let event = Event(.jobDone, route: "main", job: job, path: FilePath(bytes: [0x61, 0xFF]))
        try await bus.publish([event])
        let told = try #require(try EventLog.last(1, at: path).first.flatMap { EventLog.event(of: $0) })
        #expect(told.eventID == "\(job).job.done")
        #expect(told.path == #"a\xff"#)
        #expect(told.pathBytes.map(Array.init) == [0x61, 0xFF])
        await bus.close()
        var heard: [String] = []
        for await event in listener { heard.append(event.eventID) }
        #expect(heard == [told.eventID])
    }

    @Test("lines above a number are found over all kept files, each once", arguments: [0, 7, 30, 39, 40])
    func after(seq: Int64) throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        let log = try EventLog(at: path, rotateBytes: 600, keep: 50)
        for _ in 0..<40 {
            var events = [Event(.jobRetry, route: "quoted \"seq\":99")]
            try log.append(&events, durably: false)
        }
        #expect(FilePath("\(path.string).5").exists)
        var seen: [Int64] = []
        try EventLog.lines(after: seq, at: path) { number, line in
            #expect(EventLog.event(of: line)?.seq == number)
            seen.append(number)
            return true
        }
        #expect(seen == Array(seq..<40).map { $0 + 1 })
    }

    @Test("the keys of an event are what they are", arguments: [EventType.jobDone, .routePaused])
    func keys(type: EventType) throws {
        var event = Event(type, route: "main", job: JobID(milliseconds: 1), path: "a/b.txt")
        event.size = 1
        event.sha256 = "00"
        event.attempt = 1
        event.durations = ["run": 1]
        event.error = ConversionError(.crash, "x")
        event.nextMilliseconds = 5
        let line = String(decoding: try event.line(), as: UTF8.self)
        for key in ["attempt", "duration_ms", "error", "event_id", "job", "name", "next_in_ms", "path", "route", "seq", "sha256", "size", "time", "type", "v"] {
            #expect(line.contains("\"\(key)\":"))
        }
    }

    @Test("time is told as RFC 3339 has it")
    func time() {
        #expect(Event.text(of: 0) == "1970-01-01T00:00:00.000Z")
        #expect(Event.text(of: 951_782_400_042) == "2000-02-29T00:00:00.042Z")
        #expect(Event.text(of: 1_795_449_600_000) == "2026-11-23T16:00:00.000Z")
    }
}

@Suite("Event log by number")
struct EventLogNumbersTests {
    @Test("behind the highest number there is, nothing comes")
    func highest() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        let log = try EventLog(at: path)
        var events = [Event(.daemonStarted)]
        try log.append(&events, durably: false)
        var count = 0
        try EventLog.lines(after: .max, at: path) { _, _ in
            count += 1
            return true
        }
        #expect(count == 0)
    }
}

@Suite("Event log by time")
struct EventLogTimesTests {
    @Test("a moment's events are found in a long log, over rotations, without those long before")
    func byTime() throws {
        let folder = try TemporaryFolder()
        let path = folder.path.appending("events.jsonl")
        let log = try EventLog(at: path, rotateBytes: 200_000, keep: 20)
        let start: UInt64 = 1_700_000_000_000
        for round in 0..<30 {
            var events = (0..<100).map { number in
                var event = Event(.jobClaimed, route: "main", job: JobID(milliseconds: 1), path: "a \"time\":\"1999\" of text.txt")
                event.time = Event.text(of: start + UInt64(round * 100 + number) * 1_000)
                event.reason = String(repeating: "x", count: 100)
                return event
            }
            try log.append(&events, durably: false)
        }
        for second in [0, 1, 777, 1_500, 2_999] {
            var seen: [Int64] = []
            let isWhole = try EventLog.lines(since: Event.text(of: start + UInt64(second) * 1_000), at: path) { line in
                seen.append(EventLog.event(of: line)?.seq ?? 0)
                return true
            }
            #expect(isWhole)
            let first = try #require(seen.first)
            #expect(seen == Array(first...3_000))
            #expect(first <= Int64(second + 1) && first > Int64(second) - 300)
        }
        #expect(try !EventLog.lines(since: Event.text(of: start - 1), at: path) { _ in false })
    }
}
