// SPDX-License-Identifier: Apache-2.0

/// Something the reader could not carry over; the document is delivered all the same.
public struct Loss: Hashable, Sendable, Codable {
    /// Stable, lower case with hyphens, e.g. `table-spans-flattened`.
    public var code: String
    /// Names the thing, never the document's content.
    public var message: String
    /// Where: `word/document.xml`, `line 12`, `page 3`, `Sheet 2!B7`.
    public var location: String?
    /// How often; repeats of one code and message are folded.
    public var count: Int

    public init(code: String, message: String, location: String? = nil, count: Int = 1) {
        self.code = code
        self.message = message
        self.location = location
        self.count = count
    }
}

/// What came back beside the text. The text and the assets went to a `ReplyReceiver` as they arrived.
public struct ConversionReply: Hashable, Sendable, Codable {
    /// The format the content was taken for, by extension: `docx`, `csv`, ….
    public var detectedFormat = ""
    /// Facts of the source: title, author, dates, pages.
    public var metadata: [MetadataField] = []
    public var losses: [Loss] = []
    /// Bytes of text per requested format, in the request's order.
    public var textBytes: [UInt64] = []
    public var assets: [AssetSummary] = []
    /// Outputs of their own, where the options ask for them.
    public var parts: [PartSummary] = []
    public var usage = ResourceUsage()

    public init() {}

    /// Parts of one document; what is beyond stays in the document's own text.
    public static let mostParts = 2_000
}

public struct MetadataField: Hashable, Sendable, Codable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

public struct AssetSummary: Hashable, Sendable, Codable {
    /// A plain file name, checked on the daemon's side of the wall.
    public var name: String
    public var mediaType: String
    public var bytes: UInt64

    public init(name: String, mediaType: String, bytes: UInt64) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

public struct PartSummary: Hashable, Sendable, Codable {
    /// A relative path of plain file names, checked on the daemon's side of the wall.
    public var name: String
    /// Bytes of text per requested format.
    public var textBytes: [UInt64]

    public init(name: String, textBytes: [UInt64]) {
        self.name = name
        self.textBytes = textBytes
    }
}

/// What the worker process used, as the kernel counted it.
public struct ResourceUsage: Hashable, Sendable, Codable {
    public var cpuMicroseconds: UInt64 = 0
    public var wallMicroseconds: UInt64 = 0
    /// Peak resident set, bytes.
    public var peakBytes: UInt64 = 0

    public init() {}
}
