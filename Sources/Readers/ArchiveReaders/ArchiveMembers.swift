// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// An archive's members on their way into its document, in the archive's order; what was not read is listed behind them.
struct ArchiveMembers {
    private let source: Source
    private let sink: any DocumentSink
    private var listing = MemberListing()
    private var seen = 0

    /// One member unpacked: it is in memory while it is read.
    static let largest = 256 << 20

    init(_ source: Source, _ sink: any DocumentSink) {
        self.source = source
        self.sink = sink
    }

    /// What the next member may unpack to.
    var room: Int { min(source.members.remainingBytes, Self.largest) }

    /// Counts what was unpacked in vain.
    func spend(_ bytes: Int) { source.members.spend(bytes) }

    /// What systems put into archives for themselves.
    static func isClutter(_ name: String) -> Bool {
        if name.hasPrefix("__MACOSX/") || name.contains("/__MACOSX/") { return true }
        let file = name.split(separator: "/").last ?? ""
        return file.hasPrefix("._") || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(file)
    }

    mutating func read(_ name: String, _ bytes: UnsafeRawBufferPointer, _ diagnostics: inout Diagnostics) throws(SinkError) {
        seen += 1
        let outcome = try source.members.read(Member(name: name, bytes: bytes), .headed(level: 1), into: sink, diagnostics: &diagnostics)
        if case .left(let error) = outcome { listing.add(name, bytes: bytes.count, reason: error.reason) }
        try sink.progress(seen)
    }

    /// A member whose bytes could not even be unpacked.
    mutating func leave(_ name: String, size: Int?, code: String, _ reason: String, _ diagnostics: inout Diagnostics) {
        seen += 1
        diagnostics.report("member-unreadable", "cannot read \"\(name)\": \(code), \(reason)", at: name)
        listing.add(name, bytes: size, reason: reason)
    }

    func finish(_ diagnostics: inout Diagnostics) throws(SinkError) {
        if seen == 0 { diagnostics.report("archive-no-members", "the archive holds no files") }
        try listing.send(under: .membersLeft, in: source.members.labels, level: 1, to: sink)
        try sink.finish()
    }
}
