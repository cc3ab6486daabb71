// SPDX-License-Identifier: Apache-2.0

/// A small document of ours, read into nowhere before strangers' documents are: what its format's reader and the writers touch for
/// the first time (tables, caches of the language's run-time, a library's fonts) is then there in each process that is forked.
package struct Rehearsal: Sendable {
    /// With the format's extension.
    package let name: String
    package let bytes: @Sendable () -> [UInt8]

    init(_ name: String, _ bytes: @escaping @Sendable () -> [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    init(_ name: String, _ text: String) { self.init(name) { Array(text.utf8) } }
}

extension Readers {
    /// One for each format that is dropped often, the most frequent first.
    package static let rehearsals = [
        Rehearsal("rehearsal.pdf", RehearsedPDF.bytes),
        Rehearsal("rehearsal.docx", RehearsedPackages.docx),
        Rehearsal("rehearsal.xlsx", RehearsedPackages.xlsx),
        Rehearsal("rehearsal.pptx", RehearsedPackages.pptx),
        Rehearsal("rehearsal.html", RehearsedTexts.html),
        Rehearsal("rehearsal.eml", RehearsedTexts.eml),
        Rehearsal("rehearsal.odt", RehearsedPackages.odt),
        Rehearsal("rehearsal.ods", RehearsedPackages.ods),
        Rehearsal("rehearsal.odp", RehearsedPackages.odp),
        Rehearsal("rehearsal.epub", RehearsedPackages.epub),
        Rehearsal("rehearsal.rtf", RehearsedTexts.rtf),
        Rehearsal("rehearsal.csv", "name,price\nscrew,1.20\n\"a, b\",2\n"),
        Rehearsal("rehearsal.md", "# Title\n\nText with *stress*, a [link](a.html) and\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        Rehearsal("rehearsal.json", #"{"name": "screw", "sizes": [1, 2.5], "sold": true}"#),
        Rehearsal("rehearsal.xml", #"<?xml version="1.0"?><list><item price="1">screw</item><item price="2">nail</item></list>"#),
    ]
}
