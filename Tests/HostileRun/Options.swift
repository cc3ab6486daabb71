// SPDX-License-Identifier: Apache-2.0

/// What the command line asks for.
struct Options: Sendable {
    let worker: String
    let mode: Mode
    private(set) var folders: [String] = []
    private(set) var each = 200
    private(set) var from = 0
    private(set) var seed: UInt64 = 1
    private(set) var minutes: Int?
    private(set) var workers = 1
    /// Documents per process; a process for each when nil.
    private(set) var batch: Int?
    private(set) var keep: String?

    enum Mode: String { case mutate, sweep, growth }

    /// Nil when the arguments make no sense.
    init?(_ arguments: [String]) {
        guard arguments.count > 3, let mode = Mode(rawValue: arguments[2]) else { return nil }
        worker = arguments[1]
        self.mode = mode
        var rest = arguments[3...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                folders.append(word)
                continue
            }
            guard let value = rest.popFirst() else { return nil }
            if word == "--keep" {
                keep = value
                continue
            }
            guard let number = Int(value), number >= 0 else { return nil }
            switch word {
            case "--each": each = number
            case "--from": from = number
            case "--seed": seed = UInt64(number)
            case "--minutes": minutes = number
            case "--workers": workers = max(number, 1)
            case "--batch": batch = max(number, 1)
            default: return nil
            }
        }
        guard mode == .growth ? folders.count == 2 : !folders.isEmpty else { return nil }
    }
}
