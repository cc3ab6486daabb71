// SPDX-License-Identifier: Apache-2.0
import Decryption
import DocumentReading
import DocumentTree
import TextDecoding

/// Reads archives that are unpacked in one go from their beginning: tar, 7z, rar and their relatives.
///
///     bytes ─ ArchiveStream ▶ entries, one in memory at a time ─ ArchiveMembers ▶ the readers of the members
struct StreamedArchiveReader: DocumentReader {
    let kind: ArchiveStream.Kind

    func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard let stream = ArchiveStream(source.bytes, kind) else { throw .malformed("it is no archive of the kind it seems to be") }
        try Self.read(stream, first: stream.next(), source, limits, sink, &diagnostics)
    }

    /// Reads from the entry that was met first to the end.
    static func read(
        _ stream: ArchiveStream, first: ArchiveStream.Step, _ source: Source, _ limits: ReadLimits, _ sink: any DocumentSink,
        _ diagnostics: inout Diagnostics
    ) throws(ReadError) {
        if case .damaged = first {
            if ArchiveVolumes.isPart(source.bytes) { throw .unsupported("it is one part of an archive in several files; put them together with its own program") }
            throw stream.isEncrypted ? .encrypted(Passwords.unreadable("the archive", instead: "unpack it with its own program")) : .malformed("the archive is damaged at its beginning")
        }
        var walk = ArchiveWalk(stream, limits, ArchiveMembers(source, sink))
        do throws(SinkError) {
            try sink.begin(Metadata())
            try walk.walk(from: first, &diagnostics)
        } catch { throw .sink(error) }
        if walk.isAllEncrypted { throw .encrypted(Passwords.unreadable("the archive", instead: "unpack it with its own program")) }
        if RARBlocks.isCut(source.bytes) { diagnostics.report("archive-damaged", "the archive is damaged; what follows is lost") }
        do throws(SinkError) { try walk.members.finish(&diagnostics) } catch { throw .sink(error) }
    }
}

/// One pass over an archive's entries.
private struct ArchiveWalk {
    let stream: ArchiveStream
    let limits: ReadLimits
    var members: ArchiveMembers
    private var files = 0
    private var encrypted = 0
    /// Bytes that had to be unpacked only to be passed over.
    private var passed = 0
    private var isOver = false

    /// Entries looked at; how many of them are read is the members' own limit.
    private static let mostEntries = 100_000

    init(_ stream: ArchiveStream, _ limits: ReadLimits, _ members: ArchiveMembers) {
        self.stream = stream
        self.limits = limits
        self.members = members
    }

    var isAllEncrypted: Bool { files > 0 && encrypted == files }

    mutating func walk(from first: ArchiveStream.Step, _ diagnostics: inout Diagnostics) throws(SinkError) {
        var step = first
        for _ in 0..<Self.mostEntries {
            switch step {
            case .end: return
            case .damaged:
                if stream.isEncrypted { encrypted += 1; files += 1 }
                diagnostics.report("archive-damaged", "the archive is damaged; what follows is lost")
                return
            case .entry(let entry): try read(entry, &diagnostics)
            }
            if isOver { return diagnostics.report("archive-entries-left", "members over the limits were passed over; what follows them was left") }
            step = stream.next()
        }
        diagnostics.report("archive-entries-left", "more than \(Self.mostEntries) entries; the others were left")
    }

    private mutating func read(_ entry: ArchiveStream.Entry, _ diagnostics: inout Diagnostics) throws(SinkError) {
        let name = Self.shown(entry.name)
        switch entry.kind {
        case .directory: return
        case .link: return diagnostics.report("archive-links-left", "links to other files were left out")
        case .special: return diagnostics.report("archive-devices-left", "devices and other special files were left out")
        case .file: break
        }
        guard !ArchiveMembers.isClutter(name) else { return }
        files += 1
        if entry.isEncrypted {
            encrypted += 1
            return members.leave(name, size: entry.size, code: "encrypted", "it is encrypted", &diagnostics)
        }
        if let size = entry.size, size > members.room {
            members.leave(name, size: size, code: "limit", "it unpacks to more than is allowed", &diagnostics)
            return pass(over: size)
        }
        let contents = Result { () throws(ArchiveStream.Failure) in try stream.contents(room: members.room, ratio: limits.unpackedRatio) }
        switch contents {
        case .success(let bytes): try pass(name, bytes, &diagnostics)
        case .failure(.damaged(let bytes)):
            diagnostics.report("archive-member-cut", "a member is damaged; what follows in it is lost", at: name)
            try pass(name, bytes, &diagnostics)
        case .failure(.limit(let unpacked)):
            members.leave(name, size: entry.size, code: "limit", "it unpacks to more than is allowed", &diagnostics)
            members.spend(unpacked)
            pass(over: entry.size ?? .max)
        case .failure(.unsupported): members.leave(name, size: entry.size, code: "unsupported", "it is packed in an uncommon way", &diagnostics)
        case .failure(.encrypted):
            encrypted += 1
            members.leave(name, size: entry.size, code: "encrypted", "it is encrypted", &diagnostics)
        }
    }

    /// Of an archive that is packed as a whole nothing can be reached but through what stands before it.
    private mutating func pass(over bytes: Int) {
        guard stream.isPacked else { return }
        let (sum, overflow) = passed.addingReportingOverflow(bytes)
        passed = sum
        isOver = overflow || sum > limits.unpackedBytes
    }

    private mutating func pass(_ name: String, _ bytes: [UInt8], _ diagnostics: inout Diagnostics) throws(SinkError) {
        var result = Result<Void, SinkError>.success(())
        bytes.withUnsafeBytes { bytes in
            result = Result { () throws(SinkError) in try members.read(name, bytes, &diagnostics) }
        }
        try result.get()
    }

    /// UTF-8 where it is that; else what the bytes look like.
    private static func shown(_ name: [UInt8]) -> String {
        var text = String(validating: name, as: UTF8.self) ?? name.withUnsafeBufferPointer { bytes in
            String(decoding: Charset(of: bytes, declared: nil).utf8(bytes).text, as: UTF8.self)
        }
        while text.hasPrefix("./") { text.removeFirst(2) }
        return text
    }
}
