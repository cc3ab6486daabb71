// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import FileAccess
import Glibc

extension ConversionError {
    /// Any error as one with a remedy: system calls by their number, cancellation as `cancelled`, strangers as `internal`.
    public init(_ error: any Error) {
        switch error {
        case let error as ConversionError: self = error
        case is CancellationError: self.init(.cancelled, "stopped on request")
        case let error as SystemError: self.init(Self.code(of: error), error.description)
        default: self.init(.internalError, "\(error)")
        }
    }

    private static func code(of error: SystemError) -> FailureCode {
        switch error.errno {
        case ENOSPC, EDQUOT: .diskFull
        case EROFS: .readOnly
        case EMFILE, ENFILE: .descriptors
        default:
            switch error.kind {
            case .missing: .vanished
            case .access: .access
            case .environment: .ioError
            case .exists: .outputExists
            case .other: .internalError
            }
        }
    }
}
