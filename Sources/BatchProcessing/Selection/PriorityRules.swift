// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
public import SystemPackage

/// Patterns that say how soon a file runs; the first that matches decides.
public struct PriorityRules: Sendable, Hashable {
    public struct Rule: Sendable, Hashable {
        public var pattern: Glob
        public var priority: Priority

        public init(_ pattern: Glob, _ priority: Priority) {
            self.pattern = pattern
            self.priority = priority
        }
    }

    public var rules: [Rule]
    public var otherwise: Priority

    public init(_ rules: [Rule] = [], otherwise: Priority = .normal) {
        self.rules = rules
        self.otherwise = otherwise
    }

    public func priority(of path: FilePath) -> Priority {
        rules.first { $0.pattern.matches(path) }?.priority ?? otherwise
    }
}
