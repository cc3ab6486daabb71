// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// A document's bytes, valid for the duration of one `read`, and what the outside claims about them.
package struct Source {
    package let bytes: UnsafeRawBufferPointer
    /// The file name's extension, lower case, without the dot; a hint that content overrules. Empty when there is none.
    package let nameExtension: String
    /// The one before it, for a file that is packed: `csv` of `report.csv.gz`. Empty when there is none.
    package let innerExtension: String
    /// A media type somebody claimed, lower case, without parameters.
    package let mediaType: String?
    /// Reads the documents within this one.
    package let members: any MemberReading

    package init(
        _ bytes: UnsafeRawBufferPointer, nameExtension: String = "", innerExtension: String = "", mediaType: String? = nil,
        members: any MemberReading = UnreadMembers()
    ) {
        self.bytes = bytes
        self.nameExtension = nameExtension
        self.innerExtension = innerExtension
        self.mediaType = mediaType
        self.members = members
    }
}

/// What a reader may spend. Bytes unless the name says otherwise; time and memory are the process's own limits.
///
/// Whether a document beyond a limit fails or is delivered with a loss goes by what is left: sheets, members of an archive,
/// messages, pages of a PDF and pictures stand alone, so the first ones are delivered, the original stays where it is, and
/// a diagnostic with a stable code counts the others. Slides and elements within elements do not: the document fails.
package struct ReadLimits: Sendable, Hashable {
    /// Beyond it `ReadError.pages`; of a PDF `pages-left-out`, of a mailbox `mbox-messages-left`.
    package var pages = 10_000
    /// Beyond it `sheets-left-out` or `members-too-many`.
    package var members = 1_000
    /// Beyond it `members-too-deep`.
    package var depth = 5
    /// Beyond it `picture-too-large`: the picture's facts without its text.
    package var imagePixels = 100_000_000
    /// Beyond it `ReadError.xmlDepth`.
    package var xmlDepth = 256
    /// One unpacked member of a package, and all members together.
    package var unpackedBytes = 1 << 30
    /// Unpacked bytes per packed byte, above the first MiB of each member.
    package var unpackedRatio = 1_000
    /// Whether pictures are wanted at all; a reader need not unpack them otherwise.
    package var wantsMedia = true
    /// Whether a web page is to be cut down to what it is about.
    package var wantsMainContentOnly = false
    /// Only these pages, counted from 1, where a format has pages; all when nil.
    package var pageRange: ClosedRange<Int>?
    /// Tried on what is encrypted; never shown.
    package var passwords: [String] = []
    /// The language of the words a reader adds.
    package var labels = LabelLanguage.en

    package init() {}
}

/// Why a document cannot be read. Reasons name parts, never content, and follow `cannot read "NAME": `.
package enum ReadError: Error, Sendable, Hashable {
    case malformed(String)
    case encrypted(String)
    case unsupported(String)
    /// A bound of the reader's own was reached, or `unpackedBytes` or `unpackedRatio`.
    case limit(String)
    /// The limit of `ReadLimits` of that name was reached.
    case pages(String), members(String), xmlDepth(String)
    /// The sink takes no more.
    case sink(SinkError)

    /// Without the kind: `content is binary data`.
    package var reason: String {
        switch self {
        case .malformed(let reason), .encrypted(let reason), .unsupported(let reason), .limit(let reason): reason
        case .pages(let reason), .members(let reason), .xmlDepth(let reason): reason
        case .sink(let error): error.reason
        }
    }

    /// The kind in one word.
    package var code: String {
        switch self {
        case .malformed: "malformed"
        case .encrypted: "encrypted"
        case .unsupported: "unsupported"
        case .limit: "limit"
        case .pages: "page-limit"
        case .members: "member-limit"
        case .xmlDepth: "xml-depth-limit"
        case .sink: "output-limit"
        }
    }
}

/// Turns bytes of one format into a document. Gets bytes and limits and nothing else: no path, clock or environment.
package protocol DocumentReader: Sendable {
    func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError)
}
