// SPDX-License-Identifier: Apache-2.0
import DocumentReaders

/// What takes any bytes and must neither trap nor break its own promises.
package enum FuzzTargets {
    package typealias Run = @Sendable (UnsafeRawBufferPointer) -> Void

    private static let parts: [String: Run] = [
        "frames": FrameTarget.run, "zip": PackageTargets.zip, "compound": PackageTargets.compound, "xls": PackageTargets.workbook,
        "layout": LayoutTarget.run, "mime": MailTargets.headers,
    ]

    /// Parts of readers by what they read, then whole readers by their format's name.
    package static var names: [String] { parts.keys.sorted() + ReaderTarget.names }

    /// For a process that does nothing else: once warm, no further charset is loaded.
    package static func warmUp() { Readers.warmUp() }

    package static func named(_ name: String) -> Run? { parts[name] ?? ReaderTarget.named(name) }
}
