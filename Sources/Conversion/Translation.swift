// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentReaders
import DocumentReading
import DocumentTree
import DocumentWriters

// What readers and writers say, in the words of the wire; the only place where the two meet.

extension ConversionError {
    init(_ error: ReadError) {
        switch error {
        case .malformed(let reason): self.init(.malformed, reason)
        case .encrypted(let reason): self.init(.encrypted, reason)
        case .unsupported(let reason): self.init(.unsupported, reason)
        case .limit(let reason): self.init(.documentLimit, reason)
        case .pages(let reason): self.init(.pageLimit, reason)
        case .members(let reason): self.init(.memberLimit, reason)
        case .xmlDepth(let reason): self.init(.xmlDepthLimit, reason)
        case .sink(let error): self.init(.outputLimit, error.reason)
        }
    }
}

extension Loss {
    init(_ diagnostic: Diagnostic) {
        self.init(code: diagnostic.code, message: diagnostic.message, location: diagnostic.location, count: diagnostic.count)
    }
}

extension ReadLimits {
    init(_ limits: ConversionLimits, _ options: RenderOptions) {
        self.init()
        pages = Int(clamping: limits.pages)
        members = Int(clamping: limits.members)
        depth = Int(clamping: limits.depth)
        imagePixels = Int(clamping: limits.imagePixels)
        xmlDepth = Int(clamping: limits.xmlDepth)
        wantsMedia = options.images != .none
        wantsMainContentOnly = options.mainContent
        labels = LabelLanguage(options.labels)
        pageRange = options.pages.map { $0.first...$0.last }
    }
}

extension LabelLanguage {
    init(_ choice: LabelChoice) {
        self = switch choice {
        case .en: .en
        case .de: .de
        case .fr: .fr
        case .es: .es
        }
    }
}

extension WriteOptions {
    init(_ options: RenderOptions, name: [UInt8]) {
        self.init()
        frontMatter = options.frontMatter
        pageMarkers = options.pageMarkers
        headingOffset = options.headingOffset
        images = switch options.images {
        case .assets: .assets
        case .none: .none
        case .inline: .inline
        }
        tables = switch options.tables {
        case .auto: .auto
        case .pipe: .pipe
        case .html: .html
        }
        assetFolder = FileName.assetFolder(name)
        sourceName = FileName.shown(name)
        wrap = options.wrap
        chunkTokens = options.chunkTokens
        notesLabel = Label.notes.text(in: LabelLanguage(options.labels))
    }
}

extension OutputFormat {
    func writer(_ options: WriteOptions, _ output: OutputBuffer) -> any DocumentWriter {
        switch self {
        case .markdown: MarkdownWriter(options: options, output: output)
        case .text: PlainTextWriter(options: options, output: output)
        case .json: JSONWriter(options: options, output: output)
        case .html: HTMLWriter(options: options, output: output)
        case .chunks: ChunkWriter(options: options, output: output)
        }
    }
}
