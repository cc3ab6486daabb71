// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol

/// Codes of failures on a command line.
enum FailureCodes {
    /// - Throws: `ValidationError` with all codes, for one that no failure has.
    static func check(_ code: String?) throws {
        guard let code, FailureCode(rawValue: code) == nil else { return }
        throw ValidationError("There is no code \"\(code)\"; there are \(FailureCode.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
}
