// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import Spooling
import SystemPackage
import TestSupport
import Testing

@Suite("A spool")
struct SpoolTests {
    @Test("that is asked for one claim twice finds what the first time took")
    func claimedTwice() throws {
        let bench = try Bench(["scan.txt": "text"])
        let arrival = try bench.arrival("scan.txt")
        let job = JobID(milliseconds: 1)
        #expect(try bench.spool.claim(arrival, job: job) != nil)
        let again = try #require(try bench.spool.claim(arrival, job: job))
        #expect(try bench.spool.standing(of: again) == .complete)
        try bench.spool.putBack(again)
        #expect(try bench.root.appending("inbox/scan.txt").readText() == "text")
    }

    @Test("never lets a job go whose original is still there")
    func keepsOriginals() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        #expect(throws: SystemError.self) { try bench.spool.finish(claim) }
        #expect(try bench.root.appending("inbox").filesBelow().contains { $0.string.hasSuffix("/src/scan.txt") })
    }

    @Test("whose file was replaced before the claim says so, and gives the newer one back")
    func replaced() throws {
        let bench = try Bench(["scan.txt": "old"])
        let arrival = try bench.arrival("scan.txt")
        try bench.root.appending("inbox/scan.txt").write("newer text")
        let claim = try #require(try bench.spool.claim(arrival, job: JobID(milliseconds: 1)))
        #expect(try bench.spool.standing(of: claim) == .changed)
        try bench.spool.putBack(claim)
        #expect(try bench.root.appending("inbox/scan.txt").readText() == "newer text")
    }

    @Test("takes back the pictures of a document whose name was taken while it was staged")
    func withdraws() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        let staged = try bench.staged(claim)
        try bench.root.appending("outbox/scan.txt.md").write("somebody's")
        guard case .failure(let error as ConversionError) = bench.spool.commit([staged])[0] else { return #expect(Bool(false), "it was published") }
        #expect(error.code == .outputExists)
        #expect(try bench.spool.resume(claim) == nil)
        #expect(try bench.outputs == ["scan.txt.md"])
        let second = try bench.spool.commit([bench.staged(claim)])[0].get()
        #expect(second.outputs.map(\.filePath) == ["scan~2.txt.assets/p.bin", "scan~2.txt.md"])
        #expect(try bench.root.appending("outbox/scan.txt.md").readText() == "somebody's")
    }

    @Test("publishes parts in folders of their own, and takes them all back with a document whose name was taken")
    func parts() throws {
        let bench = try Bench(["scan.zip": "text"])
        let claim = try bench.claim("scan.zip")
        let staged = try bench.staged(claim, parts: ["a.md", "deep/er/b.csv"])
        let all = ["scan.zip.assets/p.bin", "scan.zip.md", "scan.zip.parts/a.md.md", "scan.zip.parts/deep/er/b.csv.md"]
        try bench.root.appending("outbox/scan.zip.md").write("somebody's")
        guard case .failure = bench.spool.commit([staged])[0] else { return #expect(Bool(false), "it was published") }
        #expect(try bench.spool.resume(claim) == nil)
        #expect(try bench.outputs == ["scan.zip.md"])
        #expect(access(bench.root.appending("outbox/scan.zip.parts").string, F_OK) != 0)
        unlink(bench.root.appending("outbox/scan.zip.md").string)
        let second = try bench.spool.commit([bench.staged(claim, parts: ["a.md", "deep/er/b.csv"])])[0].get()
        #expect(second.outputs.map(\.kind) == [.asset, .part, .part, .document])
        #expect(try bench.outputs.sorted() == all)
        #expect(try bench.root.appending("outbox/scan.zip.parts/deep/er/b.csv.md").readText() == "part")
        #expect(try bench.spool.resume(claim) == second)
    }

    @Test("goes on with a publication that was broken off, and converts nothing again")
    func resumes() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        let staged = try bench.staged(claim)
        let delivery = try bench.spool.commit([staged])[0].get()
        #expect(try bench.spool.resume(claim) == delivery)
        #expect(try bench.outputs == ["scan.txt.assets/p.bin", "scan.txt.md"])
    }

    @Test("leaves alone what another daemon stages in the same outbox, and never tells of an output that is not there")
    func sharedOutbox() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        let staged = try bench.staged(claim)
        let other = try bench.neighbour()
        #expect(try other.leftovers(host: HostName.text).isEmpty)
        #expect(try bench.spool.commit([staged])[0].get().outputs.count == 2)
        #expect(try bench.outputs == ["scan.txt.assets/p.bin", "scan.txt.md"])

        let second = try Bench(["scan.txt": "text"])
        let lost = try second.staged(second.claim("scan.txt"))
        try second.removeStages()
        if case .success = second.spool.commit([lost])[0] { #expect(Bool(false), "it was told as published") }
    }

    @Test("takes over the claims of a dead instance, also of one whose lock a power cut emptied", arguments: [HostName.text, ""])
    func adopts(owner: String) throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        // As after a restart of the machine: the claim is there, nobody holds the lock.
        let lock = bench.root.appending("inbox/.work-r/i/lock")
        unlink(lock.string)
        try lock.write(owner)
        let other = try bench.successor()
        #expect(try other.leftovers(host: HostName.text) == [claim.job])
    }

    @Test("takes over what a route left that has another name now, with what it had staged, and leaves what is held")
    func adoptsFormerRoute() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        _ = try bench.staged(claim)
        let renamed = try bench.successor(route: "renamed")
        let lock = bench.root.appending("inbox/.work-r/i/lock")
        try lock.write(HostName.text)
        let held = try Descriptor.open(lock, O_RDWR)
        #expect(flock(held.raw, LOCK_EX | LOCK_NB) == 0)
        #expect(try renamed.leftovers(host: HostName.text, formerRoutes: ["r"]).isEmpty, "somebody works on it")
        flock(held.raw, LOCK_UN)
        #expect(try renamed.leftovers(host: HostName.text).isEmpty, "nobody said that the route has gone")
        #expect(try renamed.leftovers(host: HostName.text, formerRoutes: ["../r", "none", "r"]) == [claim.job])
        #expect(!bench.root.appending("inbox/.work-r").exists && !bench.root.appending("outbox/.stage-r").exists)
        guard case .convertAgain(let again)? = try renamed.recover(claim.job, host: HostName.text, version: "0") else { return #expect(Bool(false), "it is to be converted again") }
        try renamed.putBack(again)
        #expect(try bench.root.appending("inbox/scan.txt").readText() == "text")
    }

    @Test("tells a folder that was made anew from one that is away")
    func madeAnew() throws {
        let bench = try Bench([:])
        #expect(!bench.spool.isMadeAnew)
        let (outbox, away) = (bench.root.appending("outbox"), bench.root.appending("away"))
        rename(outbox.string, away.string)
        #expect(!bench.spool.isMadeAnew, "there is none")
        mkdir(outbox.string, 0o755)
        #expect(bench.spool.isMadeAnew)
        rmdir(outbox.string)
        rename(away.string, outbox.string)
        #expect(!bench.spool.isMadeAnew, "it is back")
        rename(outbox.string, away.string)
        symlink("/proc/self", outbox.string)
        #expect(!bench.spool.isMadeAnew, "it is on another file system")
    }

    @Test("leaves the claims of another machine alone")
    func strangers() throws {
        let bench = try Bench(["scan.txt": "text"])
        _ = try bench.claim("scan.txt")
        let lock = bench.root.appending("inbox/.work-r/i/lock")
        unlink(lock.string)
        try lock.write("another-host")
        #expect(try bench.successor().leftovers(host: HostName.text).isEmpty)
    }

    @Test("removes what a probe left that could neither write nor clean up")
    func probes() throws {
        let bench = try Bench([:])
        try bench.root.appending("outbox/.stage-r/i/probe").write("")
        _ = try bench.spool.leftovers(host: HostName.text)
        #expect(!bench.root.appending("outbox/.stage-r/i/probe").exists)
    }

    @Test("writes a report once, however often a crash makes it put the file aside again")
    func reportsOnce() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        let report = QuarantineReport(claim: claim, route: "r", error: ConversionError(.malformed, "it is bad"), attempts: [], host: "h", version: "0", sha256: nil)
        try bench.spool.quarantine(claim, report)
        let place = bench.root.appending("quarantine/scan.txt.error.json")
        let first = try FileIdentity.of(place)
        try bench.spool.quarantine(claim, report)
        #expect(try FileIdentity.of(place).inode == first.inode)
        try bench.spool.finish(claim)
        #expect(try Set(bench.root.appending("quarantine").filesBelow().map(\.string)) == ["scan.txt", "scan.txt.error.json"])
    }

    @Test("writes reports that people can act on: times, what to do, and a command line for a shell")
    func reportsInWords() throws {
        let bench = try Bench(["scan.txt": "text"])
        let claim = try bench.claim("scan.txt")
        let report = QuarantineReport(
            claim: claim, route: "r", error: ConversionError(.encrypted, "it is locked"), attempts: [], host: "h", version: "0", sha256: nil, address: "--root '/my scans'")
        try bench.spool.quarantine(claim, report)
        let text = try bench.root.appending("quarantine/scan.txt.error.json").readText()
        #expect(text.contains("\"retry_command\":\"intray retry \(claim.job) --root '/my scans'\""), "\(text)")
        #expect(text.contains("\"code\":\"encrypted\"") && text.contains("\"remedy\":\"give its password"), "\(text)")
        for key in ["first_seen", "failed"] { #expect(text.contains(try Regex("\"\(key)\":\"20[0-9-]{8}T[0-9:.]{12}Z\"")), "\(text)") }
    }

    @Test("gives back a file whose report an earlier version has written")
    func earlierReport() throws {
        let bench = try Bench([:])
        let job = JobID(milliseconds: 1)
        try bench.root.appending("quarantine/scan.txt").write("text")
        try bench.root.appending("quarantine/scan.txt.error.json").write(#"{"v":1,"job":"\#(job)","error":{"code":"malformed","reason":"bad","remedy":"reject"},"first_seen":1764200000000}"#)
        #expect(try bench.spool.requeue("scan.txt", of: job.text) == "scan.txt")
        #expect(try bench.root.appending("quarantine").filesBelow().isEmpty)
    }

    @Test("can be written again, though whoever tidies the outbox took its empty folders along")
    func tidied() throws {
        let bench = try Bench([:])
        for folder in ["outbox/.stage-r/i", "outbox/.stage-r"] { rmdir(bench.root.appending(folder).string) }
        try bench.spool.probe()
    }

    @Test("whose inbox or outbox is reached through a link is in its place until another folder stands there")
    func linked() throws {
        let bench = try Bench(linked: true)
        try bench.spool.probe()
        #expect(bench.spool.hasInbox && bench.spool.hasOutbox)
        for name in ["inbox", "outbox"] {
            unlink(bench.root.appending(name).string)
            mkdir(bench.root.appending(name).string, 0o755)
        }
        #expect(!bench.spool.hasInbox && !bench.spool.hasOutbox)
        #expect(throws: SystemError.self) { try bench.spool.probe() }
    }

    @Test("whose outbox is a link into its inbox is refused")
    func linkedIntoInbox() throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("inbox/sub").makeFolders()
        symlink("inbox/sub", folder.path.appending("outbox").string)
        #expect(throws: SpoolRefusal.self) { try Bench(folder: folder) }
    }

    @Test("gives a document another name where losses of an earlier one of its name still stand")
    func earlierLosses() throws {
        let bench = try Bench(["scan.txt": "text"])
        try bench.root.appending("outbox/scan.txt.losses.json").write("[]")
        let staged = try bench.staged(bench.claim("scan.txt"), losses: true)
        #expect(try bench.spool.commit([staged])[0].get().outputs.last?.filePath == "scan~2.txt.md")
        #expect(try bench.root.appending("outbox/scan.txt.losses.json").readText() == "[]")
    }

    @Test("goes on with a quarantine on another file system whose copy a crash left beside the original", .enabled(if: TwoFileSystems.areThere))
    func crossingQuarantine() throws {
        let elsewhere = try TwoFileSystems()
        let bench = try Bench(["scan.txt": "text"], quarantine: elsewhere.path)
        let claim = try bench.claim("scan.txt")
        let report = QuarantineReport(
            claim: claim, route: "r", error: ConversionError(.malformed, "it is bad"), attempts: [], host: "h", version: "0", sha256: nil)
        let original = bench.spool.original(of: claim)
        try bench.spool.quarantine(claim, report)
        #expect(!original.exists)
        try original.write("text")
        try bench.spool.quarantine(claim, report)
        #expect(!original.exists)
        #expect(try elsewhere.path.filesBelow().map(\.string).sorted() == ["scan.txt", "scan.txt.error.json"])
        try original.write("another")
        #expect(throws: SystemError.self) { try bench.spool.quarantine(claim, report) }
        #expect(original.exists)
    }

    @Test("gives back the file of the job that is asked for, among several of one name")
    func requeues() throws {
        let bench = try Bench(["scan.txt": "first"])
        let first = try bench.claim("scan.txt")
        try bench.quarantine(first)
        try bench.root.appending("inbox/scan.txt").write("second")
        let second = try bench.claim("scan.txt", job: 2)
        try bench.quarantine(second)
        #expect(try bench.spool.requeue("scan.txt", of: second.job.text) == "scan.txt")
        #expect(try bench.root.appending("inbox/scan.txt").readText() == "second")
        #expect(try bench.root.appending("quarantine").filesBelow().map(\.string) == ["scan.txt", "scan.txt.error.json"])
        #expect(try bench.spool.requeue("scan.txt", of: first.job.text) == "scan~2.txt")
    }

    @Test("hands a file to another route's inbox and replaces nothing there")
    func hands() throws {
        let bench = try Bench(["scan.txt": "text"])
        let other = try Bench(["scan.txt": "other"])
        try bench.spool.hand(bench.claim("scan.txt"), to: other.spool)
        #expect(try other.root.appending("inbox/scan.txt").readText() == "other")
        #expect(try other.root.appending("inbox/scan~2.txt").readText() == "text")
        #expect(try bench.root.appending("inbox").filesBelow().filter { !$0.string.hasSuffix("/lock") }.isEmpty)
    }
}

