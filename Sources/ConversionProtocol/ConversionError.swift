// SPDX-License-Identifier: Apache-2.0

/// What happens to a file next; decided in one place on each side of the wall.
public enum Remedy: String, Sendable, Codable {
    /// This file can never be converted: quarantine.
    case reject
    /// Try again later with backoff, until the attempts are used up.
    case retry
    /// Try once more, alone in a fresh process; then quarantine.
    case retryAlone
    /// Not the file's fault: the route pauses, the attempt is not counted.
    case environment
    /// The input changed under the reader: read it again, the attempt is not counted (at most 5 times).
    case readAgain
    /// Stopped on request; the file goes back where it came from.
    case cancelled
}

/// Why a file failed: stable names, in events, reports and the ledger. Never renamed once released.
public enum FailureCode: String, Sendable, Codable, CaseIterable {
    // From a worker.
    case crash, memory, malformed, encrypted, unsupported, internalError = "internal"
    case timeoutWall = "timeout-wall", timeoutStall = "timeout-stall", timeoutCPU = "timeout-cpu"
    // Each limit that can be set has its own.
    case inputLimit = "input-limit", textLimit = "text-limit", textRatio = "text-ratio-limit", assetLimit = "asset-limit", stderrLimit = "stderr-limit"
    case pageLimit = "page-limit", memberLimit = "member-limit", xmlDepthLimit = "xml-depth-limit"
    /// More frames or facts than any document needs; a bound of a reader's own.
    case outputLimit = "output-limit", documentLimit = "document-limit"
    case sandboxViolation = "sandbox-violation", protocolViolation = "protocol", inputChanged = "input-changed"
    // Around a worker.
    case empty, unstable, crashLoop = "crash-loop", access, vanished, cancelled, veto, hook
    case outputExists = "output-exists"
    case diskFull = "disk-full", readOnly = "read-only", ioError = "io-error", outboxMissing = "outbox-missing"
    case descriptors = "out-of-descriptors", workerUnavailable = "worker-unavailable", hookBacklog = "hook-backlog"

    public var remedy: Remedy {
        switch self {
        case .crash, .memory, .timeoutWall, .timeoutStall, .timeoutCPU: .retryAlone
        case .inputChanged: .readAgain
        case .internalError, .protocolViolation, .access, .hook: .retry
        case .malformed, .encrypted, .unsupported, .outputLimit, .inputLimit, .documentLimit, .sandboxViolation: .reject
        case .textLimit, .textRatio, .assetLimit, .stderrLimit, .pageLimit, .memberLimit, .xmlDepthLimit: .reject
        case .empty, .unstable, .crashLoop, .vanished, .veto, .outputExists: .reject
        case .diskFull, .readOnly, .ioError, .outboxMissing, .descriptors, .workerUnavailable, .hookBacklog: .environment
        case .cancelled: .cancelled
        }
    }
}

/// One file's failure. `reason` names parts of the file, never its content.
public struct ConversionError: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    public var code: FailureCode
    /// Lower case, no full stop: `word/document.xml ends inside <w:tbl>`.
    public var reason: String
    public var remedy: Remedy

    public init(_ code: FailureCode, _ reason: String, remedy: Remedy? = nil) {
        self.code = code
        self.reason = reason
        self.remedy = remedy ?? code.remedy
    }

    public var description: String { "\(code.rawValue): \(reason)" }
}
