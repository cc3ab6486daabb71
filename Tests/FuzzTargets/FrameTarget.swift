// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// The daemon's reading of a reply: whatever a worker sends ends in a whole reply or an error, in pieces or at once alike.
enum FrameTarget {
    /// The first byte says how large the pieces are.
    static func run(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let reply = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        let atOnce = read(reply, pieces: max(reply.count, 1))
        let inPieces = read(reply, pieces: Int(first) + 1)
        precondition(atOnce == inPieces, "pieces change a reply")
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, pieces: Int) -> [String] {
        var limits = FrameReader.Limits()
        limits.renditions = 2
        limits.text = 4_096
        limits.assets = 4_096
        var reader = FrameReader(limits)
        var heard: [String] = []
        var text: [UInt8] = []
        var rest = bytes
        do {
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(pieces))
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(pieces))
                try reader.read(piece) { event in
                    switch event {
                    case .text(let chunk, _), .partText(let chunk, _): text += chunk
                    case .asset(let chunk): heard.append("asset \(chunk.count)")
                    case .metadata(let field): heard.append("\(field.name)=\(field.value)")
                    case .loss(let loss): heard.append("\(loss)")
                    case .failed(let error): heard.append("\(error)")
                    case .assetBegin(let name, _), .partBegin(let name): heard.append(name)
                    case .format(let name): heard.append(name)
                    case .progress(let done): heard.append("\(done)")
                    case .ready, .assetEnd, .partEnd, .end: heard.append("-")
                    }
                }
            }
        } catch {
            heard.append("\(error)")
        }
        precondition(!text.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 }, "a control character got through")
        return heard + [String(decoding: text, as: UTF8.self), reader.isComplete ? "complete" : "open"]
    }
}
