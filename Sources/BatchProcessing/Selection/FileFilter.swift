// SPDX-License-Identifier: Apache-2.0
import FileAccess
public import SystemPackage

/// What a filter looks at. `path` is relative to the inbox or whatever was listed.
public struct FileFacts: Sendable, Hashable {
    public var path: FilePath
    public var size: UInt64
    /// Since the last change; nil when it is not known, and then no rule about it holds the file back.
    public var age: Duration?

    public init(path: FilePath, size: UInt64, age: Duration? = nil) {
        self.path = path
        self.size = size
        self.age = age
    }
}

/// Which files are taken. Empty rules take everything; exclusions win over inclusions.
public struct FileFilter: Sendable {
    /// Without dots, in any case: `docx`, `tar.gz`.
    public var extensions: Set<String> = []
    /// `application/pdf`, `text/*`.
    public var mediaTypes: [String] = []
    public var minimumSize: UInt64 = 0
    public var maximumSize = UInt64.max
    public var minimumAge: Duration?
    public var maximumAge: Duration?
    /// A file is taken when it matches one of these or one of `includedExpressions`.
    public var included: [Glob] = []
    public var includedExpressions: [PathExpression] = []
    public var excluded: [Glob] = []
    public var excludedExpressions: [PathExpression] = []
    /// Files or whole folders.
    public var excludedPaths: [FilePath] = []

    public init() {}

    public enum Verdict: Sendable, Hashable {
        case taken
        /// The rule and why it holds, for people: `exclude "*.tmp"`, `smaller than 100 bytes`.
        case ignored(String)
    }

    /// `mediaType` is asked only when everything else is fine and a rule needs it, because it opens the file.
    public func verdict(on file: FileFacts, mediaType: () -> String? = { nil }) -> Verdict {
        if let path = excludedPaths.first(where: { file.path.starts(with: $0) }) { return .ignored("excluded path \(path.quoted)") }
        if let glob = excluded.first(where: { $0.matches(file.path) }) { return .ignored("exclude \"\(glob)\"") }
        if let expression = excludedExpressions.first(where: { $0.matches(file.path) }) { return .ignored("exclude expression \"\(expression)\"") }
        if !extensions.isEmpty && !hasExtension(file.path) { return .ignored("extension is not among \(extensions.sorted().joined(separator: ", "))") }
        if let reason = notIncluded(file.path) ?? wrongSize(file) ?? wrongAge(file) { return .ignored(reason) }
        guard !mediaTypes.isEmpty else { return .taken }
        let type = mediaType() ?? "unknown"
        return mediaTypes.contains { MediaType.matches(type, $0) } ? .taken : .ignored("media type \(type) is not among \(mediaTypes.joined(separator: ", "))")
    }

    private func hasExtension(_ path: FilePath) -> Bool {
        guard let name = path.lastComponent?.string.lowercased() else { return false }
        return extensions.contains { name.hasSuffix("." + $0.lowercased()) }
    }

    private func notIncluded(_ path: FilePath) -> String? {
        if included.isEmpty && includedExpressions.isEmpty { return nil }
        if included.contains(where: { $0.matches(path) }) || includedExpressions.contains(where: { $0.matches(path) }) { return nil }
        return "matches no include: \((included.map(\.text) + includedExpressions.map(\.text)).map { "\"\($0)\"" }.joined(separator: ", "))"
    }

    private func wrongSize(_ file: FileFacts) -> String? {
        if file.size < minimumSize { return "\(file.size) bytes are less than \(minimumSize)" }
        if file.size > maximumSize { return "\(file.size) bytes are more than \(maximumSize)" }
        return nil
    }

    private func wrongAge(_ file: FileFacts) -> String? {
        guard let age = file.age else { return nil }
        if let minimumAge, age < minimumAge { return "younger than \(minimumAge)" }
        if let maximumAge, age > maximumAge { return "older than \(maximumAge)" }
        return nil
    }
}
