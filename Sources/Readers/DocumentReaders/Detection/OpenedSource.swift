// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
import EncryptedPackages

/// A document that can be read: as it is, or opened where it was encrypted as a whole. `source` is valid as long as this lives.
package final class OpenedSource {
    package let source: Source
    package let format: Format
    /// The package that was within the encryption.
    private let room: UnsafeMutableRawBufferPointer?

    /// - Throws: what `Detection` throws, and `encrypted` where no password opens it.
    package init(_ given: Source, _ limits: ReadLimits) throws(ReadError) {
        let bytes: [UInt8]
        switch try Self.look(at: given, limits) {
        case .plain(let format):
            room = nil
            source = given
            self.format = format
            return
        case .opened(let package): bytes = package
        }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 8)
        room.copyBytes(from: bytes)
        self.room = room
        source = Source(
            UnsafeRawBufferPointer(rebasing: room[..<bytes.count]), nameExtension: given.nameExtension, innerExtension: given.innerExtension,
            mediaType: given.mediaType, members: given.members)
        format = try Detection.format(of: source)
    }

    deinit { room?.deallocate() }

    private enum Look {
        case plain(Format)
        case opened([UInt8])
    }

    /// Only what seems to be encrypted costs a look inside: a compound file that detection refuses, and an OpenDocument package
    /// where there is a password at all.
    private static func look(at given: Source, _ limits: ReadLimits) throws(ReadError) -> Look {
        if !limits.passwords.isEmpty, given.bytes.starts(with: [0x50, 0x4B]), let package = try EncryptedPackage.opened(given.bytes, limits: limits) {
            return .opened(package)
        }
        do throws(ReadError) { return .plain(try Detection.format(of: given)) } catch {
            guard case .encrypted = error, let package = try EncryptedPackage.opened(given.bytes, limits: limits) else { throw error }
            return .opened(package)
        }
    }
}
