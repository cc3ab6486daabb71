// SPDX-License-Identifier: Apache-2.0

/// The daemon's side of a reply: bytes in, events out. A total function: whatever a worker sends, it ends in `isComplete` or an error.
///
/// Text comes out validated and without control characters. Nothing is kept but a frame that has not arrived whole.
package struct FrameReader {
    package enum Event {
        case ready
        case format(String)
        case text(UnsafeRawBufferPointer, rendition: Int)
        case metadata(MetadataField)
        case loss(Loss)
        case progress(UInt64)
        case assetBegin(name: String, mediaType: String)
        case asset(UnsafeRawBufferPointer)
        case assetEnd
        case partBegin(name: String)
        case partText(UnsafeRawBufferPointer, rendition: Int)
        case partEnd
        /// The worker says why it cannot convert; `end` still follows.
        case failed(ConversionError)
        case end
    }

    /// What a reply may hold at most.
    package struct Limits: Sendable {
        package var renditions = 1
        package var text: UInt64 = 64 << 20
        /// Which of the limits on text that is.
        package var textError: ConversionError?
        package var assets: UInt64 = 256 << 20
        package var parts = 0
        /// Format, metadata and losses together.
        package var facts: UInt64 = 1 << 20
        package var frames: UInt64 = 1_000_000

        package init() {}

        package init(_ request: ConversionRequest, inputSize: UInt64) {
            renditions = request.options.formats.count
            text = request.limits.text(forInput: inputSize)
            textError = request.limits.textError(forInput: inputSize)
            assets = request.limits.assetBytes
            parts = request.options.split == .none ? 0 : ConversionReply.mostParts
        }
    }

    private let limits: Limits
    /// A frame that has not arrived whole, and room for the next one while that one is read.
    private var held: [UInt8] = []
    private var spare: [UInt8] = []
    private var checksum = Checksum()
    private var frames: UInt64 = 0
    private var bytes: UInt64 = 0
    private var textBytes: UInt64 = 0
    private var assetBytes: UInt64 = 0
    private var factBytes: UInt64 = 0
    private var checks: [TextCheck]
    private var assetNames: Set<String> = []
    /// Of the part that was begun last.
    private var partChecks: [TextCheck] = []
    private var partNames: Set<String> = []
    private var isInPart = false
    private var isInAsset = false
    private var isReady = false
    private var hasFormat = false
    private var hasFailed = false
    /// The end frame has come and everything it says is right.
    package private(set) var isComplete = false

    package init(_ limits: Limits) {
        self.limits = limits
        checks = Array(repeating: TextCheck(), count: limits.renditions)
    }

    /// Whether anything at all has arrived.
    package var hasBegun: Bool { frames > 0 || !held.isEmpty }

    /// Takes what was read from the pipe. After an error the reader is of no further use.
    /// - Throws: `ConversionError` with `protocol` or a limit, or what `take` throws.
    package mutating func read(_ chunk: UnsafeRawBufferPointer, _ take: (Event) throws -> Void) throws {
        var rest = chunk
        while !rest.isEmpty {
            if isComplete { throw violation("bytes after the end frame") }
            if held.isEmpty, let length = try frameLength(rest), length <= rest.count {
                try frame(UnsafeRawBufferPointer(rebasing: rest.prefix(length)), take)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(length))
                continue
            }
            // A frame in pieces: the header first, then as much as it says.
            let wanted = try held.withUnsafeBytes { try frameLength($0) } ?? Frame.headerBytes
            let piece = min(wanted - held.count, rest.count)
            held.append(contentsOf: rest.prefix(piece))
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece))
            if held.count == wanted, let length = try held.withUnsafeBytes({ try frameLength($0) }), length == held.count {
                let whole = held
                swap(&held, &spare)
                held.removeAll(keepingCapacity: true)
                try whole.withUnsafeBytes { try frame($0, take) }
            }
        }
    }

    /// Header and payload of the frame that begins here; nil while the header is cut short.
    private func frameLength(_ bytes: UnsafeRawBufferPointer) throws -> Int? {
        guard bytes.count >= Frame.headerBytes else { return nil }
        let length = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        guard length <= Frame.mostPayload else { throw violation("a frame of \(length) bytes") }
        return Frame.headerBytes + Int(length)
    }

    private mutating func frame(_ whole: UnsafeRawBufferPointer, _ take: (Event) throws -> Void) throws {
        let number = UInt32(littleEndian: whole.loadUnaligned(as: UInt32.self))
        guard let type = FrameType(rawValue: number) else { throw violation("a frame of unknown type \(number)") }
        guard isReady || type == .ready else { throw violation("the first frame is not ready") }
        guard !hasFailed || type == .end else { throw violation("a frame after an error") }
        let payload = UnsafeRawBufferPointer(rebasing: whole.dropFirst(Frame.headerBytes))
        if type == .end {
            try end(payload)
            return try take(.end)
        }
        frames += 1
        bytes += UInt64(whole.count)
        checksum.add(whole)
        guard frames <= limits.frames else { throw ConversionError(.outputLimit, "more than \(limits.frames) frames") }
        try content(type, payload, take)
    }

    private mutating func content(_ type: FrameType, _ payload: UnsafeRawBufferPointer, _ take: (Event) throws -> Void) throws {
        var fields = WireReader(payload)
        switch type {
        case .text:
            let rendition = try rendition(&fields)
            let isText = try checks[rendition].pass(fields.remaining) { try take(.text($0, rendition: rendition)) }
            guard isText else { throw violation("text that is not UTF-8") }
        case .partText:
            guard isInPart else { throw violation("text outside a part") }
            let rendition = try rendition(&fields)
            let isText = try partChecks[rendition].pass(fields.remaining) { try take(.partText($0, rendition: rendition)) }
            guard isText else { throw violation("text that is not UTF-8") }
        case .assetChunk:
            guard isInAsset else { throw violation("asset bytes outside an asset") }
            assetBytes += UInt64(payload.count)
            guard assetBytes <= limits.assets else { throw ConversionError(.assetLimit, "more than \(limits.assets) bytes of assets") }
            try take(.asset(payload))
        case .progress:
            guard let done = fields.take(UInt64.self), fields.isAtEnd else { throw violation("a progress frame of a wrong length") }
            try take(.progress(done))
        case .ready:
            guard !isReady, fields.take(UInt32.self) == RequestMessage.version, fields.isAtEnd else { throw violation("a wrong ready frame") }
            isReady = true
            try take(.ready)
        case .assetBegin, .assetEnd: try take(try asset(type, &fields))
        case .partBegin, .partEnd: try take(try part(type, payload))
        case .format, .metadata, .loss:
            factBytes += UInt64(payload.count)
            guard factBytes <= limits.facts else { throw ConversionError(.outputLimit, "more than \(limits.facts) bytes of metadata") }
            try take(try fact(type, payload))
        case .error: try take(.failed(try failure(&fields)))
        case .end: return
        }
    }

    /// Of text that follows in `fields`, which is counted.
    private mutating func rendition(_ fields: inout WireReader) throws -> Int {
        guard let rendition = fields.take(UInt32.self).map(Int.init), rendition < limits.renditions else {
            throw violation("text of a rendition nobody asked for")
        }
        textBytes += UInt64(fields.remaining.count)
        guard textBytes <= limits.text else { throw limits.textError ?? ConversionError(.textLimit, "more than \(limits.text) bytes of text") }
        return rendition
    }

    private mutating func part(_ type: FrameType, _ payload: UnsafeRawBufferPointer) throws -> Event {
        var fields = WireReader(payload)
        if type == .partEnd {
            guard isInPart, fields.isAtEnd, partChecks.allSatisfy(\.isAtBorder) else { throw violation("a wrong end of a part") }
            isInPart = false
            return .partEnd
        }
        factBytes += UInt64(payload.count)
        guard factBytes <= limits.facts, partNames.count < limits.parts else { throw ConversionError(.outputLimit, "more parts than allowed") }
        guard !isInPart, let name = fields.takeString(), fields.isAtEnd, PlainStrings.isPartName(name) else { throw violation("a part with an unsafe name") }
        guard partNames.insert(name).inserted else { throw violation("two parts of one name") }
        isInPart = true
        partChecks = Array(repeating: TextCheck(), count: limits.renditions)
        return .partBegin(name: name)
    }

    private mutating func asset(_ type: FrameType, _ fields: inout WireReader) throws -> Event {
        if type == .assetEnd {
            guard isInAsset, fields.isAtEnd else { throw violation("the end of no asset") }
            isInAsset = false
            return .assetEnd
        }
        guard !isInAsset, let name = fields.takeString(), let mediaType = fields.takeString(), fields.isAtEnd else {
            throw violation("a wrong asset frame")
        }
        guard PlainStrings.isAssetName(name), PlainStrings.isMediaType(mediaType) else { throw violation("an asset with an unsafe name") }
        guard assetNames.insert(name).inserted else { throw violation("two assets of one name") }
        isInAsset = true
        return .assetBegin(name: name, mediaType: mediaType)
    }

    private mutating func fact(_ type: FrameType, _ payload: UnsafeRawBufferPointer) throws -> Event {
        var fields = WireReader(payload)
        switch type {
        case .format:
            guard !hasFormat, let name = String(validating: payload, as: UTF8.self), PlainStrings.isCode(name) else { throw violation("a wrong format frame") }
            hasFormat = true
            return .format(name)
        case .loss:
            guard let count = fields.take(UInt64.self), let located = fields.take(UInt8.self), let code = fields.takeString(),
                let message = fields.takeString(), let location = fields.takeString(), fields.isAtEnd,
                let count = Int(exactly: count), count > 0, located <= 1, PlainStrings.isCode(code)
            else { throw violation("a wrong loss frame") }
            let place = located == 1 ? PlainStrings.clean(location) : nil
            return .loss(Loss(code: code, message: PlainStrings.clean(message), location: place, count: count))
        default:
            guard let name = fields.takeString(), let value = fields.takeString(), fields.isAtEnd else { throw violation("a wrong metadata frame") }
            return .metadata(MetadataField(name: PlainStrings.clean(name), value: PlainStrings.clean(value, lines: true)))
        }
    }

    /// What a worker may blame: the document, its limits or itself; never this machine, which would pause the route.
    private mutating func failure(_ fields: inout WireReader) throws -> ConversionError {
        guard let raw = fields.takeString(), let reason = fields.takeString(), fields.isAtEnd, let code = FailureCode(rawValue: raw) else {
            throw violation("a wrong error frame")
        }
        switch code {
        case .malformed, .encrypted, .unsupported, .internalError, .outputLimit, .inputLimit, .documentLimit, .empty, .memory, .inputChanged,
            .textLimit, .textRatio, .assetLimit, .pageLimit, .memberLimit, .xmlDepthLimit:
            hasFailed = true
            return ConversionError(code, String(PlainStrings.clean(reason).prefix(500)))
        default: throw violation("an error that is not a worker's")
        }
    }

    private mutating func end(_ payload: UnsafeRawBufferPointer) throws {
        var fields = WireReader(payload)
        guard let saidFrames = fields.take(UInt64.self), let saidBytes = fields.take(UInt64.self),
            let sum = fields.take(UInt32.self), fields.isAtEnd
        else { throw violation("a wrong end frame") }
        guard saidFrames == frames, saidBytes == bytes else { throw violation("an end frame whose counts are wrong") }
        guard sum == checksum.value else { throw violation("an end frame whose checksum is wrong") }
        guard hasFailed || !(isInAsset || isInPart) else { throw violation("an end within an asset or a part") }
        guard hasFailed || checks.allSatisfy(\.isAtBorder) else { throw violation("text that ends within a character") }
        isComplete = true
    }

    private func violation(_ what: String) -> ConversionError {
        ConversionError(.protocolViolation, "the worker sent \(what)")
    }
}
