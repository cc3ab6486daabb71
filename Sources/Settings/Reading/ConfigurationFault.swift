// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// One thing that is wrong in a configuration file, and where.
package struct ConfigurationFault: Sendable, Hashable {
    /// From 1; 0 when the fault is about the whole file.
    package var line: Int
    /// From 1, in characters as YAML counts them.
    package var column: Int
    /// `routes[1].settle.quiet`; empty for the whole file.
    package var path: String
    /// What is wrong and what was expected, the value quoted.
    package var problem: String

    package init(line: Int = 0, column: Int = 0, path: String = "", problem: String) {
        self.line = line
        self.column = column
        self.path = path
        self.problem = problem
    }
}

/// Everything that is wrong in a configuration file, in the order of its lines.
package struct ConfigurationFaults: Error, Sendable, CustomStringConvertible {
    package let file: FilePath
    package let faults: [ConfigurationFault]

    package init(_ file: FilePath, _ faults: [ConfigurationFault]) {
        self.file = file
        self.faults = faults.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// `intray.yaml:14:12: routes[1].settle.quiet: "soon" is not a duration; …`, one line each.
    package var lines: [String] {
        faults.map { fault in
            var line = file.string
            if fault.line > 0 { line += ":\(fault.line):\(fault.column)" }
            if !fault.path.isEmpty { line += ": \(fault.path)" }
            return line + ": " + fault.problem
        }
    }

    package var description: String { lines.joined(separator: "\n") }
}
