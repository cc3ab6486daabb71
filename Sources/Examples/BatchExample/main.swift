// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import WorkerRuntime

// The batch processor without the daemon.
//
//     BatchExample WORKER OUTBOX FILE…     convert files with WORKER (intray-worker, or "self" for the converter below)
//     BatchExample plan OUTBOX FILE…       say what would happen
//     BatchExample benchmark [PART…]       compare the executions over the same jobs
//     BatchExample handover WORKER         what handing one line to WORKER costs, locked in and not
//     BatchExample worker                  what "self" starts: a worker program of one's own

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "worker":
    // Before anything else has started a thread: a worker has one.
    WorkerMain(converter: WordCount()).run()
case "benchmark":
    try await Benchmark().run(Array(arguments.dropFirst()))
case "handover" where arguments.count == 2:
    try await HandoverCost(program: FilePath(arguments[1])).run()
case "plan" where arguments.count > 2:
    try ConvertCommand(worker: "self", outbox: arguments[1], files: arguments.dropFirst(2)).plan()
case .some where arguments.count > 2:
    try await ConvertCommand(worker: arguments[0], outbox: arguments[1], files: arguments.dropFirst(2)).run()
default:
    print("usage: BatchExample WORKER OUTBOX FILE… | plan OUTBOX FILE… | benchmark [overhead waiting computing mixed] | handover WORKER")
}
