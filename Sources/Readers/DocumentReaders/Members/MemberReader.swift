// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import ZipArchive

/// Reads members with the readers of this registry, within one budget for all levels.
///
///     container ─ Member ▶ picture? ─▶ media and its place
///                        └ Detection ▶ reader ─ MemberSink ▶ the container's sink
package final class MemberReader: MemberReading {
    /// What all levels of one document share.
    private final class Budget {
        var remainingBytes: Int
        var members = 0

        init(bytes: Int) { remainingBytes = bytes }
    }

    private let budget: Budget
    private let limits: ReadLimits
    /// Containers around the members read here.
    private let depth: Int

    package convenience init(limits: ReadLimits) {
        self.init(limits, Budget(bytes: limits.unpackedBytes), depth: 1)
    }

    private init(_ limits: ReadLimits, _ budget: Budget, depth: Int) {
        self.limits = limits
        self.budget = budget
        self.depth = depth
    }

    package var remainingBytes: Int { max(0, budget.remainingBytes) }
    package func spend(_ bytes: Int) { budget.remainingBytes -= bytes }
    /// Those of this level: what is within a member takes its names there, and gets others here where they are taken.
    package let names = MediaNames()
    package var labels: LabelLanguage { limits.labels }

    package func read(
        _ member: Member, _ place: MemberPlace, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(SinkError) -> MemberOutcome {
        guard !member.bytes.isEmpty else { return .left(.malformed("it is empty")) }
        if let refusal = refusal(of: member, &diagnostics) { return refusal }
        if let mediaType = PictureType.sniffed(member.bytes) {
            try show(member, mediaType, place, sink)
            return .read
        }
        guard case .headed = place, try sink.beginPart(DocumentPart(.member, member.name)) else {
            return try take(member, place, sink, reports: place != .instead, &diagnostics)
        }
        let outcome = try take(member, .instead, sink, reports: true, &diagnostics)
        try sink.endPart()
        return outcome
    }

    private func take(
        _ member: Member, _ place: MemberPlace, _ sink: any DocumentSink, reports: Bool, _ diagnostics: inout Diagnostics
    ) throws(SinkError) -> MemberOutcome {
        let inner = MemberSink(sink, place, heading: [.text(member.name)], names: names)
        var losses = Diagnostics()
        do throws(ReadError) {
            try read(member, into: inner, &losses)
            if !inner.hasContent { losses.report("empty-text", "the document has content but gave no text") }
            diagnostics.fold(losses, of: member.name)
            // A wrapping ends as what is in it would without: whether in an empty text or in a failure is decided there.
            return inner.hasContent || !reports ? .read : .left(.malformed("it gave no text"))
        } catch {
            if case .sink(let failure) = error { throw failure }
            try inner.close()
            diagnostics.fold(losses, of: member.name)
            guard reports || inner.hasContent else { return .left(error) }
            diagnostics.report("member-unreadable", "cannot read \"\(member.name)\": \(error.code), \(error.reason)", at: member.name)
            return inner.hasContent ? .read : .left(error)
        }
    }

    /// Spends the budget; what it no longer allows is refused.
    private func refusal(of member: Member, _ diagnostics: inout Diagnostics) -> MemberOutcome? {
        budget.members += 1
        guard depth <= limits.depth else {
            diagnostics.report("members-too-deep", "containers are nested more than \(limits.depth) deep; members of the innermost were left", at: member.name)
            return .left(.limit("it is nested too deeply"))
        }
        guard budget.members <= limits.members else {
            diagnostics.report("members-too-many", "more than \(limits.members) members; the others were left", at: member.name)
            return .left(.limit("there are too many members"))
        }
        guard member.bytes.count <= budget.remainingBytes else {
            diagnostics.report("members-too-large", "members unpack to more than \(limits.unpackedBytes) bytes; some were left", at: member.name)
            return .left(.limit("the members are too large together"))
        }
        budget.remainingBytes -= member.bytes.count
        return nil
    }

    private func read(_ member: Member, into sink: MemberSink, _ losses: inout Diagnostics) throws(ReadError) {
        let inside = MemberReader(limits, budget, depth: depth + 1)
        let source = Source(member.bytes, nameExtension: member.nameExtension, innerExtension: member.innerExtension, mediaType: member.mediaType, members: inside)
        let opened = try OpenedSource(source, limits)
        defer { withExtendedLifetime(opened) {} }
        let format = opened.format
        var allowed = limits
        allowed.unpackedBytes = remainingBytes
        if format.name != "zip", let claim = Self.unpackedClaim(of: member.bytes) {
            guard claim <= remainingBytes else { throw .limit("its parts unpack to more than what is left of the container's limit") }
            budget.remainingBytes -= claim
            allowed.unpackedBytes = min(allowed.unpackedBytes, Self.freeBytes + 2 * claim)
        }
        try format.reader().read(opened.source, limits: allowed, into: sink, diagnostics: &losses)
    }

    /// What a package in a container may unpack to beyond what its directory claims; twice the claim, for parts read twice.
    private static let freeBytes = 16 << 20

    /// To what the parts of a ZIP package unpack, by its directory; nil for anything else.
    private static func unpackedClaim(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.starts(with: [0x50, 0x4B]), let file = try? ZipFile(bytes) else { return nil }
        var sum = 0
        for entry in file.entries {
            let (more, overflow) = sum.addingReportingOverflow(entry.unpackedSize ?? entry.packedSize)
            if overflow { return nil }
            sum = more
        }
        return min(sum, 1 << 40)
    }

    private func show(_ member: Member, _ mediaType: String, _ place: MemberPlace, _ sink: any DocumentSink) throws(SinkError) {
        let id = names.claim(member.name)
        if case .headed(let level) = place { try sink.append(.heading(level: level, [.text(member.name)])) }
        if limits.wantsMedia { try sink.append(Media(id: id, mediaType: mediaType, bytes: Array(member.bytes))) }
        try sink.append(.paragraph([.image(Image(.media(id), alternative: MetafileText.alternative(member.name, MetafileText.line(member.bytes))))]))
    }
}
