// SPDX-License-Identifier: Apache-2.0

/// The kinds of frame in a reply: `type u32 · length u32 · payload`, little-endian, payload at most 64 KiB.
///
/// A reply is `ready`, anything, perhaps `error`, `end`. The checksum in `end` covers every byte before it.
package enum FrameType: UInt32 {
    /// version u32
    case ready = 1
    /// UTF-8
    case format
    /// rendition u32 · UTF-8, cut anywhere
    case text
    /// name · value
    case metadata
    /// count u64 · has location u8 · code · message · location
    case loss
    /// done u64
    case progress
    /// name · media type
    case assetBegin
    /// bytes
    case assetChunk
    /// nothing
    case assetEnd
    /// code · reason
    case error
    /// frames u64 · bytes u64 · CRC-32C u32, all before this frame
    case end
    /// name
    case partBegin
    /// rendition u32 · UTF-8, cut anywhere
    case partText
    /// nothing
    case partEnd
}

package enum Frame {
    package static let headerBytes = 8
    package static let mostPayload = 64 << 10
    /// Text or asset bytes that fit one frame, whichever it is.
    package static let mostBulk = mostPayload - 4

    package static func ready() -> [UInt8] { payload { $0.put(RequestMessage.version) } }
    package static func metadata(_ field: MetadataField) -> [UInt8] {
        payload { $0.put(field.name); $0.put(field.value) }
    }
    package static func loss(_ loss: Loss) -> [UInt8] {
        payload {
            $0.put(UInt64(clamping: loss.count))
            $0.put(UInt8(loss.location == nil ? 0 : 1))
            $0.put(loss.code)
            $0.put(loss.message)
            $0.put(loss.location ?? "")
        }
    }
    package static func progress(_ done: UInt64) -> [UInt8] { payload { $0.put(done) } }
    package static func assetBegin(name: String, mediaType: String) -> [UInt8] {
        payload { $0.put(name); $0.put(mediaType) }
    }
    package static func partBegin(name: String) -> [UInt8] { payload { $0.put(name) } }
    package static func error(_ error: ConversionError) -> [UInt8] {
        payload { $0.put(error.code.rawValue); $0.put(error.reason) }
    }
    package static func end(frames: UInt64, bytes: UInt64, checksum: UInt32) -> [UInt8] {
        payload { $0.put(frames); $0.put(bytes); $0.put(checksum) }
    }

    private static func payload(_ fill: (inout WireWriter) -> Void) -> [UInt8] {
        var out = WireWriter()
        fill(&out)
        return out.bytes
    }
}
