// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol

/// How files ended, by format and by failure.
package struct EndCounts: Sendable, Equatable {
    package struct OfFormat: Sendable, Equatable {
        package var done = 0
        package var failed = 0
        /// Of the files that are done.
        package var bytes: UInt64 = 0
    }

    /// By the format that a file was taken for; one that failed counts under its name's extension.
    package private(set) var formats: [String: OfFormat] = [:]
    package private(set) var failures: [FailureCode: Int] = [:]
    /// Of the files that are done: those whose losses say that they are damaged, the first of them by their paths, and those with other losses.
    package private(set) var damaged = 0
    package private(set) var firstDamaged: [String] = []
    package private(set) var lossy = 0

    package init() {}

    package mutating func done(format: String, bytes: UInt64) {
        let name = kept(format)
        formats[name, default: OfFormat()].done += 1
        formats[name, default: OfFormat()].bytes &+= bytes
    }

    /// What was lost of a file that is done; `path` for people.
    package mutating func lost(_ losses: [Loss], path: String) {
        if losses.isEmpty { return }
        guard losses.contains(where: \.isDamage) else { return lossy += 1 }
        damaged += 1
        if firstDamaged.count < Self.named { firstDamaged.append(path) }
    }

    package mutating func failed(name: String, _ code: FailureCode) {
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        formats[kept(ending), default: OfFormat()].failed += 1
        failures[code, default: 0] += 1
    }

    package mutating func add(_ other: EndCounts) {
        for (name, counts) in other.formats {
            let name = kept(name)
            formats[name, default: OfFormat()].done += counts.done
            formats[name, default: OfFormat()].failed += counts.failed
            formats[name, default: OfFormat()].bytes &+= counts.bytes
        }
        for (code, count) in other.failures { failures[code, default: 0] += count }
        damaged += other.damaged
        lossy += other.lossy
        firstDamaged = Array((firstDamaged + other.firstDamaged).prefix(Self.named))
    }

    /// Extensions come from people: they are shown when they are words, and are bounded in number.
    private func kept(_ format: String) -> String {
        guard !format.isEmpty, format.count <= 12, format.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else { return Self.other }
        return formats[format] != nil || formats.count < Self.most ? format : Self.other
    }

    package static let other = "other"
    private static let most = 100
    private static let named = 5
}
