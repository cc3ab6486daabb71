// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import Glibc

/// Reads a document with bytes changed at random, the same in each run; anything but a document or a named error
/// ends the test's process.
enum Mutations {
    static func run(on whole: [UInt8], rounds: Int, _ read: ([UInt8]) throws -> Void) throws {
        var seed = UInt64(42)
        func next() -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33)
        }
        for round in 0..<rounds {
            var bytes = whole
            // A few bytes anywhere, or many in one place, where a table may be hit.
            let place = next() % bytes.count
            for _ in 0..<(1 + round % 24) {
                let at = round % 3 == 0 ? next() % bytes.count : (place + next() % 512) % bytes.count
                bytes[at] = round % 2 == 0 ? UInt8(truncatingIfNeeded: next()) : [0, 0xFF, 0x7F, 0x80, 1][next() % 5]
            }
            if round % 7 == 0 { bytes.removeLast(next() % bytes.count) }
            do { try read(bytes) } catch is ReadError {}
        }
    }

    /// A golden document.
    static func bytes(_ golden: String) -> [UInt8]? {
        let root = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
        guard let file = fopen(root + "/ConversionTests/Golden/" + golden, "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}
