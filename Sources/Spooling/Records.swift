// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
import FileAccess
package import FoundationEssentials
import SystemPackage

/// `job.json`: the facts of a claim, written before the file moves. Recovery can do without it.
struct JobRecord: Codable {
    var v = 1
    var path: RecordedPath
    var identity: FileIdentity
    var origin: Origin
    var firstSeen: UInt64
    var marker: RecordedPath?
}

/// `plan.json`: everything that is to stand in the outbox. Durable before the first output is published.
struct Plan: Codable {
    var v = 1
    /// The job that it is of: a folder may have been another's before.
    var job: JobID
    var outputs: [Output]
    /// The outputs' names in the stage folder, in the same order.
    var staged: [String]
    /// The assets' folder in the outbox.
    var assetFolder: RecordedPath?
    /// The parts' folder in the outbox.
    var partFolder: RecordedPath?
    var replaces: Bool
    var sha256: String?
    var reply: ConversionReply
    /// Closes the record: a plan cut short by a power loss has no end.
    var end = true
}

/// `NAME.error.json`: why a file is in quarantine.
package struct QuarantineReport: Codable, Hashable, Sendable {
    package struct Attempt: Codable, Hashable, Sendable {
        package var number: Int
        package var code: FailureCode
        package var reason: String

        package init(number: Int, error: ConversionError) {
            self.number = number
            code = error.code
            reason = error.reason
        }
    }

    /// The end, with what it means and what to do about it in words.
    package struct Failure: Codable, Hashable, Sendable {
        package var code: FailureCode
        package var reason: String
        package var meaning: String
        package var remedy: String

        init(_ error: ConversionError) {
            code = error.code
            reason = error.reason
            meaning = error.code.meaning
            remedy = error.code.advice
        }
    }

    package var v = 2
    package var job: JobID
    package var route: String
    /// For people; `path_b64` when it is not plain UTF-8.
    package var path: String
    package var pathBytes: Data?
    package var failure: Failure
    package var attempts: [Attempt]
    /// RFC 3339, universal time.
    package var firstSeen: String
    package var failed: String
    package var host: String
    package var version: String
    package var sha256: String?
    /// A command line, ready for a shell.
    package var retryCommand: String

    package var error: ConversionError { ConversionError(failure.code, failure.reason) }

    /// `address` is how commands name whose file it is: `--root /srv/scans`.
    package init(
        claim: Claim, route: String, error: ConversionError, attempts: [Attempt], host: String, version: String, sha256: String?, address: String = ""
    ) {
        job = claim.job
        self.route = route
        path = claim.path.escaped
        pathBytes = claim.path.needsEscaping ? Data(claim.path.bytes) : nil
        failure = Failure(error)
        self.attempts = attempts
        firstSeen = WallClock.text(of: claim.firstSeen)
        failed = WallClock.text(of: WallClock.milliseconds)
        self.host = host
        self.version = version
        self.sha256 = sha256
        retryCommand = "intray retry \(claim.job)" + (address.isEmpty ? "" : " \(address)")
    }

    enum CodingKeys: String, CodingKey {
        case v, job, route, path, attempts, failed, host, version, sha256
        case failure = "error", pathBytes = "path_b64", firstSeen = "first_seen", retryCommand = "retry_command"
    }
}

/// Whose report it is, in every version of it.
struct ReportOwner: Decodable {
    var job: JobID
}

enum RecordCoding {
    static func bytes(_ record: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(record))
    }

    /// nil when the record is cut short or of another kind.
    static func record<Record: Decodable>(_ type: Record.Type, from bytes: [UInt8]?) -> Record? {
        // A record that a power loss cut short is no record.
        bytes.flatMap { try? JSONDecoder().decode(type, from: Data($0)) }
    }
}
