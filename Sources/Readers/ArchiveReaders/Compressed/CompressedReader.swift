// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Reads what one compressor has packed: the document within, in the wrapping's place, or the archive within, by members.
struct CompressedReader: DocumentReader {
    func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard let stream = ArchiveStream(source.bytes, .packed) else { throw .malformed("it is not packed in the way it seems to be") }
        let first = stream.next()
        guard stream.isPacked else { throw .malformed("it is not packed in the way it seems to be") }
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
            case .limit: throw .limit("it unpacks to more than is allowed")
            }
        }
        try Self.read(bytes, source, sink, &diagnostics)
    }

    private static func read(
        _ bytes: [UInt8], _ source: Source, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let name = source.innerExtension.isEmpty ? GzipName.read(source.bytes) ?? "content" : "content.\(source.innerExtension)"
        var result = Result<MemberOutcome, SinkError>.success(.read)
        bytes.withUnsafeBytes { bytes in
            result = Result { () throws(SinkError) in
                try source.members.read(Member(name: name, bytes: bytes), .instead, into: sink, diagnostics: &diagnostics)
            }
        }
        switch result {
        case .success(.left(let error)): throw error
        case .failure(let error): throw .sink(error)
        case .success(.read):
            do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
        }
    }
}

/// The name a file had before it was packed (RFC 1952, 2.3.1).
enum GzipName {
    static func read(_ bytes: UnsafeRawBufferPointer) -> String? {
        guard bytes.count > 10, bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[3] & 8 != 0 else { return nil }
        var at = 10
        if bytes[3] & 4 != 0 {
            guard bytes.count > 12 else { return nil }
            at = 12 + (Int(bytes[10]) | Int(bytes[11]) << 8)
        }
        guard at < bytes.count else { return nil }
        let name = bytes[at...].prefix(1_024).prefix { $0 != 0 }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
    }
}
