// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
import FileAccess
package import SystemPackage

/// Where a file's outputs would stand, without a look at anything but their names.
package struct OutputForecast: Sendable {
    /// Relative to the outbox; the names that are free now.
    package let documents: [FilePath]
    /// Whether an output of the plain name is there already.
    package let isTaken: Bool

    package init(for path: FilePath, formats: [OutputFormat], outbox: FilePath) {
        guard let last = path.lastComponent else {
            documents = []
            isTaken = false
            return
        }
        let base = OutputNames.base(of: last)
        func named(_ number: Int) -> [FilePath] {
            formats.map { path.sibling(OutputNames.version(base, number) + Array(".\($0.fileExtension)".utf8)) }
        }
        // What cannot be looked at is not known to be there.
        func isFree(_ number: Int) -> Bool { named(number).allSatisfy { (try? FileIdentity.of(outbox.appending($0.components))) == nil } }
        isTaken = !isFree(1)
        documents = named((1...10_000).first { isFree($0) } ?? 1)
    }
}
