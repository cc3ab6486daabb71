// SPDX-License-Identifier: Apache-2.0

/// How soon a job runs; within one priority the older job goes first.
public enum Priority: Int, Sendable, Codable, CaseIterable, Comparable {
    case low, normal, high, urgent

    public var name: String {
        switch self {
        case .low: "low"
        case .normal: "normal"
        case .high: "high"
        case .urgent: "urgent"
        }
    }

    public init?(name: String) {
        guard let match = Priority.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    public static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }
}
