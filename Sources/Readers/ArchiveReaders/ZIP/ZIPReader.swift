// SPDX-License-Identifier: Apache-2.0
import Decryption
package import DocumentReading
package import DocumentTree
import ZipArchive

/// Reads ZIP archives (APPNOTE 6.3): their members, one after the other, in the archive's order.
///
///     bytes ─ ZipFile ▶ entries ─ unpacked one at a time ─ ArchiveMembers ▶ the readers of the members
///
/// A damaged directory is replaced by the members' own headers. An archive of nothing but encrypted members is `encrypted`.
package struct ZIPReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let file: ZipFile
        do throws(ZipError) {
            file = try ZipFile(source.bytes, limits: ZipLimits(
                members: Self.mostEntries, unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio), passwords: limits.passwords)
        } catch { throw ReadError(error) }
        if file.isSalvaged { diagnostics.report("zip-directory-salvaged", "the ZIP directory is damaged; members were found by their own headers") }
        let names = ZIPMemberNames(file.entries)
        let files = file.entries.indices.filter { !file.entries[$0].isDirectory && !ArchiveMembers.isClutter(names[$0]) }
        if !files.isEmpty, files.allSatisfy({ file.entries[$0].isEncrypted }), !Self.opens(file, files) {
            throw .encrypted(Passwords.reason("the archive", limits.passwords))
        }
        do throws(SinkError) {
            try sink.begin(Metadata())
            var members = ArchiveMembers(source, sink)
            for place in files {
                let entry = file.entries[place]
                if entry.isLink {
                    diagnostics.report("archive-links-left", "links to other files were left out")
                    continue
                }
                try Self.read(entry, names[place], of: file, &members, &diagnostics)
            }
            try members.finish(&diagnostics)
        } catch { throw .sink(error) }
    }

    /// Entries listed; how many of them are read is the members' own limit.
    private static let mostEntries = 100_000

    /// Whether a password opens any of the first encrypted members.
    private static func opens(_ file: ZipFile, _ places: [Int]) -> Bool {
        places.prefix(16).contains { place in
            do throws(ZipError) { _ = try file.contents(of: file.entries[place]) } catch {
                if case .encrypted = error { return false }
            }
            return true
        }
    }

    private static func read(
        _ entry: ZipEntry, _ name: String, of file: ZipFile, _ members: inout ArchiveMembers, _ diagnostics: inout Diagnostics
    ) throws(SinkError) {
        let contents: ZipContents
        do throws(ZipError) {
            contents = try file.contents(of: entry, most: members.room)
        } catch {
            let (code, reason) = words(error)
            return members.leave(name, size: entry.unpackedSize, code: code, reason, &diagnostics)
        }
        switch contents.fault {
        case .checksum: diagnostics.report("zip-checksum", "a member's checksum is wrong; its text may be damaged", at: name)
        case .cut: diagnostics.report("zip-member-cut", "a member ends early; what follows is lost", at: name)
        case nil: break
        }
        var failure: SinkError?
        contents.bytes.withUnsafeBytes { bytes in
            do throws(SinkError) { try members.read(name, bytes, &diagnostics) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The reason without the member's name, which stands beside it.
    private static func words(_ error: ZipError) -> (code: String, reason: String) {
        switch error {
        case .malformed: ("malformed", "it has no header of its own")
        case .encrypted: ("encrypted", "it is encrypted")
        case .unsupported: ("unsupported", "it is packed in an uncommon way")
        case .limit: ("limit", "it unpacks to more than is allowed")
        }
    }
}
