// SPDX-License-Identifier: Apache-2.0

/// What a document becomes.
public enum OutputFormat: String, Sendable, Codable, CaseIterable {
    case markdown = "md"
    case text = "txt"
    case json
    case html
    /// The text in pieces for retrieval, one JSON object a line.
    case chunks

    /// Behind the document's own name: `report.docx.md`.
    public var fileExtension: String { self == .chunks ? "jsonl" : rawValue }
}

/// The language of the words that we add to a document, such as "Slide" or "Notes".
public enum LabelChoice: String, Sendable, Codable, CaseIterable { case en, de, fr, es }

/// What is done with the pictures a document carries.
public enum ImagePolicy: String, Sendable, Codable, CaseIterable {
    /// Written beside the text, with relative links to them.
    case assets
    /// Left out; the alternative text stays.
    case none
    /// Put into the text as `data:` addresses.
    case inline
}

/// How tables are written in Markdown.
public enum TablePolicy: String, Sendable, Codable, CaseIterable {
    /// Pipe tables; a spanning cell is repeated in each place it covers.
    case auto
    case pipe
    case html
}

/// Whether parts of a document become outputs of their own, in `NAME.parts/`, with a list of them in the document's place.
public enum SplitPolicy: String, Sendable, Codable, CaseIterable {
    case none
    /// Each sheet of a workbook.
    case sheets
    /// Each member of an archive, attachment of a message, and message of a mailbox.
    case members
    /// Sheets and members.
    case all
}

/// How a document is rendered. The same options, input and version give the same bytes.
public struct RenderOptions: Hashable, Sendable, Codable {
    /// One rendition per format, in this order.
    public var formats: [OutputFormat] = [.markdown]
    /// YAML front matter with the document's metadata.
    public var frontMatter = false
    /// A comment at each page break: `<!-- page 3 -->`.
    public var pageMarkers = false
    public var images = ImagePolicy.assets
    public var tables = TablePolicy.auto
    /// Of a web page only its article or whatever it is about: no navigation, banners, sidebars and footers.
    public var mainContent = false
    /// Added to each heading's level; levels stay within 1…6.
    public var headingOffset = 0
    public var split = SplitPolicy.none
    /// Only these pages, of formats that have pages; all when nil.
    public var pages: PageRange?

    /// Paragraphs of Markdown and text get line ends so that no line is longer; 0 leaves them as they are.
    public var wrap = 0
    public var labels = LabelChoice.en
    /// Most tokens of one chunk, as estimated.
    public var chunkTokens = 512

    public init() {}
}

/// What one conversion may cost. Sizes in bytes, times in milliseconds.
public struct ConversionLimits: Hashable, Sendable, Codable, BitwiseCopyable {
    public var inputBytes: UInt64 = 512 << 20
    /// Address space beside the input itself (RLIMIT_AS = this + input).
    public var addressSpaceBytes: UInt64 = 1 << 30
    public var cpuMilliseconds: UInt64 = 60_000
    public var wallMilliseconds: UInt64 = 120_000
    /// Longest silence: no frame of any kind for this long.
    public var stallMilliseconds: UInt64 = 20_000
    /// Text over all renditions; a larger input raises it to 4 × the input.
    public var textBytes: UInt64 = 64 << 20
    /// Text per input byte; 1 MiB is always allowed on top.
    public var textRatio: UInt64 = 1_000
    public var assetBytes: UInt64 = 256 << 20
    public var stderrBytes: UInt64 = 64 << 10
    public var pages: UInt64 = 10_000
    /// Sheets of a workbook, members of a container, parts of a package.
    public var members: UInt64 = 1_000
    /// Containers within containers.
    public var depth: UInt64 = 5
    public var imagePixels: UInt64 = 100_000_000
    public var xmlDepth: UInt64 = 256

    public init() {}

    /// Most text allowed for an input of `size` bytes.
    public func text(forInput size: UInt64) -> UInt64 { min(mostText(size), mostByRatio(size)) }

    /// What an input of that size fails with when it gives more.
    package func textError(forInput size: UInt64) -> ConversionError {
        mostByRatio(size) < mostText(size)
            ? ConversionError(.textRatio, "more than \(textRatio) bytes of text for each of the \(size) bytes read, and 1 MiB")
            : ConversionError(.textLimit, "more than \(mostText(size)) bytes of text")
    }

    package var assetError: ConversionError { ConversionError(.assetLimit, "more than \(assetBytes) bytes of assets") }

    private func mostText(_ size: UInt64) -> UInt64 {
        let (fourfold, isOver) = size.multipliedReportingOverflow(by: 4)
        return isOver ? .max : max(textBytes, fourfold)
    }

    private func mostByRatio(_ size: UInt64) -> UInt64 {
        let (product, isOver) = size.multipliedReportingOverflow(by: textRatio)
        let (sum, isFar) = product.addingReportingOverflow(1 << 20)
        return isOver || isFar ? .max : sum
    }
}

/// One document to convert. Its bytes travel beside it: inline, or as an open descriptor.
public struct ConversionRequest: Hashable, Sendable {
    public var job: JobID
    /// The file's name, for hints only (extension); raw bytes, at most 255.
    public var name: [UInt8]
    /// A media type somebody claimed, if any.
    public var mediaType: String?
    public var options: RenderOptions
    public var limits: ConversionLimits
    /// Tried on a document that is encrypted.
    public var passwords: DocumentPasswords

    public init(
        job: JobID, name: [UInt8], mediaType: String? = nil, options: RenderOptions = .init(), limits: ConversionLimits = .init(),
        passwords: DocumentPasswords = .init()
    ) {
        self.job = job
        self.name = name
        self.mediaType = mediaType
        self.options = options
        self.limits = limits
        self.passwords = passwords
    }
}
