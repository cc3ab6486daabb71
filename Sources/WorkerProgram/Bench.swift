// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import Glibc

/// Measures conversions of a folder's files in this process: warm CPU per document, by extension: mean, median and most.
enum Bench {
    private static let rounds = 5

    static func run(_ folder: String) -> Int32 {
        var table: [String: (failed: Int, milliseconds: [Double])] = [:]
        for path in files(in: folder, depth: 0).sorted() {
            guard let file = MappedFile(path) else { continue }
            let kind = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
            var entry = table[kind] ?? (0, [])
            let request = file.request()
            do {
                try DocumentConverter().convert(request, file.bytes, reply: UnheardReply())
                let start = cpuMilliseconds()
                for _ in 0..<rounds { try DocumentConverter().convert(request, file.bytes, reply: UnheardReply()) }
                entry.milliseconds.append((cpuMilliseconds() - start) / Double(rounds))
            } catch {
                entry.failed += 1
            }
            table[kind] = entry
        }
        for (kind, entry) in table.sorted(by: { $0.key < $1.key }) {
            let sorted = entry.milliseconds.sorted()
            let mean = sorted.reduce(0, +) / Double(max(sorted.count, 1)), median = sorted.isEmpty ? 0 : sorted[sorted.count / 2]
            print("\(kind)\t\(sorted.count) converted\t\(entry.failed) failed\t\(rounded(mean)) ms\tmedian \(rounded(median)) ms\tmost \(rounded(sorted.last ?? 0)) ms")
        }
        return 0
    }

    private static func rounded(_ milliseconds: Double) -> Double { Double(Int(milliseconds * 1_000)) / 1_000 }

    private static func cpuMilliseconds() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000 + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000
    }

    private static func files(in folder: String, depth: Int) -> [String] {
        guard depth < 4, let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            guard !name.hasPrefix(".") else { continue }
            let path = folder + "/" + name
            if entry.pointee.d_type == UInt8(DT_DIR) { found += files(in: path, depth: depth + 1) } else { found.append(path) }
        }
        return found
    }
}
