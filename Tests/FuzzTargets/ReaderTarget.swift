// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree

/// Every reader, by its format's name: `docx`, `rtf`, `csv`.
enum ReaderTarget {
    static var names: [String] { Readers.all.map(\.name) }

    static func named(_ name: String) -> (@Sendable (UnsafeRawBufferPointer) -> Void)? {
        guard let format = Readers.format(named: name) else { return nil }
        return { bytes in
            var limits = ReadLimits()
            limits.unpackedBytes = 1 << 24
            var diagnostics = Diagnostics()
            let source = Source(bytes, nameExtension: format.name, members: MemberReader(limits: limits))
            try? format.reader().read(source, limits: limits, into: DocumentBuilder(), diagnostics: &diagnostics)
        }
    }
}
