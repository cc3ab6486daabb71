// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
package import FileAccess
package import SystemPackage

/// A file that is ours until it has been delivered, quarantined or put back. Only `Spooling` can make one.
package struct Claim: Hashable, Sendable {
    package let job: JobID
    /// Relative to the inbox.
    package let path: FilePath
    /// As it was when it was claimed.
    package let identity: FileIdentity
    package let origin: Origin
    /// Attempts begun, by this process and by earlier ones.
    package let attempt: Int
    package let marker: FilePath?
    /// Milliseconds since 1970 at which the file was first claimed.
    package let firstSeen: UInt64
    /// The job's folder, relative to the work area.
    let folder: FilePath
    /// Whether the folder says something about attempts; if not, the first one may have begun.
    var hasAttempts = false

    func attempt(_ number: Int, hasAttempts: Bool? = nil) -> Claim {
        var claim = Claim(job: job, path: path, identity: identity, origin: origin, attempt: number, marker: marker, firstSeen: firstSeen, folder: folder)
        claim.hasAttempts = hasAttempts ?? self.hasAttempts
        return claim
    }

    init(
        job: JobID, path: FilePath, identity: FileIdentity, origin: Origin, attempt: Int, marker: FilePath?, firstSeen: UInt64, folder: FilePath
    ) {
        self.job = job
        self.path = path
        self.identity = identity
        self.origin = origin
        self.attempt = attempt
        self.marker = marker
        self.firstSeen = firstSeen
        self.folder = folder
    }
}

/// Whether a claimed file may be converted.
package enum Standing: Sendable {
    case complete
    case vanished
    /// Another file stands under the name now.
    case changed
    /// Somebody has it open for writing.
    case beingWritten
}

/// A claimed file, open for reading.
package struct OpenedInput: Sendable {
    package let descriptor: Descriptor
    package let identity: FileIdentity
}

/// One file in the outbox.
package struct Output: Hashable, Sendable, Codable {
    package enum Kind: String, Sendable, Codable { case asset, part, sidecar, document }
    package var kind: Kind
    /// Relative to the outbox.
    package var path: RecordedPath
    package var bytes: UInt64
    /// 64 hexadecimal digits.
    package var sha256: String
    /// `md`, `txt`, … of a document or a part, or an asset's media type.
    package var format: String

    package var filePath: FilePath { path.path }
}

/// A job whose outputs stand in the outbox, durable; its original is next: `dispose`, announce, `finish`.
package struct Delivery: Hashable, Sendable {
    package let claim: Claim
    package let outputs: [Output]
    package let reply: ConversionReply
    /// SHA-256 of the original.
    package let sha256: String?
}

extension Delivery {
    init(_ plan: Plan, _ claim: Claim) { self.init(claim: claim, outputs: plan.outputs, reply: plan.reply, sha256: plan.sha256) }
}

/// What was found at start, and what is left to do about it.
package enum Recovered: Sendable {
    /// Convert it again; the attempt that a death broke off is counted.
    case convertAgain(Claim)
    /// Published: dispose of the original if it is still there, announce it (again, under the same name), then `finish`.
    case delivered(Delivery)
    /// On its way to quarantine: put it there, announce it, then `finish`.
    case failed(Claim, QuarantineReport)
}
