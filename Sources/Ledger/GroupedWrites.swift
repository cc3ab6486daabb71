// SPDX-License-Identifier: Apache-2.0
import FileAccess
import GRDB
import Synchronization

/// Writes of many callers in one transaction: a group is what has come while the disk was busy with the one before.
///
/// An error of one write is an error of its whole group, and nothing of the group is written.
final class GroupedWrites: Sendable {
    typealias Body = @Sendable (Database) throws -> Void

    private struct Letter: Sendable {
        var body: Body
        var done: CheckedContinuation<Void, any Error>?
    }

    private let desk = Mutex<[Letter]>([])
    /// How long what nobody waits for may wait for what somebody does.
    private static let patience: Int32 = 100
    private let wake = Wake()

    init(_ pool: DatabasePool) {
        startThread(named: "ledger") { [weak self, wake] in
            while true {
                wake.wait()
                if self?.isPatient == true { wake.wait(milliseconds: Self.patience) }
                guard let self else { return }
                self.write(into: pool)
            }
        }
    }

    deinit { wake.signal() }

    /// Returns when it is written.
    func perform(_ body: @escaping Body) async throws {
        try await withCheckedThrowingContinuation { send(Letter(body: body, done: $0)) }
    }

    /// The same without waiting, and without a word when it cannot be written: for what only informs.
    func post(_ body: @escaping Body) { send(Letter(body: body, done: nil)) }

    private func send(_ letter: Letter) {
        desk.withLock { $0.append(letter) }
        wake.signal()
    }

    /// Whether nobody waits for what is there.
    private var isPatient: Bool { desk.withLock { letters in !letters.isEmpty && letters.allSatisfy { $0.done == nil } } }

    private func write(into pool: DatabasePool) {
        let letters = desk.withLock { desk in
            defer { desk = [] }
            return desk
        }
        guard !letters.isEmpty else { return }
        let outcome = Result { try pool.write { database in for letter in letters { try letter.body(database) } } }
        for letter in letters { letter.done?.resume(with: outcome) }
    }
}
