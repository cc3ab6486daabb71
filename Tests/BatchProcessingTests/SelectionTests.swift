// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import FileAccess
import SystemPackage
import Testing

@Suite("Glob")
struct GlobTests {
    @Test("patterns match as a shell would", arguments: [
        ("*.docx", "a.docx", true), ("*.docx", "deep/er/a.docx", true), ("*.docx", "a.docx.tmp", false),
        ("in/*.txt", "in/a.txt", true), ("in/*.txt", "in/b/a.txt", false), ("in/**/*.txt", "in/a.txt", true),
        ("in/**/*.txt", "in/b/c/a.txt", true), ("in/**", "in/b/c", true), ("**/x/y", "x/y", true), ("**/x/y", "a/b/x/y", true),
        ("**/x/y", "ax/y", false), ("a/**/b", "a/xb", false), ("/top", "top", true), ("/top", "sub/top", false),
        ("?.txt", "é.txt", true), ("??.txt", "é.txt", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[!a-c]x", "ßx", true),
        ("[]a]", "]", true), ("*.{doc,do{c,t}x}", "a.dotx", true), ("*.{doc,docx}", "a.dot", false), ("\\*", "*", true), ("\\*", "a", false),
        ("a\\{b", "a{b", true), (".*", ".hidden", true), ("*", "", true), ("**", "any/thing", true),
    ])
    func matching(_ pattern: String, _ path: String, _ expected: Bool) throws {
        #expect(try Glob(pattern).matches(FilePath(path)) == expected)
    }

    @Test("names that are not UTF-8 are matched by their bytes")
    func bytes() throws {
        let path = FilePath(bytes: [0x64, 0x2F, 0xFF, 0x0A, 0x2E, 0x70])
        #expect(try Glob("*.p").matches(path))
        #expect(try Glob("d/?\n.p").matches(path))
    }

    @Test("a pattern that cannot be read says why", arguments: ["[a", "{a", "x\\", "[z-a]", "[é]", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"])
    func errors(_ pattern: String) {
        #expect(throws: PatternError.self) { try Glob(pattern) }
    }

    @Test("a hostile pattern takes no more than pattern times path")
    func hostile() throws {
        let glob = try Glob(String(repeating: "*a", count: 100) + "b")
        #expect(!glob.matches(FilePath(String(repeating: "a", count: 250))))
    }
}

@Suite("File filter")
struct FileFilterTests {
    private func verdict(_ path: String, size: UInt64 = 100, age: Duration? = nil, type: String? = nil, _ change: (inout FileFilter) throws -> Void) throws -> FileFilter.Verdict {
        var filter = FileFilter()
        try change(&filter)
        return filter.verdict(on: FileFacts(path: FilePath(path), size: size, age: age)) { type }
    }

    @Test("without rules everything is taken")
    func empty() throws { #expect(try verdict("any") { _ in } == .taken) }

    @Test("each rule names itself when it holds a file back")
    func reasons() throws {
        #expect(try verdict("a.PDF") { $0.extensions = ["pdf"] } == .taken)
        #expect(try verdict("a.tar.gz") { $0.extensions = ["tar.gz"] } == .taken)
        #expect(try verdict("pdf") { $0.extensions = ["pdf", "docx"] } == .ignored("extension is not among docx, pdf"))
        #expect(try verdict("a.tmp") { $0.excluded = [try Glob("*.tmp")] } == .ignored("exclude \"*.tmp\""))
        #expect(try verdict("a.txt") { $0.included = [try Glob("in/**")] } == .ignored("matches no include: \"in/**\""))
        #expect(try verdict("r7.txt") { $0.includedExpressions = [try PathExpression(#"^r\d+\.txt$"#)] } == .taken)
        #expect(try verdict("draft-1") { $0.excludedExpressions = [try PathExpression("(?i)DRAFT")] } == .ignored("exclude expression \"(?i)DRAFT\""))
        #expect(try verdict("old/x/a") { $0.excludedPaths = [FilePath("old")] } == .ignored("excluded path \"old\""))
        #expect(try verdict("older/a") { $0.excludedPaths = [FilePath("old")] } == .taken)
        #expect(try verdict("a", size: 5) { $0.minimumSize = 6 } == .ignored("5 bytes are less than 6"))
        #expect(try verdict("a", size: 7) { $0.maximumSize = 6 } == .ignored("7 bytes are more than 6"))
        #expect(try verdict("a", age: .seconds(1)) { $0.minimumAge = .seconds(2) } == .ignored("younger than 2.0 seconds"))
        #expect(try verdict("a", age: .seconds(3)) { $0.maximumAge = .seconds(2) } == .ignored("older than 2.0 seconds"))
        #expect(try verdict("a", type: "image/png") { $0.mediaTypes = ["image/*"] } == .taken)
        #expect(try verdict("a") { $0.mediaTypes = ["text/csv"] } == .ignored("media type unknown is not among text/csv"))
    }

    @Test("the file is not opened for its type when its name decides")
    func lazily() throws {
        var filter = FileFilter()
        filter.mediaTypes = ["text/*"]
        filter.excluded = [try Glob("*")]
        var wasAsked = false
        _ = filter.verdict(on: FileFacts(path: FilePath("a"), size: 1)) {
            wasAsked = true
            return nil
        }
        #expect(!wasAsked)
    }

    @Test("an expression that cannot be read says so")
    func expressionError() { #expect(throws: PatternError.self) { try PathExpression("(") } }

    @Test("content decides the media type, and the name within a family")
    func mediaTypes() {
        #expect(MediaType.of(head: Array("%PDF-1.7".utf8), name: FilePath("x.docx")) == "application/pdf")
        #expect(MediaType.of(head: [0x50, 0x4B, 3, 4, 0], name: FilePath("x.docx")).hasSuffix("wordprocessingml.document"))
        #expect(MediaType.of(head: [0x50, 0x4B, 3, 4, 0], name: FilePath("x")) == "application/zip")
        #expect(MediaType.of(head: Array("a,b\n".utf8), name: FilePath("x.csv")) == "text/csv")
        #expect(MediaType.of(head: Array("hello".utf8), name: FilePath("x")) == "text/plain")
        #expect(MediaType.of(head: [0, 1, 2], name: FilePath("x.txt")) == "application/octet-stream")
    }

    @Test("a plan says what would happen to each file and why")
    func plan() throws {
        var plan = BatchPlan()
        var filter = FileFilter()
        filter.excluded = [try Glob("*.tmp")]
        let priorities = PriorityRules([.init(try Glob("now/**"), .urgent)])
        for (path, original) in [("a.csv", nil), ("b.tmp", nil), ("now/c.csv", nil), ("d.csv", "a.csv")] as [(String, String?)] {
            plan.add(
                FileFacts(path: FilePath(path), size: 10), filter: filter, priorities: priorities, outputs: [FilePath(path + ".md")],
                duplicate: { original.map { FilePath($0) } })
        }
        #expect(plan.entries.map(\.description) == [
            #"convert "a.csv" to "a.csv.md" (normal)"#, #"ignore "b.tmp": exclude "*.tmp""#,
            #"convert "now/c.csv" to "now/c.csv.md" (urgent)"#, #"skip "d.csv": same content as "a.csv""#,
        ])
        #expect((plan.jobs, plan.ignored, plan.duplicates, plan.bytes) == (2, 1, 1, 20))
    }
}

@Suite("Duplicates", .timeLimit(.minutes(10)))
struct DuplicatesTests {
    @Test("of many jobs with one content at once, one converts and the others get its output")
    func concurrent() async throws {
        let duplicates = Duplicates(RememberedDuplicates<Int>())
        let firsts = Level()
        let outputs = try await withThrowingTaskGroup(of: Int.self) { group in
            for n in 1...50 {
                group.addTask {
                    switch try await duplicates.verdict(on: "h") {
                    case .first:
                        firsts.rise()
                        try await Task.sleep(for: .milliseconds(5))
                        try await duplicates.settle("h", with: n)
                        return n
                    case .duplicate(let output): return output
                    }
                }
            }
            var outputs: Set<Int> = []
            for try await output in group { outputs.insert(output) }
            return outputs
        }
        #expect(firsts.count == 1)
        #expect(outputs.count == 1)
    }

    @Test("when the first one fails, the next one tries")
    func failing() async throws {
        let duplicates = Duplicates(RememberedDuplicates<Int>())
        guard case .first = try await duplicates.verdict(on: "h") else { Issue.record("the first job was not first"); return }
        async let second = duplicates.verdict(on: "h")
        try await duplicates.settle("h", with: nil)
        guard case .first = try await second else { Issue.record("the second job did not try"); return }
        try await duplicates.settle("h", with: 2)
        guard case .duplicate(2) = try await duplicates.verdict(on: "h") else { Issue.record("the output was not remembered"); return }
    }
}
