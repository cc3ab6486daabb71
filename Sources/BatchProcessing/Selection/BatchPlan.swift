// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import FileAccess
public import SystemPackage

/// What a run would do with each file, and why, without doing it.
public struct BatchPlan: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        case convert(to: [FilePath], Priority)
        /// Left where it is; the rule that says so.
        case ignore(String)
        /// The content has been converted before, or stands earlier in the plan.
        case duplicate(of: FilePath)
    }

    public struct Entry: Sendable, Hashable {
        public var file: FileFacts
        public var step: Step
    }

    public private(set) var entries: [Entry] = []
    public private(set) var jobs = 0
    public private(set) var bytes: UInt64 = 0
    public private(set) var ignored = 0
    public private(set) var duplicates = 0

    public init() {}

    /// Adds one file. `duplicate` is asked only for a file that would be converted.
    public mutating func add(
        _ file: FileFacts, filter: FileFilter, priorities: PriorityRules = .init(), outputs: [FilePath],
        mediaType: () -> String? = { nil }, duplicate: () throws -> FilePath? = { nil }
    ) rethrows {
        switch filter.verdict(on: file, mediaType: mediaType) {
        case .ignored(let rule):
            ignored += 1
            entries.append(Entry(file: file, step: .ignore(rule)))
        case .taken:
            if let original = try duplicate() {
                duplicates += 1
                entries.append(Entry(file: file, step: .duplicate(of: original)))
                return
            }
            jobs += 1
            bytes += file.size
            entries.append(Entry(file: file, step: .convert(to: outputs, priorities.priority(of: file.path))))
        }
    }
}

extension BatchPlan.Entry: CustomStringConvertible {
    /// `convert "a.docx" to "a.docx.md" (normal)`, `ignore "b.tmp": exclude "*.tmp"`.
    public var description: String {
        switch step {
        case .convert(let outputs, let priority):
            "convert \(file.path.quoted) to \(outputs.map(\.quoted).joined(separator: ", ")) (\(priority.name))"
        case .ignore(let rule): "ignore \(file.path.quoted): \(rule)"
        case .duplicate(let original): "skip \(file.path.quoted): same content as \(original.quoted)"
        }
    }
}
