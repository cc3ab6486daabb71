// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Pipeline
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("A full disk", .timeLimit(.minutes(10)))
struct FullDiskTests {
    @Test("pauses the route, costs no attempt, and everything is finished once there is space again", .enabled(if: Mounts.areAllowed, "mounting needs root"))
    func outbox() async throws {
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        let folder = try TemporaryFolder()
        let mounts = Mounts(below: folder.path)
        defer { mounts.undo() }
        let disk = try mounts.addSystem(of: 512, at: "outbox")
        try disk.appending("ballast").write(repeatElement(0x2E, count: 300 << 10))
        var route = RouteSettings(root: folder.path)
        route.minimumFree = 0
        for number in 0..<24 { try folder.path.appending("inbox/file-\(number).txt").write(String(repeating: "line of text \(number)\n", count: 800)) }
        let sweep = try Sweep(Settings.Configuration(state: folder.path.appending("state"), routes: [route]), waits: true)
        let log = folder.path.appending("state/events.jsonl")
        let summary = try await withThrowingTaskGroup(of: Sweep.Summary?.self) { tasks in
            tasks.addTask { try await sweep.run { _ in } }
            tasks.addTask {
                try await eventually("the route is paused") { try log.exists && log.readText().contains("\"type\":\"route.paused\"") }
                #expect(try log.readText().contains("\"reason\":\"disk-full\""))
                #expect(unlink(disk.appending("ballast").string) == 0)
                return nil
            }
            return try await tasks.reduce(nil) { $0 ?? $1 }
        }
        #expect(summary?.done == 24)
        #expect(summary?.failed == 0)
        #expect(try disk.filesBelow().map(\.string).filter { !$0.hasPrefix(".") }.count == 24)
        let text = try log.readText()
        #expect(text.contains("\"type\":\"route.resumed\""))
        for line in text.split(separator: "\n") where line.contains("\"type\":\"job.done\"") { #expect(line.contains("\"attempt\":1,"), "\(line)") }
        #expect(try folder.path.appending("inbox").filesBelow().filter { !$0.string.hasSuffix("/lock") }.isEmpty)
    }

    @Test("and any other trouble in the outbox pauses the route, and no document is rejected for it")
    func unwritable() async throws {
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        let folder = try TemporaryFolder()
        let route = RouteSettings(root: folder.path)
        try folder.path.appending("inbox/file.txt").write("text\n")
        let sweep = try Sweep(Settings.Configuration(state: folder.path.appending("state"), routes: [route]), waits: true)
        let stage = folder.path.appending("outbox/.stage-\(route.name)")
        TemporaryFolder.remove(stage)
        try stage.write("in the way")
        let log = folder.path.appending("state/events.jsonl")
        let summary = try await withThrowingTaskGroup(of: Sweep.Summary?.self) { tasks in
            tasks.addTask { try await sweep.run { _ in } }
            tasks.addTask {
                try await eventually("the route is paused") { try log.exists && log.readText().contains("\"type\":\"route.paused\"") }
                unlink(stage.string)
                return nil
            }
            return try await tasks.reduce(nil) { $0 ?? $1 }
        }
        #expect(summary?.done == 1 && summary?.failed == 0)
        #expect(try log.readText().contains("\"attempt\":1,"))
    }

    @Test("and an inbox that is another folder by now pause the route, which says why")
    func replacedInbox() async throws {
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        let folder = try TemporaryFolder()
        let sweep = try Sweep(Settings.Configuration(state: folder.path.appending("state"), routes: [RouteSettings(root: folder.path)]), waits: true)
        let (inbox, aside) = (folder.path.appending("inbox"), folder.path.appending("aside"))
        #expect(rename(inbox.string, aside.string) == 0)
        try inbox.appending("file.txt").write("text\n")
        let log = folder.path.appending("state/events.jsonl")
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { _ = try await sweep.run { _ in } }
            try await eventually("the route is paused") { try log.exists && log.readText().contains("the inbox was removed or replaced") }
            sweep.stop()
            try await tasks.waitForAll()
        }
        #expect(try inbox.appending("file.txt").readText() == "text\n")
    }

    @Test("before the outbox is full, the space that is to stay free stops the route")
    func minimumFree() async throws {
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        let folder = try TemporaryFolder()
        var route = RouteSettings(root: folder.path)
        route.minimumFree = .max
        try folder.path.appending("inbox/file.txt").write("text\n")
        let sweep = try Sweep(Settings.Configuration(state: folder.path.appending("state"), routes: [route]), waits: true)
        let log = folder.path.appending("state/events.jsonl")
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { _ = try await sweep.run { _ in } }
            try await eventually("the route is paused") { try log.exists && log.readText().contains("\"type\":\"route.paused\"") }
            sweep.stop()
            try await tasks.waitForAll()
        }
        #expect(try folder.path.appending("inbox/file.txt").readText() == "text\n")
        #expect(try folder.path.appending("outbox").filesBelow().isEmpty)
    }
}

@Suite("An archive that cannot be written", .timeLimit(.minutes(10)))
struct DisposalTests {
    @Test("holds the end of a job back; nothing is converted again and nothing published twice")
    func heldBack() async throws {
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        let folder = try TemporaryFolder()
        let route = RouteSettings(root: folder.path)
        try folder.path.appending("inbox/file.txt").write("text\n")
        // Where the years' folders should be made there is a file for each.
        for year in 2020...2100 { try folder.path.appending("archive/\(year)").write("in the way") }
        let sweep = try Sweep(Settings.Configuration(state: folder.path.appending("state"), routes: [route]), waits: true)
        let log = folder.path.appending("state/events.jsonl")
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { _ = try await sweep.run { _ in } }
            try await eventually("the trouble is told") { try log.exists && log.readText().contains("\"type\":\"route.degraded\"") }
            #expect(try !log.readText().contains("job.done"))
            for year in 2020...2100 { unlink(folder.path.appending("archive/\(year)").string) }
            try await tasks.waitForAll()
        }
        #expect(try folder.path.appending("outbox").filesBelow().map(\.string) == ["file.txt.md"])
        #expect(try folder.path.appending("archive").filesBelow().compactMap { $0.lastComponent?.string } == ["file.txt"])
        #expect(try log.readText().split(separator: "\n").count { $0.contains("\"type\":\"job.done\"") } == 1)
    }
}
