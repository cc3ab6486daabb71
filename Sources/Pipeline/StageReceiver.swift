// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Spooling

/// What a worker sends goes straight into the job's stage.
final class StageReceiver: ReplyReceiver {
    let stage: Stage

    init(_ stage: Stage) { self.stage = stage }

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws { try stage.write(chunk, rendition: rendition) }
    func beginPart(name: String) throws { try stage.beginPart(name: name) }
    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws { try stage.part(chunk, rendition: rendition) }
    func endPart() throws { stage.endPart() }
    func beginAsset(name: String, mediaType: String) throws { try stage.beginAsset(name: name, mediaType: mediaType) }
    func asset(_ chunk: UnsafeRawBufferPointer) throws { try stage.asset(chunk) }
    func endAsset() throws { stage.endAsset() }
    func progress(_ done: UInt64) {}
}
