// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// The pictures of a document, each carried over once.
struct XPSMedia {
    private let package: XPSPackage
    private let names: MediaNames
    private let wantsMedia: Bool
    private var known: [String: String?] = [:]
    private var fresh: [Media] = []

    init(_ package: XPSPackage, names: MediaNames, wantsMedia: Bool) {
        (self.package, self.names, self.wantsMedia) = (package, names, wantsMedia)
    }

    mutating func takeNew() -> [Media] {
        defer { fresh = [] }
        return fresh
    }

    /// The name of the picture that a part holds; nil when it is none that can be carried over.
    mutating func name(of part: String) throws(ReadError) -> String? {
        if let known = known[part] { return known }
        var name: String?
        if let bytes = try package.bytes(part), let type = Self.type(bytes) {
            let file = part.split(separator: "/").last.map(String.init) ?? "image"
            let id = names.claim(file)
            name = id.name
            if wantsMedia { fresh.append(Media(id: id, mediaType: type, bytes: bytes)) }
        }
        known[part] = .some(name)
        return name
    }

    private static func type(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
        if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) { return "image/tiff" }
        return bytes.starts(with: [0x49, 0x49, 0xBC]) ? "image/vnd.ms-photo" : nil
    }
}
