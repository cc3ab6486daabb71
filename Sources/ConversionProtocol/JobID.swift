// SPDX-License-Identifier: Apache-2.0

/// A job's name for its whole life: 26 characters of Crockford's base 32, sortable by time.
///
/// 48 bits of Unix milliseconds, then 80 random bits (the ULID layout). It never holds `/`, so it is also a file name.
public struct JobID: Hashable, Sendable, Comparable, Codable, CustomStringConvertible {
    public let text: String

    /// A new name; `milliseconds` since 1970 only orders names, uniqueness comes from the random bits.
    public init(milliseconds: UInt64) {
        var random = SystemRandomNumberGenerator()
        let low = random.next()
        let high = UInt64(UInt16.random(in: .min ... .max, using: &random))
        var digits: [UInt8] = []
        digits.reserveCapacity(26)
        for shift in stride(from: 45, through: 0, by: -5) { digits.append(Self.alphabet[Int(milliseconds >> shift & 31)]) }
        for shift in stride(from: 75, through: 0, by: -5) {
            // 80 bits in two words: `high` has the upper 16.
            let word = shift >= 64 ? high >> (shift - 64) : low >> shift | (shift > 59 ? high << (64 - shift) : 0)
            digits.append(Self.alphabet[Int(word & 31)])
        }
        text = String(decoding: digits, as: UTF8.self)
    }

    /// Takes a name back from a directory entry or a command; nil when it is not one.
    public init?(_ text: String) {
        guard text.utf8.count == 26, text.utf8.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.text = text
    }

    /// Milliseconds since 1970 at which the name was made.
    public var milliseconds: UInt64 {
        text.utf8.prefix(10).reduce(0) { $0 << 5 | UInt64(Self.alphabet.firstIndex(of: $1) ?? 0) }
    }

    public var description: String { text }
    public static func < (a: JobID, b: JobID) -> Bool { a.text < b.text }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = JobID(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a job name: \(text)"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}