/// One route's folders with files in the inbox.
private struct Bench {
    let folder: TemporaryFolder
    let spool: DirectorySpool
    var root: FilePath { folder.path }

    /// `linked`: inbox and outbox are links to folders elsewhere.
    init(_ files: [String: String] = [:], quarantine: FilePath? = nil, linked: Bool = false, folder: TemporaryFolder? = nil) throws {
        self.folder = try folder ?? TemporaryFolder()
        let root = self.folder.path
        for name in linked ? ["inbox", "outbox"] : [] {
            mkdir(root.appending("real-\(name)").string, 0o755)
            symlink("real-\(name)", root.appending(name).string)
        }
        for (name, text) in files { try root.appending("inbox/\(name)").write(text) }
        spool = try DirectorySpool(SpoolLayout(
            route: "r", instance: "i", inbox: root.appending("inbox"), outbox: root.appending("outbox"), archive: root.appending("archive"),
            quarantine: quarantine ?? root.appending("quarantine"), state: root.appending("state")))
    }

    var outputs: [String] { get throws { try root.appending("outbox").filesBelow().map(\.string).filter { !$0.hasPrefix(".stage") } } }

    func arrival(_ name: String) throws -> Arrival {
        Arrival(path: FilePath(name), identity: try FileIdentity.of(root.appending("inbox/\(name)")), origin: .scan)
    }

