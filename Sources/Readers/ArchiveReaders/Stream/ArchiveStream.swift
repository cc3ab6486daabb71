// SPDX-License-Identifier: Apache-2.0
import CArchive
import Glibc

/// An archive in memory that is unpacked from its beginning to its end, one entry after the other, by libarchive.
///
/// Only the formats and filters asked for are tried, never one that would start a program. `bytes` must outlive it.
final class ArchiveStream {
    /// What an archive may be, and how it may be packed as a whole.
    enum Kind: Sendable {
        case tar, sevenZip, rar, cpio, ar, iso, cab, lha
        /// A file, or a tar or cpio archive, packed by one of the compressors.
        case packed
    }

    struct Entry {
        enum Kind { case file, directory, link, special }

        let name: [UInt8]
        let kind: Kind
        /// As the archive has it; nil when it does not say.
        let size: Int?
        let isEncrypted: Bool
        /// The whole archive is this one file.
        let isRaw: Bool
    }

    enum Step {
        case entry(Entry)
        case end
        /// Nothing behind this can be read.
        case damaged
    }

    enum Failure: Error {
        /// After so many bytes were unpacked.
        case limit(Int)
        case damaged([UInt8])
        case encrypted
        case unsupported
    }

    private let archive: OpaquePointer
    private let packedSize: Int
    /// libarchive may not be asked again once it has called a fault fatal: its reader of cabinets follows a null pointer then.
    private var isSpent = false

    /// nil when it is none of these, or memory is short.
    init?(_ bytes: UnsafeRawBufferPointer, _ kind: Kind) {
        guard let archive = archive_read_new() else { return nil }
        self.archive = archive
        packedSize = bytes.count
        let bytes = kind == .cpio ? CPIOHeaders.sound(bytes) : bytes
        switch kind {
        case .tar: archive_read_support_format_tar(archive)
        case .sevenZip: archive_read_support_format_7zip(archive)
        case .rar:
            archive_read_support_format_rar(archive)
            archive_read_support_format_rar5(archive)
        case .cpio: archive_read_support_format_cpio(archive)
        case .ar: archive_read_support_format_ar(archive)
        case .iso: archive_read_support_format_iso9660(archive)
        case .cab: archive_read_support_format_cab(archive)
        case .lha: archive_read_support_format_lha(archive)
        case .packed:
            archive_read_support_filter_gzip(archive)
            archive_read_support_filter_bzip2(archive)
            archive_read_support_filter_xz(archive)
            archive_read_support_filter_lzma(archive)
            archive_read_support_filter_lzip(archive)
            archive_read_support_filter_zstd(archive)
            archive_read_support_filter_compress(archive)
            archive_read_support_format_tar(archive)
            archive_read_support_format_cpio(archive)
            archive_read_support_format_raw(archive)
            archive_read_support_format_empty(archive)
        }
        guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
    }

    deinit { archive_read_free(archive) }

    /// Whether libarchive met something that is behind a password.
    var isEncrypted: Bool {
        if archive_read_has_encrypted_entries(archive) > 0 { return true }
        guard let text = archive_error_string(archive) else { return false }
        let reason = String(cString: text).lowercased()
        return reason.contains("encrypt") || reason.contains("crypto")
    }

    /// Whether nothing was wrong so far.
    var isSound: Bool { archive_errno(archive) == 0 }

    /// Whether a compressor has packed it as a whole; known once the first entry was met.
    var isPacked: Bool { archive_filter_code(archive, 0) != ARCHIVE_FILTER_NONE }

    func next() -> Step {
        guard !isSpent else { return .damaged }
        var pointer: OpaquePointer?
        for _ in 0..<16 {
            let status = archive_read_next_header(archive, &pointer)
            if status == ARCHIVE_EOF { return .end }
            if status == ARCHIVE_RETRY { continue }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let pointer else { return .damaged }
            return .entry(Entry(
                name: Self.name(pointer), kind: Self.kind(pointer), size: archive_entry_size_is_set(pointer) != 0 ? Int(archive_entry_size(pointer)) : nil,
                isEncrypted: archive_entry_is_encrypted(pointer) != 0, isRaw: archive_format(archive) == ARCHIVE_FORMAT_RAW))
        }
        return .damaged
    }

    private static func name(_ entry: OpaquePointer) -> [UInt8] {
        guard let text = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return [] }
        return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)).prefix(4_096))
    }

    private static func kind(_ entry: OpaquePointer) -> Entry.Kind {
        if archive_entry_hardlink(entry) != nil { return .link }
        return switch archive_entry_filetype(entry) {
        case 0o100000, 0: .file
        case 0o040000: .directory
        case 0o120000: .link
        default: .special
        }
    }

    /// The current entry, unpacked to at most `room` bytes and `ratio` bytes for each packed one.
    func contents(room: Int, ratio: Int) throws(Failure) -> [UInt8] {
        var out: [UInt8] = []
        let (most, overflow) = packedSize.multipliedReportingOverflow(by: max(1, ratio))
        let room = min(room, overflow ? .max : max(most, 1 << 20))
        while true {
            var block: UnsafeRawPointer?
            var count = 0
            var offset: Int64 = 0
            let status = archive_read_data_block(archive, &block, &count, &offset)
            if status == ARCHIVE_EOF { return out }
            if status == ARCHIVE_RETRY { continue }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
                isSpent = status == ARCHIVE_FATAL
                if isEncrypted { throw .encrypted }
                if status == ARCHIVE_FAILED, out.isEmpty { throw .unsupported }
                throw .damaged(out)
            }
            // Holes of sparse files are zeros.
            guard offset >= 0, count <= room, offset <= Int64(room - count) else { throw .limit(out.count &+ count) }
            if Int(offset) > out.count { out += [UInt8](repeating: 0, count: Int(offset) - out.count) }
            if let block { out.append(contentsOf: UnsafeRawBufferPointer(start: block, count: count)) }
            guard out.count <= room else { throw .limit(out.count) }
        }
    }
}
