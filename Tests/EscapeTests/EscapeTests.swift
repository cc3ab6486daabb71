// SPDX-License-Identifier: Apache-2.0
import CArm64Calls
import CEscape
import Glibc
import TestSupport
import Testing

@Suite("the worker's lock")
struct EscapeTests {
    @Test("every system call gets the answer that the committed table says")
    func calls() async throws {
        let said = Room.locked.map { room in (0..<escape_attempts()).map { Outcome(escape_said($0, room.raw)) } }
        try CallTable.thisMachine.compare(with: said, attempts: (0..<escape_attempts()).map { ($0, escape_number($0), escape_variant($0).map { String(cString: $0) }) })
        for (room, said) in zip(Room.locked, said) {
            let asked = try await Escape.outcomes("ask", room)
            let called = try await Escape.outcomes("call", room)
            // What the kernel itself exempts is no answer of the lock's.
            let held = asked.indices.map { CallTable.unfiltered.contains(escape_number(Int32($0))) ? said[$0] : asked[$0] }
            let isHeldAll = held == said
            #expect(isHeldAll, "\(room): \(differences(held, said))")
            for (place, (answer, real)) in zip(said, called).enumerated() where !CallTable.unfiltered.contains(escape_number(Int32(place))) {
                let isHeld = answer == .worked ? real != .killed && real != .untried : real == answer
                #expect(isHeld, "\(room): call \(escape_number(Int32(place))) is \(answer) by the filter, and \(real) when made")
            }
        }
    }

    @Test("arm64's calls, compiled from its own headers, get the answers that the committed table says")
    func otherMachine() throws {
        let said = Room.locked.map { room in (0..<arm64_attempts()).map { Outcome(arm64_said($0, Int32(room.raw.rawValue))) } }
        try CallTable.arm64.compare(with: said, attempts: (0..<arm64_attempts()).map { ($0, arm64_number($0), arm64_variant($0).map { String(cString: $0) }) })
    }

    @Test("every trick ends as the committed table says")
    func tricks() async throws {
        let names = (0..<escape_tricks()).map { String(cString: escape_trick_name($0)) }
        var columns: [[Outcome]] = []
        for room in Room.locked { columns.append(try await Escape.outcomes("trick", room)) }
        // Only a Landlock that knows signals (version 6) holds a nursery back from this; no nursery reads a document.
        if let place = names.firstIndex(of: "signal a thread of the parent"), columns[0][place] == .worked { columns[0][place] = .refused(EPERM) }
        try Committed("tricks-\(CallTable.machine).txt").compare(with: Table.text(
            header: ["", "nursery", "batch", "document"], rows: names.indices.map { place in [names[place]] + columns.map { $0[place].text } }))
    }

    @Test("without the lock the same tricks work, so that the table says something")
    func control() async throws {
        let outcomes = try await Escape.outcomes("trick", .open)
        let working = Set(zip((0..<escape_tricks()).map { String(cString: escape_trick_name($0)) }, outcomes).filter(\.1.hasWorked).map(\.0))
        let expected: Set = [
            "open a file", "open a directory", "open the working directory", "open a device", "look at a path",
            "inspect a path", "make a pipe", "duplicate a descriptor", "a stream socket of any family", "a datagram socket of any family",
            "a pair of sockets", "send a descriptor away", "fork", "start a thread", "run a program", "make a file in memory",
            "map new executable memory", "map the input as executable", "make written memory executable", "signal itself",
            "set a limit", "go elsewhere", "move to another process group", "outlive the daemon", "become dumpable", "an event counter",
            "shared memory", "wait for events", "tell the time", "read the input",
        ]
        let missing = expected.subtracting(working).sorted()
        #expect(missing.isEmpty, "not: \(missing.joined(separator: "; "))")
    }

    @Test("a worker that root started has no way back to root, with the kernel's lock or without")
    func wayBack() async throws {
        let names = (0..<escape_tricks()).map { String(cString: escape_trick_name($0)) }
        let outcomes = Dictionary(uniqueKeysWithValues: zip(names, try await Escape.outcomes("trick", .open)))
        for trick in ["become root", "become root's group", "become root in all ways", "take capabilities", "change the root"] {
            #expect(outcomes[trick] == .refused(EPERM), "\(trick): \(outcomes[trick] ?? .untried)")
        }
    }

    @Test("there is no directory that a locked worker may read")
    func directories() async throws {
        #expect(try await Program("EscapeWorker").run(["directories"]).output == "[]\n")
    }

    private func differences(_ some: [Outcome], _ others: [Outcome]) -> String {
        zip(some, others).enumerated().filter { $1.0 != $1.1 }.map { "call \(escape_number(Int32($0))): \($1.0), not \($1.1)" }.joined(separator: "; ")
    }
}
