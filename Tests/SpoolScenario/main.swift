// SPDX-License-Identifier: Apache-2.0
// A small run over one route, for tests that kill it: every file in ROOT/inbox becomes capitals with an asset;
// a file whose name begins with "bad" goes to quarantine. Prints each job that it announces.
import ConversionProtocol
import FileAccess
import Glibc
import Spooling
import SystemPackage

let root = FilePath(platformString: CommandLine.unsafeArgv[1]!)
var layout = SpoolLayout(
    route: "r", instance: "i", inbox: root.appending("inbox"), outbox: root.appending("outbox"), archive: root.appending("archive"),
    quarantine: root.appending("quarantine"), state: root.appending("state"))
for argument in CommandLine.arguments.dropFirst(2) {
    switch argument {
    case "leave": layout.claim = .leave
    case "delete": layout.disposal = .delete
    case "unsynced": layout.durability = .none
    case "plain": continue
    default: layout.instance = argument
    }
}
/// One document for each file, and nothing beside it.
let isPlain = CommandLine.arguments.contains("plain")
let crash = CrashPoints.fromEnvironment()
let spool = try DirectorySpool(layout, crash: crash)
try spool.takeLock()

func capitals(_ claim: Claim) throws -> StagedJob? {
    let claim = try spool.beginAttempt(claim)
    let input = try spool.open(claim)
    let text = try input.descriptor.read(Int(input.identity.size), path: claim.path)
    guard case .stage(let stage) = try spool.stage(claim, formats: [.markdown]) else { return nil }
    try text.map { $0 >= 0x61 && $0 <= 0x7A ? $0 - 32 : $0 }.withUnsafeBytes { try stage.write($0, rendition: 0) }
    if isPlain { return try stage.sealed(ConversionReply(), sha256: nil) }
    try stage.beginAsset(name: "copy.bin", mediaType: "application/octet-stream")
    try text.withUnsafeBytes { try stage.asset($0) }
    stage.endAsset()
    stage.addSidecar(Array("{}".utf8), suffix: ".losses.json")
    return try stage.sealed(ConversionReply(), sha256: nil)
}

func announce(_ what: String, _ claim: Claim) throws {
    crash.pass(.announceBefore)
    print("\(what) \(claim.job) \(claim.path.escaped)")
    fflush(nil)
    crash.pass(.announceAfter)
    try spool.finish(claim)
}

func reject(_ claim: Claim, _ report: QuarantineReport? = nil) throws {
    let report = report ?? QuarantineReport(
        claim: claim, route: "r", error: ConversionError(.malformed, "it is bad"), attempts: [], host: HostName.text, version: "0", sha256: nil)
    try spool.quarantine(claim, report)
    try announce("failed", claim)
}

func deliver(_ staged: [StagedJob]) throws {
    for result in spool.commit(staged) { try end(result.get()) }
}

func end(_ delivery: Delivery) throws {
    try spool.dispose(delivery.claim)
    try announce("done", delivery.claim)
}

var staged: [StagedJob] = []
var recoveredPaths: Set<FilePath> = []
for job in try spool.leftovers(host: HostName.text) {
    switch try spool.recover(job, host: HostName.text, version: "0") {
    case nil: continue
    case .convertAgain(let claim):
        recoveredPaths.insert(claim.path)
        if claim.path.string.hasPrefix("bad") { try reject(claim) } else if let job = try capitals(claim) { staged.append(job) }
    case .delivered(let delivery): try end(delivery)
    case .failed(let claim, let report): try reject(claim, report)
    }
}
let inbox = try Descriptor.open(layout.inbox, O_RDONLY | O_DIRECTORY)
var listing = try DirectoryListing(of: inbox.raw, path: layout.inbox)
while let entry = try listing.next() {
    guard entry.kind == .regular else { continue }
    let path = FilePath(root: nil, [entry.name])
    // A file that stays is known by the ledger; here by what it left.
    if recoveredPaths.contains(path) { continue }
    let traces = [layout.outbox.appending("\(path.string).md"), layout.quarantine.appending("\(path.string).error.json")]
    if layout.claim == .leave, traces.contains(where: { $0.withPlatformString { access($0, F_OK) } == 0 }) { continue }
    // Another claimer may have been quicker.
    guard let identity = try? FileIdentity.of(path, in: inbox.raw) else { continue }
    let job = JobID(milliseconds: WallClock.milliseconds)
    guard let claim = try spool.claim(Arrival(path: path, identity: identity, origin: .scan), job: job) else { continue }
    guard try spool.standing(of: claim) == .complete else {
        try spool.putBack(claim)
        continue
    }
    if path.string.hasPrefix("bad") { try reject(claim) } else if let job = try capitals(claim) { staged.append(job) }
    if staged.count >= 64 {
        try deliver(staged)
        staged = []
    }
}
try deliver(staged)
try spool.removeSpares()
