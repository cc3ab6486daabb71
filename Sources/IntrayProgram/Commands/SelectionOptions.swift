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

    @Option(name: .long, help: ArgumentHelp("Only files of so many bytes or more.", valueName: "bytes"))
    var minimumSize: UInt64?

    @Option(name: .long, help: ArgumentHelp("Only files of so many bytes or fewer.", valueName: "bytes"))
    var maximumSize: UInt64?

    func validate() throws {
        for pattern in include + exclude where pattern.isEmpty || (try? Glob(pattern)) == nil {
            throw ValidationError("\"\(pattern)\" is no pattern; expected one such as \"*.pdf\".")
        }
    }

    func apply(to route: inout RouteSettings) {
        route.include = include
        route.exclude = exclude
        route.extensions = `extension`.map { ($0.hasPrefix(".") ? String($0.dropFirst()) : $0).lowercased() }
        route.minimumSize = minimumSize
        route.maximumSize = maximumSize
    }
}
