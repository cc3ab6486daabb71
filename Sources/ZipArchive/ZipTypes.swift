// SPDX-License-Identifier: Apache-2.0

/// What an archive may cost; the file may claim anything.
package struct ZipLimits: Sendable, Hashable {
    package var members = 10_000
    /// One member unpacked, and all that were unpacked together.
    package var unpackedBytes = 1 << 30
    /// Unpacked bytes per packed byte, above the first MiB of each member.
    package var unpackedRatio = 1_000

    package init(members: Int = 10_000, unpackedBytes: Int = 1 << 30, unpackedRatio: Int = 1_000) {
        self.members = members
        self.unpackedBytes = unpackedBytes
        self.unpackedRatio = unpackedRatio
    }
}

/// Why an archive or a member of it cannot be read; the text names the thing, never content.
package enum ZipError: Error, Sendable, Hashable {
    case malformed(String)
    case encrypted(String)
    case unsupported(String)
    case limit(String)
}

/// One member as the directory describes it. All numbers are claims.
package struct ZipEntry: Sendable, Hashable {
    /// The name's bytes; `name` is the same, decoded.
    package let nameBytes: [UInt8]
    package let isUTF8: Bool
    package let method: Int
    package let isEncrypted: Bool
    package let checksum: UInt32
    package let packedSize: Int
    /// nil when only the data can tell (a salvaged member with a data descriptor).
    package let unpackedSize: Int?
    package let headerOffset: Int
    /// File type and permissions, where a Unix system made the archive and its directory is there.
    package var unixMode: Int?

    /// UTF-8 where the flag says so or the bytes are it; else code page 437 (APPNOTE appendix D).
    package var name: String {
        if let text = String(validating: nameBytes, as: UTF8.self) { return text }
        if isUTF8 { return String(decoding: nameBytes, as: UTF8.self) }
        return CodePage437.string(nameBytes)
    }

    package var isDirectory: Bool { nameBytes.last == UInt8(ascii: "/") }
    /// Its bytes are the path of another file.
    package var isLink: Bool { unixMode.map { $0 & 0o170000 == 0o120000 } ?? false }
}

/// A member's bytes, and what was wrong with them.
package struct ZipContents: Sendable {
    package let bytes: [UInt8]
    package let fault: Fault?

    package enum Fault: Sendable, Hashable {
        /// The CRC-32 of the bytes is not the one in the directory.
        case checksum
        /// The packed data ends early or is damaged: `bytes` is its beginning.
        case cut
    }
}
