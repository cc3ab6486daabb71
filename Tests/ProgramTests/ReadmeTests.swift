// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

/// Runs the commands of README and articles, in their order, as they stand there; words in capitals are folders and files of the test.
@Suite("The documents", .serialized, .timeLimit(.minutes(10)))
struct ReadmeTests {
    @Test("every command in them runs", arguments: [
        "README.md", "GettingStarted.md", "Operating.md", "Hooks.md", "Configuration.md", "Dashboard.md", "API.md", "Outputs.md",
    ])
    func commands(document: String) async throws {
        let folder = try TemporaryFolder()
        let place = folder.path.appending("documents")
        for name in try Samples.folder.filesBelow() { try place.appending(name.components).write(Samples.folder.appending(name.components).read()) }
        try place.appending("bad.docx").write("PK no archive")
        let intray = try Program("intray")
        let file = folder.path.appending("intray.yaml").string
        let words = [
            "ROOT": folder.path.appending("root").string, "DIR": place.string, "OUT": folder.path.appending("out").string,
            "FILE": place.appending("inspection.docx").string, "intray.yaml": file, "/etc/intray/intray.yaml": file, "NAME": "index",
            "EVENT": folder.path.appending("event").string,
            "/srv/scans": folder.path.appending("root").string, "/srv/intray": folder.path.appending("root").string, "127.0.0.1:8088": "127.0.0.1:0",
            "report.docx": place.appending("inspection.docx").string, "trip.html": place.appending("timetable.html").string,
            "photo.jpg": try Self.golden("jpg").string, "report.pdf": try Self.golden("pdf").string, "budget.xlsx": folder.path.appending("budget.xlsx").string,
            "letters": place.string, "text": folder.path.appending("out").string, "secrets.txt": folder.path.appending("secrets.txt").string,
        ]
        try folder.path.appending("budget.xlsx").write(Self.golden("xlsx").read())
        try folder.path.appending("secrets.txt").write("sesame\n")
        try folder.path.appending("event").write(#"{"v":1,"event_id":"1","seq":1,"time":"2026-01-01T00:00:00.000Z","type":"job.done","route":"main","path":"a.pdf"}"# + "\n")
        let log = try Descriptor.open(folder.path.appending("log"), O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        var daemons: [Int32] = []
        defer { for daemon in daemons { kill(daemon, SIGKILL) } }
        let commands = try Self.commands(document)
        #expect(commands.count > (document == "README.md" ? 15 : 0))
        if !commands.contains(where: { $0.starts(with: ["config", "init"]) }) {
            #expect(try await intray.run(["config", "init", file]).exitCode == 0)
            try Self.fit(FilePath(file), folder.path)
        }
        for command in commands {
            let arguments = command.map { word in
                if word == "ROOT/inbox/FILE" { return "\(words["ROOT"] ?? "")/inbox/late.txt.part" }
                for (name, value) in words where word == name || (word.hasPrefix(name + ".") || word.hasPrefix(name + "/")) && !name.hasSuffix(".yaml") { return value + word.dropFirst(name.count) }
                return word
            }
            if arguments[0] == "watch" {
                daemons.append(try Program.start(intray.path, arguments, [:], output: log.raw))
                let status = ["status"] + (arguments[1] == "-c" ? Array(arguments.dropFirst()) : ["--root", arguments[1]])
                try await eventually("the daemon answers") { try await intray.run(status).exitCode == 0 }
                if arguments[1] != "-c" { try await Self.give(folder.path.appending("root")) }
                continue
            }
            if arguments[0] == "dismiss" {
                try await eventually("something has failed") { try await intray.run(["jobs", "--status", "failed", "--json"] + arguments.dropFirst(2)).output.hasPrefix("{") }
            }
            let ending = try await intray.run(arguments, input: arguments.starts(with: ["convert", "-"]) ? FilePath(words["FILE"] ?? "") : "/dev/null")
            // A sweep with a document that is none says so; a dry run and a retried sweep have it again.
            let isAgain = document == "Outputs.md" && arguments.contains("--password-file")
            let fine: Set<Int32> = arguments[0] == "sweep" && !arguments.contains("--dry-run") ? isAgain ? [0, 1] : [1] : [0]
            #expect(fine.contains(ending.exitCode ?? -1), "intray \(arguments.joined(separator: " ")): \(ending.output)")
            if arguments.starts(with: ["config", "init"]) { try Self.fit(FilePath(arguments[2]), folder.path) }
        }
    }

    @Test("what they pipe into it is taken", arguments: ["GettingStarted.md", "Outputs.md"])
    func pipes(document: String) async throws {
        let folder = try TemporaryFolder()
        let golden = Samples.folder.removingLastComponent().appending("ConversionTests/Golden")
        try folder.path.appending("letters.zip").write(golden.appending("zip/encrypted-traditional/input.zip").read())
        let pdf = try Self.golden("pdf")
        let lines = try Self.code(document).filter { $0.contains("| intray ") }
        #expect(!lines.isEmpty)
        for line in lines {
            let fitted = line.replacing("https://example.org/report", with: "file://\(pdf)").replacing("sesame", with: "sésame")
                .replacing("| intray ", with: "| \(try Program("intray").path) ")
            let ending = try await Program(at: "/bin/sh").run(["-c", "cd \"$0\" && \(fitted)", folder.path.string])
            #expect(ending.exitCode == 0 && !ending.output.isEmpty, "\(fitted): \(ending.output)")
        }
    }

    @Test("commands and options that stand within their sentences are there", arguments: [
        "README.md", "GettingStarted.md", "Operating.md", "Hooks.md", "Configuration.md", "Dashboard.md", "API.md", "Outputs.md", "Watching.md", "Security.md",
        "Reliability.md", "Formats.md", "PDF.md", "Contributing.md",
    ])
    func mentioned(document: String) async throws {
        var helps: [String: String] = [:]
        for span in try Self.text(of: document).matches(of: /`intray ([^`\n]+)`|"intray ([^"\n]+)"/) {
            let words = (span.output.1 ?? span.output.2 ?? "").split(whereSeparator: { " ,;".contains($0) }).map(String.init)
            guard let command = words.first, command.allSatisfy({ $0.isLowercase }) else { continue }
            let path = ["config", "hook"].contains(command) && words.count > 1 ? [command, words[1]] : [command]
            let key = path.joined(separator: " ")
            if helps[key] == nil {
                let help = try await Program("intray").run(path + ["--help"])
                #expect(help.exitCode == 0 && help.output.contains("intray \(key)"), "\(document) speaks of \"intray \(key)\": \(help.output)")
                helps[key] = help.output
            }
            for word in words where word.hasPrefix("-") && word.count > 1 {
                let option = word.prefix { $0 != "=" }
                #expect(helps[key]?.contains(option) == true, "\(document) speaks of \"intray \(key) \(option)\"")
            }
        }
    }

    @Test("the API's article asks a daemon what it answers")
    func asks() async throws {
        let folder = try TemporaryFolder()
        let root = folder.path.appending("root"), said = folder.path.appending("said")
        let log = try Descriptor.open(said, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        let daemon = try Program.start(try Program("intray").path, ["watch", root.string, "--dashboard", "127.0.0.1:0"], [:], output: log.raw)
        defer { kill(daemon, SIGKILL) }
        try await eventually("the page is there") { try said.readText().contains("/?token=") }
        let start = try said.readText().split(separator: "http://")[1].prefix { $0 != "/" }
        try folder.path.appending("report.pdf").write("%PDF-1.7\n")
        let text = try Self.text(of: "API.md").replacing("\\\n", with: " ")
        let commands = text.split(separator: "\n").filter { $0.hasPrefix("curl ") }
        #expect(commands.count > 1)
        for command in commands {
            let fitted = command.replacing("127.0.0.1:8088", with: start).replacing("state/dashboard.token", with: "\(root)/state/dashboard.token")
            let ending = try await Program(at: "/bin/sh").run(["-c", "cd \"$0\" && \(fitted) --fail --silent --show-error", folder.path.string])
            #expect(ending.exitCode == 0 && ending.output.hasPrefix("{"), "\(fitted): \(ending.output)")
        }
        try await eventually("what was sent has ended") { root.appending("quarantine/report.pdf.error.json").exists }
    }

    private static let package = Samples.folder.removingLastComponent().removingLastComponent()

    private static func text(of document: String) throws -> String {
        try (document == "README.md" ? package.appending(document) : package.appending("Sources/BatchProcessing/Documentation.docc").appending(document)).readText()
    }

    /// A small document of that format, of those that the readers are tested with.
    private static func golden(_ format: String) throws -> FilePath {
        let folder = package.appending("Tests/ConversionTests/Golden").appending(format)
        let inputs = try folder.filesBelow().filter { $0.string.hasSuffix("input.\(format)") }.map(\.string).sorted()
        return folder.appending(try #require(inputs.first))
    }

    /// Each line that begins with the program's name and is indented, or stands in a fenced block; without its comment.
    private static func commands(_ document: String) throws -> [[String]] {
        try code(document).filter { $0.hasPrefix("intray ") }.map { $0.split(separator: "#")[0].split(separator: " ").dropFirst().map(String.init) }
    }

    /// The lines that are indented, or stand in a fenced block.
    private static func code(_ document: String) throws -> [Substring] {
        var isFenced = false
        return try text(of: document).split(separator: "\n").compactMap { line in
            if line.hasPrefix("```") { isFenced.toggle() }
            return isFenced ? line : line.hasPrefix("    ") ? line.dropFirst(4) : nil
        }
    }

    /// A good document and a bad one, and their ends.
    private static func give(_ root: FilePath) async throws {
        try root.appending("inbox/late.txt.part").write("not finished")
        try root.appending("inbox/bad.docx").write("PK no archive")
        try root.appending("inbox/good.txt").write("good\n")
        try await eventually("both have ended") {
            root.appending("outbox/good.txt.md").exists && root.appending("quarantine/bad.docx.error.json").exists
        }
    }

    /// The shipped file's folders put below the test's, and the shipped hook switched on.
    private static func fit(_ file: FilePath, _ folder: FilePath) throws {
        let hook = folder.appending("append-to-index")
        try hook.write(package.appending("Config/hooks/append-to-index").read())
        chmod(hook.string, 0o755)
        let text = try file.readText().split(separator: "/var/lib/intray", omittingEmptySubsequences: false).joined(separator: folder.appending("service").string)
        let plain = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("hooks:") }.joined(separator: "\n")
        try file.write(plain + "\nhooks:\n  - {name: index, command: [\(hook.string), \(folder.appending("index.tsv").string)]}\n")
    }
}
