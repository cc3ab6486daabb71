// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import FileAccess
import Spooling

extension Route {
    /// Whose fault it is that something failed in the outbox or the work area: the environment's when not even a probe can be
    /// written there, else nobody's that is known, and it is worth another attempt. Never the document's.
    func blame(for error: SystemError) -> ConversionError {
        var blamed = ConversionError(error)
        guard blamed.remedy != .environment else { return blamed }
        blamed.remedy = .retry
        do { try spool.probe() } catch {
            let isRefused = (error as? SystemError)?.kind == .access
            blamed = ConversionError(isRefused ? .readOnly : .ioError, "\(error)")
        }
        return blamed
    }
}
