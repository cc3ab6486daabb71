// SPDX-License-Identifier: Apache-2.0

/// Whether twice the input takes about twice the time.
enum Growth {
    /// Below this, the start of a process and the clock's own steps say more than the document does.
    private static let least: UInt64 = 400_000
    /// Linear is 2, quadratic is 4.
    private static let most = 3.3

    /// One line for each document whose time grows steeper than its size.
    static func steep(from half: [String: UInt64], to whole: [String: UInt64]) -> [String] {
        whole.sorted { $0.key < $1.key }.compactMap { name, time in
            // What a library of others cannot bear is known.
            guard time >= least, Expectation(path: name) != .limited, let before = half[name], before > 0 else { return nil }
            let ratio = Double(time) / Double(before)
            return ratio > most ? "\(name): \(before / 1_000) ms, then \(time / 1_000) ms" : nil
        }
    }
}
