// SPDX-License-Identifier: Apache-2.0
import FileAccess
public import SystemPackage
import _StringProcessing

/// A regular expression (Swift's syntax, close to PCRE) searched for in a relative path.
///
/// Bytes that are not UTF-8 are seen as U+FFFD. The expression comes from whoever runs the program, never from a file.
public final class PathExpression: @unchecked Sendable, CustomStringConvertible {
    // Compiled once and only read afterwards, which is what its missing Sendable is about.
    private let expression: Regex<AnyRegexOutput>
    public let text: String

    /// - Throws: `PatternError`.
    public init(_ text: String) throws {
        self.text = text
        do { expression = try Regex(text) } catch { throw PatternError(text, "\(error)") }
    }

    public var description: String { text }

    public func matches(_ path: FilePath) -> Bool {
        String(decoding: path.bytes, as: UTF8.self).firstMatch(of: expression) != nil
    }
}
