// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol

/// What comes out, for every command that converts.
struct ConversionOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "md, txt, json, html or chunks (pieces for retrieval); several held apart by commas.")
    var format = "md"

    @Flag(name: .long, help: "YAML front matter with the document's own facts.")
    var frontMatter = false

    @Flag(name: .long, help: "A comment where a page begins.")
    var pageMarkers = false

    @Option(name: .long, help: ArgumentHelp("Only these pages of a PDF, counted from 1: 3-7, 3- to the end, or 3.", valueName: "range"))
    var pages: String?

    @Option(name: .long, help: "Pictures: assets (files beside the text), inline, or none.")
    var images: ImageChoice = .assets

    @Option(name: .long, help: "Tables in Markdown: auto, pipe, or html.")
    var tables: TableChoice = .auto

    @Option(name: .long, help: "Added to each heading's level.")
    var headingOffset = 0

    @Flag(name: .long, help: "Of a web page only what it is about.")
    var mainContent = false

    @Option(name: .long, help: ArgumentHelp("Paragraphs get line ends before this column; 0 for none.", valueName: "column"))
    var wrap = 0

    @Option(name: .long, help: "The language of words that are added, such as Slide or Notes: en, de, fr, es.")
    var labels: LanguageChoice = .en

    @Option(name: .long, help: ArgumentHelp("Most tokens of one chunk, as estimated.", valueName: "count"))
    var chunkTokens = 512

    @Option(name: .long, help: "Parts that become outputs of their own, in NAME.parts: none, sheets, members (of archives and mail), or all.")
    var split: SplitChoice = .none

    enum SplitChoice: String, ExpressibleByArgument, CaseIterable { case none, sheets, members, all }
    enum ImageChoice: String, ExpressibleByArgument, CaseIterable { case assets, inline, none }
    enum LanguageChoice: String, ExpressibleByArgument, CaseIterable { case en, de, fr, es }
    enum TableChoice: String, ExpressibleByArgument, CaseIterable { case auto, pipe, html }

    func validate() throws {
        _ = try formats()
        for (name, value, range) in [("--heading-offset", headingOffset, -5...5), ("--wrap", wrap, 0...1_000), ("--chunk-tokens", chunkTokens, 32...100_000)]
        where !range.contains(value) {
            throw ValidationError("\(name) takes a number from \(range.lowerBound) to \(range.upperBound).")
        }
        if let pages, PageRange(pages) == nil { throw ValidationError("\"\(pages)\" is no range of pages; write 3-7, 3-, or 3.") }
    }

    private func formats() throws -> [OutputFormat] {
        var formats: [OutputFormat] = []
        for name in format.split(separator: ",", omittingEmptySubsequences: false) {
            guard let format = OutputFormat(rawValue: String(name)) else {
                throw ValidationError("There is no format \"\(name)\"; there are \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            if !formats.contains(format) { formats.append(format) }
        }
        return formats
    }

    /// Whether anything is set here.
    var isChanged: Bool { options != RenderOptions() }

    var options: RenderOptions {
        var options = RenderOptions()
        // Checked by validate().
        options.formats = (try? formats()) ?? [.markdown]
        options.frontMatter = frontMatter
        options.pageMarkers = pageMarkers
        options.images = ImagePolicy(rawValue: images.rawValue) ?? .assets
        options.tables = TablePolicy(rawValue: tables.rawValue) ?? .auto
        options.headingOffset = headingOffset
        options.mainContent = mainContent
        options.wrap = wrap
        options.labels = LabelChoice(rawValue: labels.rawValue) ?? .en
        options.chunkTokens = chunkTokens
        options.split = SplitPolicy(rawValue: split.rawValue) ?? .none
        options.pages = pages.flatMap { PageRange($0) }
        return options
    }
}
