// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Glibc
import Pipeline

/// How the program ends: a text for standard error and an exit code.
struct Ending {
    var message = ""
    var code: Int32

    init(of error: any Error) {
        switch error {
        case let error as ProgramError:
            message = "intray: \(error.description)\n"
            code = error.exit.rawValue
        case let error as ExitStatus:
            code = error.code
        case let error as ControlUnreachable:
            message = "intray: \(error.description)\n"
            code = ProgramError.Exit.unavailable.rawValue
        case let error as ControlAnswer:
            message = "intray: \(error.description)\n"
            code = ProgramError.Exit.failures.rawValue
        default:
            let parsed = Intray.exitCode(for: error)
            let text = Intray.fullMessage(for: error)
            if parsed.isSuccess {
                print(text)
                code = 0
            } else if parsed == .validationFailure {
                message = text + "\n"
                code = ProgramError.Exit.usage.rawValue
            } else {
                message = "intray: \(error)\n"
                code = ProgramError.Exit.failures.rawValue
            }
        }
    }

    func leave() -> Never {
        if !message.isEmpty { writeError(message) }
        exit(code)
    }
}

/// An ending that has already said what there was to say.
struct ExitStatus: Error {
    var code: Int32
}

