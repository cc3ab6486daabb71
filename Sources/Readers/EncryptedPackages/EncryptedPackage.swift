// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading

/// Packages that are encrypted as a whole, opened: what comes out is the package as it was before.
///
///     compound file ─ EncryptionInfo ▶ agile or standard ─ EncryptedPackage ▶ Office Open XML package
///     OpenDocument package ─ manifest ▶ each part ▶ package without encryption
package enum EncryptedPackage {
    /// nil when the document is no such package.
    /// - Throws: `encrypted` when no password opens it, or it is encrypted in a way that is not read.
    package static func opened(_ bytes: UnsafeRawBufferPointer, limits: ReadLimits) throws(ReadError) -> [UInt8]? {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            // Whatever is wrong with the file is its own reader's to say.
            guard let file = try? CompoundFile(bytes), file.entry(named: "EncryptedPackage") != nil else { return nil }
            return try OfficeEncryption.opened(file, passwords: limits.passwords)
        }
        return try OpenDocumentEncryption.opened(bytes, limits: limits)
    }
}
