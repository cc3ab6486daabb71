// SPDX-License-Identifier: Apache-2.0
import Glibc
import Pipeline
import Synchronization
import SystemPackage

/// A bar on a terminal, a line every ten seconds elsewhere; on standard error.
final class ProgressMeter: Sendable {
    private let isTerminal = isatty(2) == 1
    private let isQuiet: Bool
    private let calls = Mutex(0)

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    /// Called about once a second.
    func show(_ progress: Progress) {
        let count = calls.withLock { count in
            count += 1
            return count
        }
        if isQuiet || !isTerminal && count % 10 != 0 { return }
        let ended = progress.done + progress.failed + progress.skipped
        var text = "\(ended) done, \(progress.failed) failed, \(progress.inWork + progress.waiting) to go, \(Quantity.rate(progress.documentsPerSecond))"
        if let left = progress.remaining { text += ", about \(Quantity.seconds(left)) left" }
        if isTerminal {
            let width = 20
            let filled = Int(Double(width) * min(1, max(0, progress.fraction)))
            writeError("\r\u{1B}[K[\(String(repeating: "#", count: filled))\(String(repeating: ".", count: width - filled))] \(text)")
        } else {
            writeError(text + "\n")
        }
    }

    func end() { if isTerminal, !isQuiet { writeError("\r\u{1B}[K") } }
}

enum Folders {
    static func isFolder(_ path: FilePath) throws -> Bool {
        let descriptor = path.withPlatformString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }
}
