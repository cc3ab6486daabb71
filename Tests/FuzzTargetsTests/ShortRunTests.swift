// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FuzzTargets
import Mutations
import SystemPackage
import TestSupport
import Testing

@Suite("What is fuzzed", .serialized)
struct ShortRunTests {
    private static let mutants = 120
    private static let python: FilePath = "/usr/bin/python3"

    /// A trap ends the test's process; the dice are the same each time, so the same input traps again.
    @Test(
        "takes its seeds and mutants of them; packaging/checks/fuzz goes on for longer", .enabled(if: python.exists, "skipped: there is no python3 to sort the seeds with"),
        arguments: ["frames", "zip", "compound", "xls", "layout", "mime", "csv", "rtf", "eml", "doc", "ppt", "msg"])
    func shortRun(name: String) async throws {
        let run = try #require(FuzzTargets.named(name))
        let folder = try TemporaryFolder()
        let tests = FilePath(#filePath).removingLastComponent().removingLastComponent()
        let sorted = try await Program(at: Self.python).run([
            tests.appending("Fuzzing/corpus.py").string, folder.path.string, tests.appending("ConversionTests/Golden").string,
        ])
        #expect(sorted.exitCode == 0, "\(sorted.output)")
        let seeds = try folder.path.appending(name).filesBelow().sorted { $0.string < $1.string }
        try #require(!seeds.isEmpty)
        // Small ones: what breaks a reader does so in a few kilobytes.
        let wholes = try seeds.map { try folder.path.appending(name).appending($0.components).read() }.filter { $0.count < 65_536 }
        for whole in wholes { whole.withUnsafeBytes(run) }
        for number in 0..<Self.mutants {
            let place = number % wholes.count
            var dice = Dice(seed: 1, file: name, number: number)
            // The first ones of a document are cut off somewhere.
            let kind = number % 4 == 0 ? dice.below(Mutation.truncations) : Mutation.truncations
            Mutation.mutant(wholes[place], number: kind, &dice).withUnsafeBytes(run)
        }
    }
}
