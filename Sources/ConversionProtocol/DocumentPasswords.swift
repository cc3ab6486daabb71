// SPDX-License-Identifier: Apache-2.0

/// Passwords that may open a document, tried in this order. They are never written, logged or shown: neither a description
/// nor a mirror says more than how many there are.
public struct DocumentPasswords: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// At most `most`, none of them empty, each once.
    public let candidates: [String]

    /// Each candidate costs up to a tenth of a second on an encrypted document.
    public static let most = 100
    /// Bytes of one password.
    public static let longest = 1_024

    /// What is empty, too long, repeated or too many is left out.
    public init(_ candidates: [String] = []) {
        var seen: Set<String> = []
        self.candidates = Array(candidates.filter { (1...Self.longest).contains($0.utf8.count) && seen.insert($0).inserted }.prefix(Self.most))
    }

    public var isEmpty: Bool { candidates.isEmpty }
    public var description: String { "\(candidates.count) password\(candidates.count == 1 ? "" : "s")" }
    public var customMirror: Mirror { Mirror(self, children: ["count": candidates.count]) }
}

extension DocumentPasswords {
    /// One password a line, as files and commands give them; a line's end, LF or CRLF, is no part of it.
    public init(lines: [UInt8]) {
        self.init(lines.split(separator: 0x0A).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        })
    }
}
