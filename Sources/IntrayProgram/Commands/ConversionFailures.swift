// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Pipeline
import SystemPackage

/// The documents that could not be converted, each told on standard error with what to do about it.
struct ConversionFailures {
    private(set) var count = 0
    private var told: Set<String> = []

    /// Converts one document; whether that went well.
    @discardableResult
    mutating func noting(_ file: FilePath, _ convert: () async throws -> Void) async -> Bool {
        do {
            if Folders.isFolder(file) { throw ProgramError(.failures, "cannot convert \(file.quoted): it is a folder; what is in it converts: intray sweep \(file.shellWord) --outbox OUT") }
            try await convert()
            return true
        } catch let error as ConversionError {
            tell("cannot read \(file.quoted): \(error.reason) (\(error.code.rawValue))", error.code.adviceAtOnce)
        } catch { tell("\(error)", nil) }
        return false
    }

    /// The same advice is given once.
    private mutating func tell(_ failure: String, _ advice: String?) {
        count += 1
        let advice = advice.flatMap { told.insert($0).inserted ? "; \($0)" : nil } ?? ""
        writeError("intray: \(failure)\(advice)\n")
    }
}
