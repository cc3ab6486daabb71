// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// The pictures of one document, each taken once.
struct LegacyMedia {
    private let isWanted: Bool
    private var waiting: [Media] = []
    /// The name of each picture, and what is written in it.
    private var known: [Int: (id: MediaID, written: String)] = [:]
    private var count = 0
    let names: MediaNames

    init(_ limits: ReadLimits, _ names: MediaNames) {
        isWanted = limits.wantsMedia
        self.names = names
    }

    /// Takes a picture; `place` is where it lies, so that one that is shown twice is taken once.
    mutating func take(_ picture: OfficeArtPicture, from place: Int, alternative: String) -> Image {
        if let image = image(from: place, alternative: alternative) { return image }
        count += 1
        let id = names.claim("image\(count).\(picture.nameExtension)")
        known[place] = (id, MetafileText.isLikely(picture.nameExtension) ? MetafileText.line(picture.bytes) : "")
        if isWanted { waiting.append(Media(id: id, mediaType: picture.mediaType, bytes: picture.bytes)) }
        return image(from: place, alternative: alternative) ?? Image(.media(id), alternative: alternative)
    }

    /// A picture that was taken before.
    func image(from place: Int, alternative: String) -> Image? {
        known[place].map { Image(.media($0.id), alternative: MetafileText.alternative(alternative, $0.written)) }
    }

    /// What was taken since the last call.
    mutating func release() -> [Media] {
        defer { waiting = [] }
        return waiting
    }
}
