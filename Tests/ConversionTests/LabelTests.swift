// SPDX-License-Identifier: Apache-2.0
import Conversion
import ConversionProtocol
import DocumentReading
import Testing

@Suite("labels")
struct LabelTests {
    @Test("every label has a text in every language, of which those in other languages are no copies of the English table")
    func completeness() {
        for label in Label.allCases {
            for language in LabelLanguage.allCases { #expect(!label.text(in: language).isEmpty, "\(label) \(language)") }
        }
        for language in LabelLanguage.allCases where language != .en {
            let same = Label.allCases.count { $0.text(in: language) == $0.text(in: .en) }
            #expect(same * 4 < Label.allCases.count, "\(language)")
        }
    }

    @Test("what a reader adds is in the language asked for", arguments: [
        ("a.eml", "From: a@x.example\r\nTo: b@x.example\r\nSubject: S\r\n\r\nBody\r\n", ["E-Mail-Nachricht", "**Von:**", "**An:**", "**Betreff:**", "Inhalt"], ["From", "Subject", "Content", "Email Message"]),
        ("a.rst", ".. note:: x\n\n.. seealso:: y\n\n.. versionadded:: 2\n", ["**Notiz**", "**Siehe auch**", "**Neu in Version 2**"], ["Note", "See also", "Added"]),
        ("a.adoc", "NOTE: x\n\nWARNING: y\n", ["**Notiz**", "**Warnung**"], ["Note", "Warning"]),
        ("a.tex", "\\documentclass{article}\\begin{document}\\begin{abstract}x\\end{abstract}\\begin{lem}y\\end{lem}\\begin{thm}z\\end{thm}\\end{document}",
            ["Zusammenfassung", "**Lemma**", "**Satz**"], ["Abstract", "Theorem"]),
        ("a.xml", "<rss version='2.0'><channel><title>T</title><item><author>A</author><pubDate>2024</pubDate><link>http://x.example</link></item></channel></rss>",
            ["Veröffentlicht: ", "Autor: "], ["Published", "Author"]),
        ("a.vcf", "BEGIN:VCARD\nVERSION:4.0\nFN:N\nTEL:1\nBDAY:2000-01-01\nEND:VCARD\n", ["Telefon", "Geburtstag"], ["Phone", "Birthday"]),
    ] as [(String, String, [String], [String])])
    func german(_ name: String, _ text: String, _ present: [String], _ absent: [String]) async throws {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array(name.utf8))
        request.options.labels = .de
        let receiver = CollectingReceiver()
        _ = try await InlineEngine().convert(request, input: .bytes(Array(text.utf8)), into: receiver)
        let markdown = receiver.text(0)
        for word in present { #expect(markdown.contains(word), "\(word) in \(markdown)") }
        for word in absent { #expect(!markdown.contains(word), "\(word) in \(markdown)") }
    }

    @Test("callouts of a Markdown page are named in the language asked for")
    func callouts() async throws {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array("a.md".utf8))
        request.options.labels = .fr
        request.options.formats = [.html]
        let receiver = CollectingReceiver()
        _ = try await InlineEngine().convert(request, input: .bytes(Array("> [!WARNING]\n> x\n".utf8)), into: receiver)
        #expect(receiver.text(0).contains("<strong>Avertissement</strong>"))
    }
}

@Suite("names that need no extension")
struct WellKnownNameTests {
    @Test("the whole name, in any case, tells the language or that it is text", arguments: [
        ("Makefile", "all:\n\tcc x.c\n", "```makefile\n"), ("Dockerfile", "FROM x\n", "```dockerfile\n"), ("Dockerfile.test", "FROM x\n", "```dockerfile\n"),
        ("CMakeLists.txt", "project(x)\n", "```cmake\n"), ("Jenkinsfile", "node {}\n", "```groovy\n"), ("Gemfile", "gem 'x'\n", "```ruby\n"), (".bashrc", "x=1\n", "```bash\n"),
        ("README", "a;b\n1;2\n3;4\n", "a;b"), ("LICENSE", "{\"a\": 1}", "{\"a\""),
    ])
    func names(_ name: String, _ text: String, _ start: String) async throws {
        #expect(try await DocumentConverterTests.convert(text, name, [.markdown]).texts[0].hasPrefix(start))
    }

    @Test("names of members count as well, other names stay what they are")
    func members() {
        #expect(Member.nameExtensions("src/Makefile") == ("", "mk"))
        #expect(Member.nameExtensions("src/makefiles/a.csv.gz") == ("csv", "gz"))
        #expect(WellKnownName.fileExtension(of: "makefile2") == nil)
        #expect(WellKnownName.fileExtension(of: "report") == nil)
    }
}
