// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// Turns frames into what the engine gives back: bulk to the receiver, facts into the reply.
final class ReplyBuilder {
    /// The receiver's own error, told apart from a wrong reply.
    struct ReceiverFailure: Error {
        var error: any Error
    }

    private let receiver: any ReplyReceiver
    private(set) var reply = ConversionReply()
    /// What the worker said against the document.
    private(set) var complaint: ConversionError?

    init(_ receiver: any ReplyReceiver, renditions: Int) {
        self.receiver = receiver
        reply.textBytes = Array(repeating: 0, count: renditions)
    }

    /// - Throws: `ReceiverFailure`.
    func take(_ event: FrameReader.Event) throws(ReceiverFailure) {
        switch event {
        case .text(let piece, let rendition):
            reply.textBytes[rendition] += UInt64(piece.count)
            try give { try receiver.text(piece, rendition: rendition) }
        case .assetBegin(let name, let mediaType):
            reply.assets.append(AssetSummary(name: name, mediaType: mediaType, bytes: 0))
            try give { try receiver.beginAsset(name: name, mediaType: mediaType) }
        case .asset(let piece):
            reply.assets[reply.assets.count - 1].bytes += UInt64(piece.count)
            try give { try receiver.asset(piece) }
        case .assetEnd: try give { try receiver.endAsset() }
        case .partBegin(let name):
            reply.parts.append(PartSummary(name: name, textBytes: reply.textBytes.map { _ in 0 }))
            try give { try receiver.beginPart(name: name) }
        case .partText(let piece, let rendition):
            reply.parts[reply.parts.count - 1].textBytes[rendition] += UInt64(piece.count)
            try give { try receiver.part(piece, rendition: rendition) }
        case .partEnd: try give { try receiver.endPart() }
        case .progress(let done): receiver.progress(done)
        case .format(let name): reply.detectedFormat = name
        case .metadata(let field): reply.metadata.append(field)
        case .loss(let loss): reply.losses.append(loss)
        case .failed(let error): complaint = error
        case .ready, .end: return
        }
    }

    private func give(_ body: () throws -> Void) throws(ReceiverFailure) {
        do { try body() } catch { throw ReceiverFailure(error: error) }
    }
}