    func claim(_ name: String, job: UInt64 = 1) throws -> Claim {
        try spool.beginAttempt(#require(try spool.claim(arrival(name), job: JobID(milliseconds: job))))
    }

    func quarantine(_ claim: Claim) throws {
        try spool.quarantine(claim, QuarantineReport(
            claim: claim, route: "r", error: ConversionError(.malformed, "it is bad"), attempts: [], host: "h", version: "0", sha256: nil))
        try spool.finish(claim)
    }

    /// Another daemon's spool with an inbox of its own and the same outbox and route name.
    func neighbour() throws -> DirectorySpool {
        try DirectorySpool(SpoolLayout(
            route: "r", instance: "j", inbox: root.appending("other"), outbox: root.appending("outbox"), archive: root.appending("archive"),
            quarantine: root.appending("quarantine"), state: root.appending("state")))
    }

    /// The same folders, used by an instance of another name.
    func successor(route: String = "r") throws -> DirectorySpool {
        try DirectorySpool(SpoolLayout(
            route: route, instance: "k", inbox: root.appending("inbox"), outbox: root.appending("outbox"), archive: root.appending("archive"),
            quarantine: root.appending("quarantine"), state: root.appending("state")))
    }

    func removeStages() throws {
        let stage = root.appending("outbox/.stage-r/i")
        for file in try stage.filesBelow() { unlink(stage.appending(file.components).string) }
    }

    /// One picture, the parts, and one document.
    func staged(_ claim: Claim, parts: [String] = [], losses: Bool = false) throws -> StagedJob {
        guard case .stage(let stage) = try spool.stage(claim, formats: [.markdown]) else { throw CancellationError() }
        try stage.beginAsset(name: "p.bin", mediaType: "application/octet-stream")
        try [1, 2, 3].withUnsafeBytes { try stage.asset($0) }
        stage.endAsset()
        for part in parts {
            try stage.beginPart(name: part)
            try Array("part".utf8).withUnsafeBytes { try stage.part($0, rendition: 0) }
            stage.endPart()
        }
        try Array("text".utf8).withUnsafeBytes { try stage.write($0, rendition: 0) }
        if losses { stage.addSidecar([], suffix: DirectorySpool.lossesSuffix) }
        return try stage.sealed(ConversionReply(), sha256: nil)
    }
}

/// A folder on another file system than that of `TemporaryFolder`.
private final class TwoFileSystems {
    let path: FilePath

    init() throws {
        var template = Array("/var/tmp/intray-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("create", "/var/tmp") }
        path = FilePath(platformString: template)
    }

    deinit { TemporaryFolder.remove(path) }

    static var areThere: Bool {
        guard let folder = try? TemporaryFolder(), let other = try? FileIdentity.of("/var/tmp") else { return false }
        return (try? FileIdentity.of(folder.path).device) != other.device
    }
}
