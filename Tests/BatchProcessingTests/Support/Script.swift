// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import ConversionProtocol
import Synchronization
import TestSupport

/// What a job of the conformance suite does; the same under every execution.
enum Deed: Sendable {
    case succeed
    case fail(ConversionError)
    /// Fails so many times, then succeeds.
    case failFirst(Int, ConversionError)
    /// Runs until the gate opens or somebody cancels it.
    case wait(Gate)
}

/// Opens once, for all who wait.
final class Gate: Sendable {
    private let isUp = Mutex(false)
    var isOpen: Bool { isUp.withLock { $0 } }
    func open() { isUp.withLock { $0 = true } }
}

/// What the executions did, in the order in which they did it.
final class Diary: Sendable {
    private let lines = Mutex<[(name: String, attempt: Int, isAlone: Bool)]>([])
    var names: [String] { lines.withLock { $0.map(\.name) } }
    func attempts(of name: String) -> [Int] { lines.withLock { $0.filter { $0.name == name }.map(\.attempt) } }
    func wasAlone(_ name: String) -> [Bool] { lines.withLock { $0.filter { $0.name == name }.map(\.isAlone) } }
    func note(_ name: String, _ attempt: Int, _ isAlone: Bool) { lines.withLock { $0.append((name, attempt, isAlone)) } }
}

/// A job's payload: its deed, where it is noted, and how often it was tried.
final class Script: Sendable {
    let name: String
    let deed: Deed
    let diary: Diary
    private let tries = Mutex(0)

    init(_ name: String, _ deed: Deed, _ diary: Diary) {
        self.name = name
        self.deed = deed
        self.diary = diary
    }

    /// What is left to do after the try was noted: nil when it succeeds at once.
    func begin(_ number: Int, _ isAlone: Bool) throws -> Gate? {
        diary.note(name, number, isAlone)
        let tries = tries.withLock { tries in
            tries += 1
            return tries
        }
        switch deed {
        case .succeed: return nil
        case .fail(let error): throw error
        case .failFirst(let count, let error):
            if tries <= count { throw error }
            return nil
        case .wait(let gate): return gate
        }
    }
}
