// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ZipArchive

/// The pictures of one document, each taken out of the package once.
final class OOXMLMedia {
    private let package: OOXMLPackage
    private let limits: ReadLimits
    /// The names of this document's pictures and notes.
    let names: MediaNames
    private var waiting: [Media] = []
    private var ids: [String: MediaID] = [:]
    /// What is written in metafiles, by part.
    private var texts: [String: String] = [:]

    init(_ package: OOXMLPackage, _ limits: ReadLimits, _ names: MediaNames) {
        self.names = names
        self.package = package
        self.limits = limits
    }

    /// A picture by its part, with what is written in it; nil when the package has no such part.
    func image(_ part: String, alternative: String, _ diagnostics: inout Diagnostics) -> Image? {
        guard let id = take(part, &diagnostics) else { return nil }
        return Image(.media(id), alternative: MetafileText.alternative(alternative, texts[part] ?? ""))
    }

    private func take(_ part: String, _ diagnostics: inout Diagnostics) -> MediaID? {
        if let known = ids[part] { return known }
        guard package.has(part) else {
            diagnostics.report("picture-missing", "a picture's part is not in the package")
            return nil
        }
        let packed = PackedPicture(name: OOXMLPackage.lastName(part))
        let name = packed?.name ?? OOXMLPackage.lastName(part)
        let id = names.claim(name)
        ids[part] = id
        let isMetafile = MetafileText.isLikely(name)
        guard limits.wantsMedia || isMetafile && !isPixels(part) else { return id }
        do {
            guard let stored = try package.bytes(part, &diagnostics) else { return id }
            guard let bytes = packed.map({ $0.unpacked(stored, most: limits.unpackedBytes) }) ?? stored else { throw ReadError.malformed("a picture is damaged") }
            if isMetafile { texts[part] = MetafileText.line(bytes) }
            if limits.wantsMedia { waiting.append(Media(id: id, mediaType: Self.type(name), bytes: bytes)) }
        } catch {
            diagnostics.report("picture-unreadable", "a picture could not be unpacked")
        }
        return id
    }

    /// Whether a metafile need not be unpacked to see that nothing is written in it: Office wraps whole photographs in one.
    private func isPixels(_ part: String) -> Bool {
        package.beginning(of: part, 4_096).map { MetafileText.isPixels($0.bytes, of: $0.size) } ?? false
    }

    func add(_ media: [Media]) { waiting += media }

    /// What was taken since the last call.
    func release() -> [Media] {
        defer { waiting = [] }
        return waiting
    }

    private static func type(_ name: String) -> String {
        switch name.split(separator: ".").last?.lowercased() {
        case "png": "image/png"
        case "jpg", "jpeg", "jfif": "image/jpeg"
        case "gif": "image/gif"
        case "bmp": "image/bmp"
        case "tif", "tiff": "image/tiff"
        case "svg": "image/svg+xml"
        case "webp": "image/webp"
        case "emf": "image/emf"
        case "wmf": "image/wmf"
        case "pict", "pct": "image/x-pict"
        default: "application/octet-stream"
        }
    }
}
