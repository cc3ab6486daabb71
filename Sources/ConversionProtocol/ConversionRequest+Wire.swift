// SPDX-License-Identifier: Apache-2.0

/// A request as it crosses the wall: one datagram, the document's bytes behind the fields when they are few.
///
///     magic u32 · version u32 · flags u32 · input size u64 · limits 14 × u64 · job · name · media type · options · passwords · [input]
package struct RequestMessage {
    /// `INTQ`.
    static let magic: UInt32 = 0x5154_4E49
    /// Raised with every change of a message or a frame; both sides must have the same.
    package static let version: UInt32 = 5

    package var request: ConversionRequest
    /// Bytes of the document, wherever they are.
    package var inputSize: UInt64
    /// Whether the document follows the fields in the same datagram; else a descriptor comes with it.
    package var isInline: Bool

    package init(request: ConversionRequest, inputSize: UInt64, isInline: Bool) {
        self.request = request
        self.inputSize = inputSize
        self.isInline = isInline
    }

    /// The datagram without the document.
    package func encoded(reserving room: Int = 0) -> [UInt8] {
        var out = WireWriter()
        out.put(Self.magic)
        out.put(Self.version)
        out.put(UInt32(isInline ? 1 : 0))
        out.put(inputSize)
        withUnsafeBytes(of: request.limits) { out.putRest($0) }
        out.put(request.job.text)
        out.put(request.name)
        out.put(UInt8(request.mediaType == nil ? 0 : 1))
        out.put(request.mediaType ?? "")
        let options = request.options
        out.put(UInt8(options.formats.count))
        for format in options.formats { out.put(UInt8(OutputFormat.allCases.firstIndex(of: format) ?? 0)) }
        out.put(UInt8((options.frontMatter ? 1 : 0) | (options.pageMarkers ? 2 : 0) | (options.mainContent ? 4 : 0)))
        out.put(UInt8(ImagePolicy.allCases.firstIndex(of: options.images) ?? 0))
        out.put(UInt8(TablePolicy.allCases.firstIndex(of: options.tables) ?? 0))
        out.put(UInt32(bitPattern: Int32(truncatingIfNeeded: options.headingOffset)))
        out.put(UInt32(clamping: options.wrap))
        out.put(UInt8(LabelChoice.allCases.firstIndex(of: options.labels) ?? 0))
        out.put(UInt32(clamping: options.chunkTokens))
        out.put(UInt32(options.pages?.first ?? 0))
        out.put(UInt32(options.pages?.last ?? 0))
        out.put(UInt8(SplitPolicy.allCases.firstIndex(of: options.split) ?? 0))
        out.put(UInt8(clamping: request.passwords.candidates.count))
        for password in request.passwords.candidates { out.put(password) }
        return out.bytes
    }

    /// Takes a datagram apart: the message, and the inline document in `bytes` (empty when it is not inline); nil when it is not ours.
    package static func decode(_ bytes: UnsafeRawBufferPointer) -> (message: RequestMessage, input: UnsafeRawBufferPointer)? {
        var fields = WireReader(bytes)
        guard fields.take(UInt32.self) == magic, fields.take(UInt32.self) == version,
            let flags = fields.take(UInt32.self), let size = fields.take(UInt64.self)
        else { return nil }
        // Both sides are of one build, and the limits are nothing but 64-bit words: they cross as they lie in memory.
        guard let limits = fields.takeRaw(ConversionLimits.self) else { return nil }
        guard let job = fields.takeString().flatMap({ JobID($0) }), let name = fields.takeBytes(),
            let hasType = fields.take(UInt8.self), let type = fields.takeString(), let count = fields.take(UInt8.self)
        else { return nil }
        var options = RenderOptions()
        options.formats = []
        for _ in 0..<count {
            guard let format: OutputFormat = fields.takeCase() else { return nil }
            options.formats.append(format)
        }
        guard let switches = fields.take(UInt8.self), let images: ImagePolicy = fields.takeCase(),
            let tables: TablePolicy = fields.takeCase(), let offset = fields.take(UInt32.self),
            let wrap = fields.take(UInt32.self), let labels: LabelChoice = fields.takeCase(), let chunkTokens = fields.take(UInt32.self),
            let firstPage = fields.take(UInt32.self), let lastPage = fields.take(UInt32.self), let split: SplitPolicy = fields.takeCase(),
            let passwordCount = fields.take(UInt8.self)
        else { return nil }
        options.frontMatter = switches & 1 != 0
        options.pageMarkers = switches & 2 != 0
        options.mainContent = switches & 4 != 0
        options.images = images
        options.tables = tables
        options.headingOffset = Int(Int32(bitPattern: offset))
        options.wrap = Int(wrap)
        options.labels = labels
        options.chunkTokens = Int(chunkTokens)
        options.pages = PageRange(Int(firstPage), Int(lastPage))
        options.split = split
        var passwords: [String] = []
        for _ in 0..<passwordCount {
            guard let password = fields.takeString() else { return nil }
            passwords.append(password)
        }
        let request = ConversionRequest(
            job: job, name: Array(name), mediaType: hasType == 1 ? type : nil, options: options, limits: limits,
            passwords: DocumentPasswords(passwords))
        let isInline = flags & 1 != 0
        guard isInline ? UInt64(fields.remaining.count) == size : fields.isAtEnd else { return nil }
        return (RequestMessage(request: request, inputSize: size, isInline: isInline), fields.remaining)
    }
}

extension WireReader {
    fileprivate mutating func takeCase<Choice: CaseIterable>() -> Choice? where Choice.AllCases: RandomAccessCollection, Choice.AllCases.Index == Int {
        guard let index = take(UInt8.self), Int(index) < Choice.allCases.count else { return nil }
        return Choice.allCases[Int(index)]
    }
}
