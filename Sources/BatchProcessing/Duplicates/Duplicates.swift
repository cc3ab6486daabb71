// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What is done with content that was converted before.
public enum DuplicatePolicy: String, Sendable, Codable, CaseIterable {
    /// Converted again.
    case convert
    /// Not converted; the job is done without an output.
    case skip
    /// Not converted; its output is a link to the first one.
    case link
}

/// Remembers which content became which output, by SHA-256 in 64 lower case hexadecimal digits.
public protocol DuplicateStore: Sendable {
    associatedtype Record: Sendable
    /// What became of this content, if it was converted before and its output still counts.
    func record(of hash: String) async throws -> Record?
    func remember(_ record: Record, of hash: String) async throws
}

/// Sees to it that of several jobs with one content only the first is converted, even when they run at the same time.
///
///     switch try await duplicates.verdict(on: hash) {
///     case .first: … convert, then settle(hash, with: output), or settle(hash, with: nil) when it failed
///     case .duplicate(let output): … skip or link
///     }
public final class Duplicates<Store: DuplicateStore>: Sendable {
    public enum Verdict: Sendable {
        /// Yours to convert; `settle` has to follow.
        case first
        case duplicate(of: Store.Record)
    }

    private let store: Store
    /// Content being converted, and who waits for it.
    private let open = Mutex<[String: [CheckedContinuation<Void, Never>]]>([:])

    public init(_ store: Store) { self.store = store }

    /// Waits while another job converts the same content.
    /// - Throws: what the store throws; then nothing is to be settled.
    public func verdict(on hash: String) async throws -> Verdict {
        while !claim(hash) { await end(of: hash) }
        do {
            guard let record = try await store.record(of: hash) else { return .first }
            release(hash)
            return .duplicate(of: record)
        } catch {
            release(hash)
            throw error
        }
    }

    /// The first job's end: with what it became, or nil when it failed and the next one tries.
    public func settle(_ hash: String, with record: Store.Record?) async throws {
        defer { release(hash) }
        if let record { try await store.remember(record, of: hash) }
    }

    private func claim(_ hash: String) -> Bool {
        open.withLock { open in
            if open[hash] != nil { return false }
            open[hash] = []
            return true
        }
    }

    private func end(of hash: String) async {
        await withCheckedContinuation { continuation in
            let isOpen = open.withLock { open in
                guard open[hash] != nil else { return false }
                open[hash]?.append(continuation)
                return true
            }
            if !isOpen { continuation.resume() }
        }
    }

    private func release(_ hash: String) {
        for waiting in open.withLock({ $0.removeValue(forKey: hash) }) ?? [] { waiting.resume() }
    }
}

/// Remembers for one run.
public final class RememberedDuplicates<Record: Sendable>: DuplicateStore {
    private let records = Mutex<[String: Record]>([:])

    public init() {}

    public func record(of hash: String) async -> Record? { records.withLock { $0[hash] } }
    public func remember(_ record: Record, of hash: String) async { records.withLock { $0[hash] = record } }
}
