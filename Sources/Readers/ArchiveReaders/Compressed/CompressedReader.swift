// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ZipArchive

/// Reads what one compressor has packed: the document within, in the wrapping's place, or the archive within, by members.
struct CompressedReader: DocumentReader {
    /// What a compressor makes of nothing, with the longest name: in anything larger libarchive has overlooked something.
    private static let mostForNothing = 512

    func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let stream = ArchiveStream(source.bytes, .packed)
        let met = stream?.next()
        if let stream, case .end = met, stream.isPacked, stream.isSound, source.bytes.count <= Self.mostForNothing {
            do throws(SinkError) {
                try sink.begin(Metadata())
                return try sink.finish()
            } catch { throw .sink(error) }
        }
        guard let stream, let first = met, stream.isPacked else {
            // A short file that breaks off libarchive does not even open.
            guard let bytes = GzipFile.beginning(of: source.bytes, most: min(source.members.remainingBytes, ArchiveMembers.largest), ratio: limits.unpackedRatio)
            else { throw .malformed("it is not packed in the way it seems to be") }
            diagnostics.report("archive-member-cut", "the packed data is damaged; what follows is lost")
            return try Self.read(bytes, source, sink, &diagnostics)
        }
        guard case .entry(let entry) = first, entry.isRaw else {
            return try StreamedArchiveReader.read(stream, first: first, source, limits, sink, &diagnostics)
        }
        let room = min(source.members.remainingBytes, ArchiveMembers.largest)
        var bytes: [UInt8]
        do throws(ArchiveStream.Failure) {
            bytes = try stream.contents(room: room, ratio: limits.unpackedRatio)
        } catch {
            switch error {
            case .damaged(let start) where !start.isEmpty:
                diagnostics.report("archive-member-cut", "the packed data is damaged; what follows is lost")
                bytes = start
            case .damaged, .unsupported, .encrypted: throw .malformed("the packed data is damaged")
            case .limit(let unpacked):
                source.members.spend(unpacked)
                throw .limit("it unpacks to more than is allowed")
            }
        }
        try Self.read(bytes, source, sink, &diagnostics)
    }

    private static func read(
        _ bytes: [UInt8], _ source: Source, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let name = source.innerExtension.isEmpty ? GzipFile.name(source.bytes) ?? "content" : "content.\(source.innerExtension)"
        var failure: ReadError?
        bytes.withUnsafeBytes { bytes in
            do throws(ReadError) { try source.members.readWrapped(name, bytes, into: sink, diagnostics: &diagnostics) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}

/// What stands before the packed data (RFC 1952, 2.3.1).
enum GzipFile {
    /// The name a file had before it was packed.
    static func name(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard let start = afterExtra(bytes), bytes[3] & 8 != 0, start < bytes.count else { return nil }
        let name = bytes[start...].prefix(1_024).prefix { $0 != 0 }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }

    /// What can be unpacked of a file that breaks off; nil when that is nothing, or too much.
    static func beginning(of bytes: UnsafeRawBufferPointer, most: Int, ratio: Int) -> [UInt8]? {
        guard var start = afterExtra(bytes) else { return nil }
        // Name and comment end with a zero each, the header's sum has two bytes.
        for flag in [UInt8(8), 16] where bytes[3] & flag != 0 {
            guard let end = bytes[min(start, bytes.count)...].firstIndex(of: 0) else { return nil }
            start = end + 1
        }
        if bytes[3] & 2 != 0 { start += 2 }
        guard start < bytes.count else { return nil }
        let packed = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let found = PackedBytes.inflated(packed, most: min(most, PackedBytes.room(for: packed.count, ratio: ratio)))
        return found.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func afterExtra(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count > 12, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 else { return nil }
        return bytes[3] & 4 == 0 ? 10 : 12 + (Int(bytes[10]) | Int(bytes[11]) << 8)
    }
}
