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

    @Test("each piece of configuration that an article shows loads")
    func articles() throws {
        let folder = Self.package.appending("Sources/BatchProcessing/Documentation.docc")
        var pieces = 0
        for article in try folder.filesBelow() where article.string.hasSuffix(".md") {
            var piece: [Substring]?
            for line in try folder.appending(article.components).readText().split(separator: "\n", omittingEmptySubsequences: false) {
                if line == "```yaml" { piece = [] } else if line.hasPrefix("```"), let lines = piece {
                    piece = nil
                    // The facts that stand before a result are YAML too, but no configuration.
                    guard lines.first != "---" else { continue }
                    pieces += 1
                    let route = lines.contains { $0.hasPrefix("routes:") } ? "" : "routes: [{root: /a}]\n"
                    #expect(throws: Never.self, "\(article): \(lines.first ?? "")") { try load(route + lines.joined(separator: "\n")) }
                } else {
                    piece?.append(line)
                }
            }
        }
        #expect(pieces > 5)
    }

    @Test("the article's defaults are those of the file")
    func defaultsOfTheArticle() throws {
        let values = Self.values(of: try Self.file.readText())
        var compared = 0
        for line in try Self.package.appending("Sources/BatchProcessing/Documentation.docc/Configuration.md").readText().split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimming { $0 == " " } }
            guard cells.count == 5, let key = Self.word(cells[1]), let said = Self.word(cells[2]), let value = values[key], !value.isEmpty else { continue }
            compared += 1
            #expect(said == value, "\(key)")
        }
        #expect(compared > 50)
    }

    /// The one word in backticks that a cell is.
    private static func word(_ cell: Substring) -> String? {
        guard cell.hasPrefix("`"), cell.hasSuffix("`"), cell.count { $0 == "`" } == 2 else { return nil }
        return String(cell.dropFirst().dropLast())
    }

    /// Keys with their values as they stand in the file; those of a route without `defaults`, those of a hook by their own name.
    private static func values(of text: String) -> [String: String] {
        var values: [String: String] = [:]
        var above: [(indent: Int, name: String)] = []
        var isHook = false
        for line in text.split(separator: "\n") {
            isHook = isHook || line == "# hooks:"
            let bare = isHook ? line.drop { "# -".contains($0) } : line[...]
            let indent = isHook ? 0 : bare.prefix { $0 == " " }.count
            guard let colon = bare.firstIndex(of: ":"), bare.dropFirst(indent).first?.isLetter == true else { continue }
            let name = String(bare[..<colon].dropFirst(indent))
            above.removeAll { $0.indent >= indent }
            let path = (above.map(\.name) + [name]).filter { $0 != "defaults" }.joined(separator: ".")
            let value = bare[bare.index(after: colon)...]
            if values[path] == nil { values[path] = String((value.firstRange(of: " #").map { value[..<$0.lowerBound] } ?? value).trimming { $0 == " " }) }
            above.append((indent, name))
        }
        return values
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

extension StringProtocol {
    fileprivate func trimming(_ isEdge: (Character) -> Bool) -> SubSequence {
        let start = self[...].drop(while: isEdge)
        guard let last = start.lastIndex(where: { !isEdge($0) }) else { return start }
        return start[...last]
    }
}
