// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// How one conversion ended, and whether it may end so.
struct Verdict {
    /// `text`, `text+losses`, `silent-empty`, or the failure's code.
    var name: String
    var detail: String
    var usage = ResourceUsage()
    var format = ""

    init(_ reply: ConversionReply) {
        usage = reply.usage
        format = reply.detectedFormat
        let isEmpty = reply.textBytes.reduce(0, +) == 0
        name = reply.losses.isEmpty ? isEmpty ? "silent-empty" : "text" : "text+losses"
        detail = reply.losses.map(\.code).prefix(4).joined(separator: " ")
    }

    init(_ error: ConversionError) {
        name = error.code.rawValue
        detail = error.reason
    }

    /// Whether a document may end so: in text, or in a failure that is its own; never by a crash, a broken reply, in nothing at all.
    func isFine(_ expected: Expectation) -> Bool {
        switch name {
        case "text", "text+losses": expected != .refused && usage.peakBytes <= Self.mostMemory
        case "malformed", "encrypted", "unsupported", "document-limit", "output-limit", "text-limit", "text-ratio-limit", "asset-limit", "page-limit", "member-limit", "xml-depth-limit", "empty": expected != .delivered
        case "memory", "timeout-cpu": expected == .limited
        default: false
        }
    }

    /// What a hostile document may take in memory and time before it is a finding.
    static let mostMemory: UInt64 = 512 << 20
    static let mostSeconds: UInt64 = 10
}

/// How a document may end; a bomb's folder is named so.
enum Expectation: String {
    case delivered, refused, either
    /// A library of others needs more memory or time than there is, and is stopped.
    case limited

    /// `delivered/a.md` is to be delivered; what lies in no such folder may end either way.
    init(path: String) { self = path.split(separator: "/").first.flatMap { Expectation(rawValue: String($0)) } ?? .either }
}

/// What a run has seen so far.
struct Tally {
    private var names: [String: [String: Int]] = [:]
    private(set) var total = 0
    private(set) var findings = 0
    /// Microseconds of processor time of what ended in text.
    private(set) var cpu: [String: UInt64] = [:]
    private var slowest: [(cpu: UInt64, name: String)] = []
    private var largest: [(peak: UInt64, name: String)] = []

    mutating func count(_ verdict: Verdict, _ name: String, kind: String) {
        total += 1
        if !verdict.isFine(Expectation(path: name)) { findings += 1 }
        if verdict.usage.cpuMicroseconds > 0 { cpu[name] = verdict.usage.cpuMicroseconds }
        names[kind, default: [:]][verdict.name, default: 0] += 1
        Self.keep(&slowest, (verdict.usage.cpuMicroseconds, name)) { $0.cpu > $1.cpu }
        Self.keep(&largest, (verdict.usage.peakBytes, name)) { $0.peak > $1.peak }
    }

    private static func keep<Fact>(_ list: inout [Fact], _ fact: Fact, by before: (Fact, Fact) -> Bool) {
        if list.count == 5, let last = list.last, !before(fact, last) { return }
        list.append(fact)
        list.sort(by: before)
        if list.count > 5 { list.removeLast() }
    }

    /// One line per kind, then the extremes.
    func table() -> String {
        let columns = Set(names.values.flatMap(\.keys)).sorted()
        var out = (["kind"] + columns).joined(separator: "\t") + "\n"
        for (kind, row) in names.sorted(by: { $0.key < $1.key }) {
            out += ([kind] + columns.map { "\(row[$0] ?? 0)" }).joined(separator: "\t") + "\n"
        }
        out += "slowest: " + slowest.map { "\($0.name) \($0.cpu / 1_000) ms" }.joined(separator: ", ") + "\n"
        out += "largest: " + largest.map { "\($0.name) \($0.peak >> 20) MiB" }.joined(separator: ", ") + "\n"
        return out + "\(total) documents, \(findings) findings"
    }
}
