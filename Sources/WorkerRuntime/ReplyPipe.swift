// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import Glibc

/// The reply as frames into a pipe: gathered up to 256 KiB or a quarter of a second, so that a small document is one write.
///
/// The limits here spare work; the daemon has its own.
final class ReplyPipe: ReplySink {
    let descriptor: Int32
    private let renditions: Int
    private let mostText: UInt64
    private let mostAssets: UInt64
    private let textError: ConversionError
    private let assetError: ConversionError
    private var out: FrameBuffer
    private var textBytes: UInt64 = 0
    private var assetBytes: UInt64 = 0
    private var losses = LossTally()
    private var lastProgress: UInt64 = 0

    init(_ descriptor: Int32, request: ConversionRequest, inputSize: UInt64) {
        self.descriptor = descriptor
        renditions = request.options.formats.count
        mostText = request.limits.text(forInput: inputSize)
        mostAssets = request.limits.assetBytes
        textError = request.limits.textError(forInput: inputSize)
        assetError = request.limits.assetError
        out = FrameBuffer(descriptor)
    }

    func begin() throws(ConversionError) { out.put(.ready, Frame.ready()) }

    func format(_ name: String) throws(ConversionError) {
        guard PlainStrings.isCode(name) else { throw ConversionError(.internalError, "a format without a name") }
        out.put(.format, Array(name.utf8))
    }

    func metadata(_ field: MetadataField) throws(ConversionError) {
        var field = field
        if field.value.utf8.count > 32 << 10 { field.value = String(decoding: field.value.utf8.prefix(32 << 10), as: UTF8.self) }
        out.put(.metadata, Frame.metadata(field))
    }

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError) {
        try count(chunk, rendition)
        out.bulk(.text, tag: UInt32(rendition), chunk)
    }

    func beginPart(name: String) throws(ConversionError) {
        guard PlainStrings.isPartName(name) else { throw ConversionError(.internalError, "a part without a plain name") }
        out.put(.partBegin, Frame.partBegin(name: name))
    }

    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError) {
        try count(chunk, rendition)
        out.bulk(.partText, tag: UInt32(rendition), chunk)
    }

    func endPart() throws(ConversionError) { out.put(.partEnd, []) }

    private func count(_ chunk: UnsafeRawBufferPointer, _ rendition: Int) throws(ConversionError) {
        guard rendition < renditions else { throw ConversionError(.internalError, "text of a rendition nobody asked for") }
        textBytes += UInt64(chunk.count)
        guard textBytes <= mostText else { throw textError }
    }

    func asset(name: String, mediaType: String, _ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
        guard PlainStrings.isAssetName(name) else { throw ConversionError(.internalError, "an asset without a plain name") }
        assetBytes += UInt64(bytes.count)
        guard assetBytes <= mostAssets else { throw assetError }
        let type = PlainStrings.isMediaType(mediaType) ? mediaType : "application/octet-stream"
        out.put(.assetBegin, Frame.assetBegin(name: name, mediaType: type))
        out.bulk(.assetChunk, tag: nil, bytes)
        out.put(.assetEnd, [])
    }

    func loss(_ loss: Loss) throws(ConversionError) {
        var loss = loss
        if loss.message.utf8.count > 2_000 { loss.message = String(loss.message.prefix(500)) }
        if let location = loss.location, location.utf8.count > 2_000 { loss.location = String(location.prefix(500)) }
        losses.add(loss)
    }

    func progress(_ done: UInt64) throws(ConversionError) {
        let now = linux_monotonic_ns()
        guard now &- lastProgress > 100_000_000 else { return }
        lastProgress = now
        out.put(.progress, Frame.progress(done))
        out.flush()
    }

    func finish() throws(ConversionError) {
        for loss in losses.all { out.put(.loss, Frame.loss(loss)) }
        out.end()
    }

    /// The reply of a document that cannot be converted.
    func fail(_ error: ConversionError) {
        var error = error
        if error.reason.utf8.count > 2_000 { error.reason = String(error.reason.prefix(500)) }
        out.put(.error, Frame.error(error))
        out.end()
    }
}

extension ReplyPipe {
    /// What came so far, now.
    func flush() { out.flush() }

    /// Bytes that are no frames of ours, for a mock that lies.
    func writeRaw(_ raw: [UInt8]) { out.writeRaw(raw) }
}
