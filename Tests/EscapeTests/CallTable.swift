// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc
import SystemPackage
import Testing

/// A table that lies beside these tests; `UPDATE_CALLS=1` writes what is found.
struct Committed {
    let path: FilePath

    init(_ name: String) { path = FilePath(#filePath).removingLastComponent().appending(name) }

    var text: String { (try? String(contentsOfFile: path.string, encoding: .utf8)) ?? "" }

    func compare(with found: String) throws {
        if getenv("UPDATE_CALLS") != nil { return try found.write(toFile: path.string, atomically: true, encoding: .utf8) }
        let (before, now) = (text.split(separator: "\n"), found.split(separator: "\n"))
        let (known, found) = (Set(before), Set(now))
        let changes = now.filter { !known.contains($0) }.map { "+ \($0)" } + before.filter { !found.contains($0) }.map { "- \($0)" }
        let isSame = before == now
        #expect(isSame, "\(path.lastComponent?.string ?? "") says otherwise; UPDATE_CALLS=1 writes it anew:\n\(changes.joined(separator: "\n"))")
    }
}

enum Table {
    static func text(header: [String], rows: [[String]]) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n") + "\n"
    }
}

/// One machine's system calls and what the lock says to them.
struct CallTable {
    let file: Committed
    /// Where the kernel's headers number the calls.
    let header: String

    #if arch(x86_64)
    /// uretprobe and uprobe: since Linux 6.14 the kernel asks no filter about them. They do nothing but from a page that the
    /// kernel has put there for a tracer (kernel/seccomp.c, seccomp_uprobe_exception).
    static let unfiltered: Set<Int32> = [335, 336]
    static let machine = "x86-64"
    static let thisMachine = CallTable(file: Committed("calls-x86-64.txt"), header: "/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    #else
    static let unfiltered: Set<Int32> = []
    static let machine = "arm64"
    static let thisMachine = arm64
    #endif
    static let arm64 = CallTable(file: Committed("calls-arm64.txt"), header: "/usr/include/asm-generic/unistd.h")

    /// `said` has a column for each room. Numbers without a name in the committed table are told of in one line each kind.
    func compare(with said: [[Outcome]], attempts: [(place: Int32, number: Int32, variant: String?)]) throws {
        let names = getenv("UPDATE_CALLS") != nil ? try namesOfHeader() : namesOfFile
        var rows: [[String]] = []
        var unnamed: [[String]: [Int32]] = [:]
        for attempt in attempts {
            let answers = said.map { $0[Int(attempt.place)].text }
            if let name = names[attempt.number] {
                rows.append(["\(attempt.number)", name + (attempt.variant.map { ": \($0)" } ?? "")] + answers)
            } else {
                unnamed[answers, default: []].append(attempt.number)
            }
        }
        for (answers, numbers) in unnamed.sorted(by: { $0.value.count > $1.value.count }) { rows.append(["others", "\(numbers.count) numbers"] + answers) }
        try file.compare(with: Table.text(header: ["number", "call", "nursery", "batch", "document"], rows: rows))
    }

    private var namesOfFile: [Int32: String] {
        var names: [Int32: String] = [:]
        for line in file.text.split(separator: "\n").dropFirst() {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            if words.count >= 5, let number = Int32(words[0]), names[number] == nil { names[number] = String(words[1]) }
        }
        return names
    }

    /// `#define __NR_read 0`, `#define __NR3264_lseek 62`.
    private func namesOfHeader() throws -> [Int32: String] {
        var names: [Int32: String] = [:]
        for line in try String(contentsOfFile: header, encoding: .utf8).split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count >= 3, words[0] == "#define", let number = Int32(words[2]) else { continue }
            for prefix in ["__NR_", "__NR3264_"] where words[1].hasPrefix(prefix) && !["syscalls", "arch_specific_syscall"].contains(words[1].dropFirst(prefix.count)) {
                names[number] = String(words[1].dropFirst(prefix.count))
            }
        }
        return names
    }
}
