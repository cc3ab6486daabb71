// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// The pictures of one document, each taken once.
struct LegacyMedia {
    private let isWanted: Bool
    private var waiting: [Media] = []
    private var known: [Int: MediaID] = [:]
    private var count = 0

    init(_ limits: ReadLimits) { isWanted = limits.wantsMedia }

    /// Takes a picture; `place` is where it lies, so that one that is shown twice is taken once.
    mutating func take(_ picture: OfficeArtPicture, from place: Int) -> MediaID {
        if let id = known[place] { return id }
        count += 1
        let id = MediaID("image\(count).\(picture.nameExtension)")
        known[place] = id
        if isWanted { waiting.append(Media(id: id, mediaType: picture.mediaType, bytes: picture.bytes)) }
        return id
    }

    func taken(from place: Int) -> MediaID? { known[place] }

    /// What was taken since the last call.
    mutating func release() -> [Media] {
        defer { waiting = [] }
        return waiting
    }
}
