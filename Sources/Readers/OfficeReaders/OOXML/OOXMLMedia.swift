// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// The pictures of one document, each taken out of the package once.
final class OOXMLMedia {
    private let package: OOXMLPackage
    private let limits: ReadLimits
    /// The names of this document's pictures and notes.
    let names = MediaNames()
    private var waiting: [Media] = []
    private var ids: [String: MediaID] = [:]

    init(_ package: OOXMLPackage, _ limits: ReadLimits) {
        self.package = package
        self.limits = limits
    }

    /// Takes a picture's part; nil when the package has no such part.
    func take(_ part: String, _ diagnostics: inout Diagnostics) -> MediaID? {
        if let known = ids[part] { return known }
        guard package.has(part) else {
            diagnostics.report("picture-missing", "a picture's part is not in the package")
            return nil
        }
        let name = OOXMLPackage.lastName(part)
        let id = names.claim(name)
        ids[part] = id
        guard limits.wantsMedia else { return id }
        do {
            if let bytes = try package.bytes(part, &diagnostics) { waiting.append(Media(id: id, mediaType: Self.type(name), bytes: bytes)) }
        } catch {
            diagnostics.report("picture-unreadable", "a picture could not be unpacked")
        }
        return id
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
        default: "application/octet-stream"
        }
    }
}
