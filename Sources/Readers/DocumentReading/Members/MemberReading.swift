// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// A document within a document: an archive's member, a message's attachment.
package struct Member {
    /// As the container names it, without control characters; may be a path with slashes.
    package let name: String
    /// What the container claims, lower case, without parameters; content overrules it.
    package let mediaType: String?
    /// Valid while it is read.
    package let bytes: UnsafeRawBufferPointer

    package init(name: String, mediaType: String? = nil, bytes: UnsafeRawBufferPointer) {
        self.name = Self.shown(name)
        self.mediaType = mediaType
        self.bytes = bytes
    }

    private static func shown(_ name: String) -> String {
        let isPlain = name.utf8.count <= 512 && name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isPlain ? name : String(String.UnicodeScalarView(name.unicodeScalars.lazy.filter { !isControl($0) }.prefix(512)))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The name's extension, lower case, without the dot; empty when there is none.
    package var nameExtension: String { Self.nameExtensions(name).last }
    /// The one before it: `csv` of `report.csv.gz`.
    package var innerExtension: String { Self.nameExtensions(name).inner }

    /// The last two extensions of a file's name, or what a well-known name stands for; empty where they are no plain ASCII words.
    package static func nameExtensions(_ name: String) -> (inner: String, last: String) {
        let file = name.utf8.split(separator: UInt8(ascii: "/")).last ?? name.utf8[...]
        if let known = WellKnownName.fileExtension(of: String(decoding: file, as: UTF8.self)) { return ("", known) }
        let words = file.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst().suffix(2).map { word in
            let isPlain = !word.isEmpty && word.count <= 16 && word.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            return isPlain ? String(decoding: word, as: UTF8.self).lowercased() : ""
        }
        return (words.count > 1 ? words[0] : "", words.last ?? "")
    }
}

/// Where a member's text goes.
package enum MemberPlace: Sendable, Hashable {
    /// Below a heading of this level with the member's name; its own headings become lower than that.
    case headed(level: Int)
    /// Without a heading of its own; its headings are lowered by so many levels.
    case within(level: Int)
    /// In its container's place, with its metadata: the container is only its wrapping.
    case instead

    package var level: Int {
        switch self {
        case .headed(let level), .within(let level): level
        case .instead: 0
        }
    }
}

/// What became of a member.
package enum MemberOutcome: Sendable, Hashable {
    case read
    /// Nothing of it is in the output.
    case left(ReadError)
}

/// Reads the members of a container into the container's own output. What cannot be read is a diagnostic and an outcome,
/// never the end of the container.
///
/// One budget of members, depth and unpacked bytes holds for all levels of a document together.
package protocol MemberReading: AnyObject {
    /// To what members may still be unpacked: the next one, and so all of them.
    var remainingBytes: Int { get }
    /// Counts what was unpacked in vain against that, or an archive of bombs would cost the time of all of them.
    func spend(_ bytes: Int)
    /// The names of pictures and notes that are taken in this container, over its members; a container's own pictures take theirs here as well.
    var names: MediaNames { get }
    /// The language of what a container says of its members.
    var labels: LabelLanguage { get }

    func read(
        _ member: Member, _ place: MemberPlace, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(SinkError) -> MemberOutcome
}

extension MemberReading {
    package func spend(_ bytes: Int) {}

    /// Reads what a document is only the wrapping of in that document's place, to its end.
    package func readWrapped(_ name: String, _ bytes: UnsafeRawBufferPointer, into sink: any DocumentSink, diagnostics: inout Diagnostics) throws(ReadError) {
        let outcome: MemberOutcome
        do throws(SinkError) {
            outcome = try read(Member(name: name, bytes: bytes), .instead, into: sink, diagnostics: &diagnostics)
            if case .read = outcome { try sink.finish() }
        } catch { throw .sink(error) }
        if case .left(let error) = outcome { throw error }
    }
}

/// Leaves every member unread: for readers that are used without their surroundings.
package final class UnreadMembers: MemberReading {
    package let remainingBytes = 1 << 30
    package let names = MediaNames()
    package let labels = LabelLanguage.en

    package init() {}

    package func read(
        _ member: Member, _ place: MemberPlace, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(SinkError) -> MemberOutcome { .left(.unsupported("members are not read here")) }
}
