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
        func named(_ number: Int) -> [FilePath] { Self.names(OutputNames.version(base, number), for: path, formats) }
        // What cannot be looked at is not known to be there.
        func isFree(_ number: Int) -> Bool { named(number).allSatisfy { (try? FileIdentity.of(outbox.appending($0.components))) == nil } }
        isTaken = !isFree(1)
        documents = named((1...10_000).first { isFree($0) } ?? 1)
    }

    /// The outputs' names whatever is there, one for each format.
    package static func plainNames(for path: FilePath, formats: [OutputFormat]) -> [FilePath] {
        names(plainName(for: path), for: path, formats)
    }

    /// The document's name as all that becomes of it carries it: its own, cut when there would be no room for an ending.
    package static func plainName(for path: FilePath) -> [UInt8] { path.lastComponent.map { OutputNames.base(of: $0) } ?? [] }

    private static func names(_ name: [UInt8], for path: FilePath, _ formats: [OutputFormat]) -> [FilePath] {
        formats.map { path.sibling(name + Array(".\($0.fileExtension)".utf8)) }
    }
}
