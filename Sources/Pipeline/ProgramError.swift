// SPDX-License-Identifier: Apache-2.0

/// The program cannot go on, or has ended with something to say: a sentence and an exit code.
package struct ProgramError: Error, Sendable, CustomStringConvertible {
    /// What a script can act on.
    package enum Exit: Int32, Sendable {
        case fine = 0, failures = 1, usage = 2, refused = 3, locked = 4, unavailable = 5, environment = 6, incomplete = 7, interrupted = 130
    }

    package let exit: Exit
    package let description: String

    package init(_ exit: Exit, _ description: String) {
        self.exit = exit
        self.description = description
    }
}
