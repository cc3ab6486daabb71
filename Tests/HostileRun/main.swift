// SPDX-License-Identifier: Apache-2.0
// Converts hostile documents with a real worker and judges how each ends.
//
//   HostileRun WORKER mutate FOLDER… [--each 200] [--from 0] [--seed 1] [--minutes N] [--workers 1] [--keep FOLDER]
//   HostileRun WORKER sweep FOLDER…  [--workers 1] [--keep FOLDER]
//   HostileRun WORKER growth HALF WHOLE
//
// `mutate` makes `--each` mutants of every file in the folders, those from number `--from` on; `sweep` takes the files as they
// are; `growth` compares the time of the same bombs at two sizes. The status is 1 when a document ended as none may: by a
// crash, a limit of time or memory, a broken reply, or in nothing.
import Glibc
import SystemPackage
import Workers

let options = Options(CommandLine.arguments)
guard let options else {
    print("usage: HostileRun WORKER mutate|sweep|growth FOLDER… [--each N] [--from N] [--seed N] [--minutes N] [--workers N] [--batch N] [--keep FOLDER]")
    exit(64)
}
if let keep = options.keep { mkdir(keep, 0o755) }
var configuration = WorkerConfiguration(program: FilePath(options.worker), count: options.workers)
if let documents = options.batch { configuration.isolation = .batch(documents: documents) }
func seeds(in folders: [String]) -> [Seed] {
    let found = folders.flatMap { Seed.all(in: $0) }
    if found.isEmpty {
        print("cannot run: no files in \(folders.joined(separator: ", "))")
        exit(66)
    }
    return found
}

func sweep(_ seeds: [Seed], showsEach: Bool) async throws -> Tally {
    try await Run(configuration, keep: options.keep, showsEach: showsEach, minutes: options.minutes).convert {
        $0 < seeds.count ? Subject(name: seeds[$0].name, kind: seeds[$0].kind, bytes: seeds[$0].bytes) : nil
    }
}

switch options.mode {
case .mutate:
    let seeds = seeds(in: options.folders)
    // Every seed's first mutant, then every seed's second: a run that is cut short has seen them all.
    let tally = try await Run(configuration, keep: options.keep, showsEach: false, minutes: options.minutes).convert { number in
        let (round, place) = number.quotientAndRemainder(dividingBy: seeds.count)
        return round < options.each ? seeds[place].mutant(options.from + round, seed: options.seed) : nil
    }
    print(tally.table())
    exit(tally.findings == 0 ? 0 : 1)
case .sweep:
    let tally = try await sweep(seeds(in: options.folders), showsEach: true)
    print(tally.table())
    exit(tally.findings == 0 ? 0 : 1)
case .growth:
    let half = try await sweep(seeds(in: [options.folders[0]]), showsEach: false)
    let whole = try await sweep(seeds(in: [options.folders[1]]), showsEach: false)
    let steep = Growth.steep(from: half.cpu, to: whole.cpu)
    for line in steep { print(line) }
    print("\(whole.cpu.count) documents at two sizes, \(steep.count) that grow steeper than their size")
    exit(steep.isEmpty ? 0 : 1)
}
