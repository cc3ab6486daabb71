// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage
import Synchronization

/// One job's outputs while they come in: in memory while they are small, in the outbox's stage folder above that.
///
/// Used by one thread at a time. `discard` may be called from anywhere once the conversion has ended.
package final class Stage: Sendable {
    package let claim: Claim
    /// The source's name as the outputs carry it: the name, or its next free version.
    package let name: [UInt8]
    let target: FilePath
    let spool: DirectorySpool
    let folder: FilePath
    let renditions: Mutex<[Part]>
    let rest = Mutex(Rest())

    /// One rendition, or one asset.
    struct Part: Sendable {
        var format: String
        var stagedName: String
        var memory: [UInt8] = []
        var file: Descriptor?
        var bytes: UInt64 = 0
    }

    struct Rest: Sendable {
        var sidecars: [(suffix: String, bytes: [UInt8])] = []
        var assets: [(name: String, mediaType: String, bytes: UInt64)] = []
        var asset: Descriptor?
        /// Files below the stage folder's `parts`, and the part that is coming in, by rendition.
        var parts: [(path: FilePath, format: String, bytes: UInt64)] = []
        var part: [Descriptor] = []
        var hasFolder = false
    }

    init(_ spool: DirectorySpool, _ claim: Claim, target: FilePath, formats: [OutputFormat]) {
        self.spool = spool
        self.claim = claim
        self.target = target
        name = FilePath(root: nil, target.lastComponent.map { [$0] } ?? []).bytes
        folder = spool.folders.stage.appending(claim.job.text)
        renditions = Mutex(formats.enumerated().map { Part(format: $1.fileExtension, stagedName: "r\($0)") })
    }

    /// More text of one rendition.
    package func write(_ bytes: UnsafeRawBufferPointer, rendition: Int) throws {
        try renditions.withLock { parts in
            guard parts.indices.contains(rendition) else { return }
            parts[rendition].bytes += UInt64(bytes.count)
            if parts[rendition].file == nil, parts[rendition].memory.count + bytes.count <= Self.inMemory {
                parts[rendition].memory += bytes
                return
            }
            let file = try spill(&parts[rendition])
            try file.write(bytes, path: folder)
        }
    }

    /// The rendition's file, with what was in memory.
    private func spill(_ part: inout Part) throws -> Descriptor {
        if let file = part.file { return file }
        try makeFolder()
        let file = try spool.folders.outbox.open(folder.appending(part.stagedName), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644)
        try part.memory.withUnsafeBytes { try file.write($0, path: folder) }
        part.file = file
        return file
    }

    func makeFolder() throws {
        try rest.withLock { rest in
            guard !rest.hasFolder else { return }
            try spool.makeStageFolder(folder)
            rest.hasFolder = true
        }
    }

    /// `name` is a plain file name; a second asset of that name is refused.
    package func beginAsset(name: String, mediaType: String) throws {
        try makeFolder()
        let assets = folder.appending("assets")
        try spool.folders.outbox.makeFolders(assets, mode: 0o755)
        let file = try spool.folders.outbox.open(assets.appending(name), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
        rest.withLock { rest in
            rest.asset = file
            rest.assets.append((name, mediaType, 0))
        }
    }

    package func asset(_ bytes: UnsafeRawBufferPointer) throws {
        try rest.withLock { rest in
            guard let file = rest.asset else { return }
            try file.write(bytes, path: folder)
            rest.assets[rest.assets.count - 1].bytes += UInt64(bytes.count)
        }
    }

    package func endAsset() { rest.withLock { $0.asset = nil } }

    /// A file beside the outputs.
    package func addSidecar(_ bytes: [UInt8], suffix: String) { rest.withLock { $0.sidecars.append((suffix, bytes)) } }

    /// Writes what is still in memory and sums everything up. Nothing is durable yet.
    package func sealed(_ reply: ConversionReply, sha256: String?) throws -> StagedJob {
        try makeFolder()
        var outputs: [Output] = []
        var staged: [String] = []
        let outbox = spool.folders.outbox
        let (sidecars, assets, pieces) = rest.withLock { ($0.sidecars, $0.assets, $0.parts) }
        let assetFolder = target.sibling(name + Array(".assets".utf8))
        for asset in assets {
            let file = try outbox.open(folder.appending("assets").appending(asset.name), O_RDONLY | O_NOFOLLOW)
            let path = assetFolder.appending(asset.name)
            outputs.append(Output(kind: .asset, path: RecordedPath(path), bytes: asset.bytes, sha256: try ContentHash.of(file, path: path), format: asset.mediaType))
            staged.append("assets/\(asset.name)")
        }
        let partFolder = target.sibling(name + Array(".parts".utf8))
        for piece in pieces {
            let file = try outbox.open(folder.appending("parts").appending(piece.path.components), O_RDONLY | O_NOFOLLOW)
            let path = partFolder.appending(piece.path.components)
            outputs.append(Output(kind: .part, path: RecordedPath(path), bytes: piece.bytes, sha256: try ContentHash.of(file, path: path), format: piece.format))
            staged.append("parts/\(piece.path.string)")
        }
        for (place, sidecar) in sidecars.enumerated() {
            let file = try outbox.open(folder.appending("s\(place)"), O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644)
            try sidecar.bytes.withUnsafeBytes { try file.write($0, path: folder) }
            let path = target.sibling(name + Array(sidecar.suffix.utf8))
            outputs.append(Output(kind: .sidecar, path: RecordedPath(path), bytes: UInt64(sidecar.bytes.count), sha256: sidecar.bytes.withUnsafeBytes { ContentHash.of($0) }, format: "json"))
            staged.append("s\(place)")
        }
        try renditions.withLock { parts in
            for place in parts.indices {
                let file = try spill(&parts[place])
                let path = target.sibling(name + Array(".\(parts[place].format)".utf8))
                let sum = parts[place].memory.count == parts[place].bytes
                    ? parts[place].memory.withUnsafeBytes { ContentHash.of($0) } : try ContentHash.of(file, path: path)
                outputs.append(Output(kind: .document, path: RecordedPath(path), bytes: parts[place].bytes, sha256: sum, format: parts[place].format))
                staged.append(parts[place].stagedName)
                parts[place].memory = []
            }
        }
        spool.crash.pass(.staged)
        let plan = Plan(
            job: claim.job, outputs: outputs, staged: staged, assetFolder: assets.isEmpty ? nil : RecordedPath(assetFolder),
            partFolder: pieces.isEmpty ? nil : RecordedPath(partFolder), replaces: spool.layout.onExists == .replace,
            sha256: sha256, reply: reply)
        return StagedJob(claim: claim, plan: plan, target: target)
    }

    /// Removes what was staged and gives the name free.
    package func discard() {
        spool.release(target)
        // What cannot be removed now is removed when the job is tried again or recovered.
        try? spool.folders.outbox.removeTree(folder)
    }

    private static let inMemory = 1 << 20
}

/// A job whose outputs are complete in the stage folder, ready for a group commit.
package struct StagedJob: Sendable {
    package let claim: Claim
    let plan: Plan
    let target: FilePath
}

extension DirectorySpool {
    /// Where the job's outputs will stand.
    package enum Opening: Sendable {
        case stage(Stage)
        /// There is an output of that name and the route says to leave it alone.
        case exists
    }

    /// Begins the outputs of a claim: chooses their name by the route's policy and keeps it until the job ends.
    /// - Throws: `ConversionError(.outputExists)` where the policy is to fail.
    package func stage(_ claim: Claim, formats: [OutputFormat]) throws -> Opening {
        try folders.outbox.removeTree(folders.stage.appending(claim.job.text))
        guard let last = claim.path.lastComponent else { throw ConversionError(.access, "the path has no name") }
        let base = OutputNames.base(of: last)
        for number in 1...10_000 {
            let target = claim.path.sibling(OutputNames.version(base, number))
            if try isTaken(target, formats) {
                switch layout.onExists {
                case .version: continue
                case .skip: return .exists
                case .fail: throw ConversionError(.outputExists, "the outbox has an output of that name")
                case .replace: break
                }
            }
            guard reserved.withLock({ $0.insert(target).inserted }) else { continue }
            return .stage(Stage(self, claim, target: target, formats: formats))
        }
        throw ConversionError(.outputExists, "the outbox has 10,000 outputs of that name")
    }

    private func isTaken(_ target: FilePath, _ formats: [OutputFormat]) throws -> Bool {
        let name = FilePath(root: nil, target.lastComponent.map { [$0] } ?? []).bytes
        for suffix in formats.map({ ".\($0.fileExtension)" }) + [".assets", ".parts", Self.lossesSuffix] {
            if try folders.outbox.identityIfPresent(of: target.sibling(name + Array(suffix.utf8))) != nil { return true }
        }
        return false
    }

    /// Of the sidecar that lists what a reader could not carry over.
    package static let lossesSuffix = ".losses.json"

    func release(_ target: FilePath) { _ = reserved.withLock { $0.remove(target) } }
}
