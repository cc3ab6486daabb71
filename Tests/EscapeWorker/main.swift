// SPDX-License-Identifier: Apache-2.0
import CEscape
import ConversionProtocol
import Glibc
import WorkerRuntime

// In a worker's place, under the worker's own lock: EscapeWorker ask|call|trick open|nursery|batch|document
// tries everything and prints what came of it, one number a line. "directories" prints what it may read. Standard input is the document, open for reading.

/// The locks, each as the worker puts it on (`WorkerMain`, `Nursery`, `DocumentRun`).
enum Locks {
    nonisolated(unsafe) static var room = escape_open
    nonisolated(unsafe) static var isMarked = false

    static func lock() throws(LockdownError) {
        let parent = try Lockdown.begin(as: .nobody)
        guard room != escape_open else { return }
        _ = try Sandbox.closeNursery()
        switch room {
        case escape_batch: try Sandbox.close(.batch)
        case escape_document:
            try Lockdown.child(parent: parent)
            try Lockdown.limits(ConversionLimits(), input: 0, isOnly: true)
            try Sandbox.close(.document)
        default: return
        }
    }
}

let rooms = ["open": escape_open, "nursery": escape_nursery, "batch": escape_batch, "document": escape_document]
if CommandLine.arguments.dropFirst().first == "directories" {
    print("[\(Sandbox.dataDirectories.joined(separator: " "))]")
    exit(0)
}
guard CommandLine.arguments.count == 3, let room = rooms[CommandLine.arguments[2]] else { exit(2) }
Locks.room = room
Locks.isMarked = CommandLine.arguments[1] == "ask"

let lock: @convention(c) () -> Int32 = {
    if Locks.isMarked, escape_mark() != 0 { return -1 }
    do throws(LockdownError) { try Locks.lock() } catch {
        let line = Array("\(error)\n".utf8)
        _ = write(2, line, line.count)
        return -1
    }
    return 0
}
let count: Int32
let attempt: @convention(c) (Int32) -> Int32
switch CommandLine.arguments[1] {
case "ask": (count, attempt) = (escape_attempts(), escape_ask)
case "call": (count, attempt) = (escape_attempts(), escape_call)
case "trick": (count, attempt) = (escape_tricks(), escape_trick)
default: exit(2)
}
/// What tricks make where they work; some of it lasts.
func clear() {
    for name in ["", "-2", "-3", "-link", "-fifo", "-folder"] { _ = remove("/tmp/.intray-escape\(name)") }
}
clear()
var outcomes = [Int32](repeating: 0, count: Int(count))
escape_run(count, lock, attempt, &outcomes)
clear()
print(outcomes.map(String.init).joined(separator: "\n"))
