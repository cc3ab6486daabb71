// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BatchProcessing
import Settings

/// Which files of a folder count.
struct SelectionOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Only files of this pattern, such as \"invoices/**\" or \"*.pdf\"; again for more.", valueName: "pattern"))
    var include: [String] = []

    @Option(name: .long, help: ArgumentHelp("No files of this pattern; again for more.", valueName: "pattern"))
    var exclude: [String] = []

    @Option(name: .long, help: ArgumentHelp("Only files with this ending, such as pdf; again for more.", valueName: "ending"))
    var `extension`: [String] = []

    @Option(name: .long, help: ArgumentHelp("Only files of this size or larger, such as 10KiB, 1MB or a number of bytes.", valueName: "size"))
    var minimumSize: String?

    @Option(name: .long, help: ArgumentHelp("Only files of this size or smaller.", valueName: "size"))
    var maximumSize: String?

    func validate() throws {
        for pattern in include + exclude where pattern.isEmpty || (try? Glob(pattern)) == nil {
            throw ValidationError("\"\(pattern)\" is no pattern; expected one such as \"*.pdf\".")
        }
        for (name, size) in [("--minimum-size", minimumSize), ("--maximum-size", maximumSize)] {
            if let size, ByteCount(size) == nil { throw ValidationError("\(name): \"\(size)\" is not a size; expected \(ByteCount.expected(for: size)).") }
        }
    }

    func apply(to route: inout RouteSettings) {
        route.include = include
        route.exclude = exclude
        route.extensions = `extension`.map { ($0.hasPrefix(".") ? String($0.dropFirst()) : $0).lowercased() }
        route.minimumSize = minimumSize.flatMap { ByteCount($0)?.bytes }
        route.maximumSize = maximumSize.flatMap { ByteCount($0)?.bytes }
    }
}
