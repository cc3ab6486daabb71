// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Pipeline
import SystemPackage

/// Asks at the terminal of standard input for a line that is not shown (termios(3)).
enum SecretPrompt {
    /// The line without its end. The terminal is as it was before, however this ends.
    /// - Throws: `ExitStatus` for Ctrl-C, as the signal would end the program.
    static func ask(_ question: String) throws -> [UInt8] {
        var before = termios()
        guard tcgetattr(0, &before) == 0 else { throw SystemError("read", "the terminal") }
        var hidden = before
        // Every key comes as it is: a signal would leave the terminal without an echo.
        hidden.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
        withUnsafeMutableBytes(of: &hidden.c_cc) { keys in
            keys[Int(VMIN)] = 1
            keys[Int(VTIME)] = 0
        }
        guard tcsetattr(0, TCSAFLUSH, &hidden) == 0 else { throw SystemError("hide what is typed on", "the terminal") }
        defer {
            tcsetattr(0, TCSAFLUSH, &before)
            writeError("\n")
        }
        // Not before: what is typed until then is thrown away.
        writeError(question)
        return try line()
    }

    private static func line() throws -> [UInt8] {
        var line: [UInt8] = []
        while line.count < longest {
            var key: UInt8 = 0
            let count = read(0, &key, 1)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            switch key {
            case interrupt: throw ExitStatus(code: ProgramError.Exit.interrupted.rawValue)
            case lineFeed, carriageReturn: return line
            case endOfTransmission: if line.isEmpty { return line }
            case kill: line = []
            case backspace, delete:
                // One character, however many bytes it has in UTF-8.
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            default: line.append(key)
            }
        }
        return line
    }

    private static let longest = 4_096
    // What Ctrl-C, Ctrl-D, Ctrl-H, Enter, Ctrl-U and the key above Enter send.
    private static let (interrupt, endOfTransmission, backspace): (UInt8, UInt8, UInt8) = (3, 4, 8)
    private static let (lineFeed, carriageReturn, kill, delete): (UInt8, UInt8, UInt8, UInt8) = (10, 13, 21, 127)
}
