// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import Glibc

/// Converts in this process, without a wall: for tests and for programs that trust their documents.
public struct InlineEngine: ConversionEngine {
    private let converter: any Converter

    public init(converter: any Converter = DocumentConverter()) { self.converter = converter }

    public func convert(
        _ request: ConversionRequest, input: ConversionInput, into receiver: any ReplyReceiver
    ) async throws -> ConversionReply {
        let sink = InlineReply(receiver, request: request, size: input.size)
        do {
            switch input {
            case .bytes(let bytes): try bytes.withUnsafeBytes { try converter.convert(request, $0, reply: sink) }
            case .descriptor(let descriptor, let size): try map(descriptor, Int(size)) { try converter.convert(request, $0, reply: sink) }
            }
        } catch {
            throw sink.received ?? error
        }
        return sink.reply
    }

    private func map(_ descriptor: Int32, _ size: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard size > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let start, start != MAP_FAILED else { throw ConversionError(.ioError, "the document cannot be mapped") }
        defer { munmap(start, size) }
        try body(UnsafeRawBufferPointer(start: start, count: size))
    }
}

/// A reply on its way to a receiver, with the limits of the request.
private final class InlineReply: ReplySink {
    private let receiver: any ReplyReceiver
    private let textLimit: UInt64
    private let assetLimit: UInt64
    private let textError: ConversionError
    private let assetError: ConversionError
    private(set) var reply = ConversionReply()
    /// What the receiver threw.
    private(set) var received: (any Error)?

    init(_ receiver: any ReplyReceiver, request: ConversionRequest, size: UInt64) {
        self.receiver = receiver
        textLimit = request.limits.text(forInput: size)
        assetLimit = request.limits.assetBytes
        textError = request.limits.textError(forInput: size)
        assetError = request.limits.assetError
        reply.textBytes = request.options.formats.map { _ in 0 }
    }

    func format(_ name: String) { reply.detectedFormat = name }
    func metadata(_ field: MetadataField) { reply.metadata.append(field) }
    func loss(_ loss: Loss) { reply.losses.append(loss) }
    func progress(_ done: UInt64) { receiver.progress(done) }

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError) {
        reply.textBytes[rendition] += UInt64(chunk.count)
        try checkText()
        try pass { try receiver.text(chunk, rendition: rendition) }
    }

    func beginPart(name: String) throws(ConversionError) {
        reply.parts.append(PartSummary(name: name, textBytes: reply.textBytes.map { _ in 0 }))
        try pass { try receiver.beginPart(name: name) }
    }

    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError) {
        reply.parts[reply.parts.count - 1].textBytes[rendition] += UInt64(chunk.count)
        try checkText()
        try pass { try receiver.part(chunk, rendition: rendition) }
    }

    func endPart() throws(ConversionError) { try pass { try receiver.endPart() } }

    private func checkText() throws(ConversionError) {
        let count = reply.textBytes.reduce(0, +) + reply.parts.reduce(0) { $0 + $1.textBytes.reduce(0, +) }
        guard count <= textLimit else { throw textError }
    }

    func asset(name: String, mediaType: String, _ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
        reply.assets.append(AssetSummary(name: name, mediaType: mediaType, bytes: UInt64(bytes.count)))
        guard reply.assets.reduce(0, { $0 + $1.bytes }) <= assetLimit else {
            throw assetError
        }
        try pass {
            try receiver.beginAsset(name: name, mediaType: mediaType)
            try receiver.asset(bytes)
            try receiver.endAsset()
        }
    }

    private func pass(_ call: () throws -> Void) throws(ConversionError) {
        do {
            try call()
        } catch {
            received = error
            throw ConversionError(.internalError, "the receiver takes no more")
        }
    }
}
