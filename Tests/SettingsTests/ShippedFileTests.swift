// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("The shipped configuration file")
struct ShippedFileTests {
    private static let package = FilePath("\(#filePath)").removingLastComponent().removingLastComponent().removingLastComponent()
    private static let file = package.appending("Config/intray.yaml")

    @Test("loads to the defaults in the code")
    func defaults() throws {
        #expect(try Settings.Configuration.load(Self.file) == .standard(root: "/var/lib/intray"))
    }

    @Test("is carried by the program as it is")
    func embedded() throws { #expect(try Settings.Configuration.shippedFile == Self.file.read()) }

    @Test("the example hooks in it load to a hook's defaults")
    func hook() throws {
        let text = try Self.file.readText()
        let example = try #require(text.firstRange(of: "# hooks:\n")).lowerBound
        let lines = text[example...].split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n")
        let hooks = try load("routes: [{root: /a}]\n" + lines).hooks
        var web = HookSettings(name: "web", command: [])
        web.kind = .http
        web.url = "https://hooks.example.org/intray"
        #expect(hooks == [HookSettings(name: "index", command: ["/usr/share/intray/hooks/append-to-index", "/srv/scans/index.tsv"]), web])
    }

    @Test("each key that can be set occurs in it, with what is beside it")
    func complete() throws {
        let text = try Self.file.readText()
        var written: Set<String> = []
        for line in text.split(separator: "\n") {
            let bare = line.drop { "# -".contains($0) }
            if let colon = bare.firstIndex(of: ":") { written.insert(String(bare[..<colon])) }
        }
        let missing = Settings.Configuration.keys.filter { !written.contains($0.split(separator: ".").last.map(String.init) ?? "") }
        #expect(missing.isEmpty)
        // Keys that only the loader's table knows would be checked against nothing.
        #expect(Settings.Configuration.keys.count > 100)
    }

    @Test("each key is in the article on the configuration")
    func article() throws {
        let text = try Self.package.appending("Sources/BatchProcessing/Documentation.docc/Configuration.md").readText()
        let groups = Set(Settings.Configuration.keys.flatMap { key in key.split(separator: ".").dropLast().map(String.init) })
        for key in Settings.Configuration.keys {
            let names = key.split(separator: ".").map(String.init)
            if names[0] == "defaults" || groups.contains(names[names.count - 1]) { continue }
            let short = names[0] == "routes" || names[0] == "hooks" ? names.dropFirst().joined(separator: ".") : key
            #expect(text.contains("`\(short)`"), "\(key)")
        }
    }

    @Test("each configuration in README and the articles loads", arguments: ["README.md", "Configuration.md", "Hooks.md", "Watching.md", "Outputs.md", "Operating.md", "GettingStarted.md"])
    func snippets(document: String) throws {
        let file = document == "README.md" ? Self.package.appending(document) : Self.package.appending("Sources/BatchProcessing/Documentation.docc").appending(document)
        var blocks: [String] = []
        var isInside = false
        for line in try file.readText().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```yaml"
                if isInside { blocks.append("") }
            } else if isInside { blocks[blocks.count - 1] += line + "\n" }
        }
        // What begins with --- is the head of a document.
        for block in blocks where !block.hasPrefix("---") {
            let isWhole = block.hasPrefix("routes:") || block.contains("\nroutes:")
            let configuration = try load(isWhole ? block : "routes: [{root: /srv}]\n" + block)
            #expect(!configuration.routes.isEmpty)
        }
        if ["Configuration.md", "Hooks.md"].contains(document) { #expect(!blocks.isEmpty) }
    }
}
