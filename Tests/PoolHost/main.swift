// SPDX-License-Identifier: Apache-2.0
// A process with a worker pool in it, for tests that kill the process and for measuring.
import Glibc
import SystemPackage
import Workers

let arguments = CommandLine.arguments
guard arguments.count >= 3, let count = Int(arguments[2]) else {
    print("usage: PoolHost PROGRAM COUNT [hold INSTRUCTION | measure document|batch DOCUMENTS FILE] [-- ARGUMENT…]")
    exit(64)
}
let own = arguments.firstIndex(of: "--") ?? arguments.endIndex
var configuration = WorkerConfiguration(program: FilePath(arguments[1]), count: count)
configuration.arguments = Array(arguments[own...].dropFirst())
let words = Array(arguments[3..<own])
switch words.first {
case "hold" where words.count == 2: try await hold(configuration, instruction: words[1])
case "measure" where words.count == 4: try await measure(configuration, words[1], documents: Int(words[2]) ?? 0, file: FilePath(words[3]))
default: exit(64)
}
