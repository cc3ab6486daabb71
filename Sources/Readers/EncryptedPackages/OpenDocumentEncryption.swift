// SPDX-License-Identifier: Apache-2.0
import Decryption
import DocumentReading
import XMLTree
import ZipArchive

/// An OpenDocument package whose parts are encrypted one by one (ODF 1.3 part 2, 4.8, 3.4), or all as one (ODF 1.4 part 2, 3.4.3).
enum OpenDocumentEncryption {
    /// nil when no part is encrypted; else the package with its parts as they were.
    static func opened(_ bytes: UnsafeRawBufferPointer, limits: ReadLimits) throws(ReadError) -> [UInt8]? {
        guard hasOpenDocumentType(bytes),
            let file = try? ZipFile(bytes, limits: ZipLimits(members: max(limits.members, 10_000), unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio)),
            let entry = file.entry(named: "META-INF/manifest.xml"), let manifest = try? file.contents(of: entry).bytes
        else { return nil }
        let isEncrypted = manifest.withUnsafeBytes { ByteSearch.first(Array("encryption-data".utf8), in: $0) != nil }
        guard isEncrypted else { return nil }
        let parts = OpenDocumentManifest.encryptedParts(manifest)
        guard !parts.isEmpty, parts.values.allSatisfy({ $0 != nil }) else {
            throw .encrypted(Passwords.unreadable("the document"))
        }
        var opener = Opener(file: file, parts: parts.compactMapValues(\.self))
        if let whole = file.entry(named: "encrypted-package"), parts[whole.name] != nil {
            for password in limits.passwords { if let package = try opener.whole(whole, password, limits) { return package } }
            throw .encrypted(Passwords.reason("the document", limits.passwords))
        }
        guard let probe = opener.probe else { throw .malformed("its encryption is damaged") }
        for password in limits.passwords where opener.opens(probe, password) { return try opener.package(password, limits) }
        throw .encrypted(Passwords.reason("the document", limits.passwords))
    }

    /// APPNOTE 4.3.7, ODF part 2, 3.3: the media type is stored at the very beginning.
    private static func hasOpenDocumentType(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
            && ByteSearch.first(Array("mimetypeapplication/vnd.oasis.opendocument".utf8), in: UnsafeRawBufferPointer(rebasing: bytes.prefix(128))) != nil
    }
}

/// Opens parts with a password and puts a package together from them.
private struct Opener {
    let file: ZipFile
    let parts: [String: OpenDocumentManifest.Encryption]
    /// Keys are costly, and parts may share one.
    private var keys: [OpenDocumentManifest.Derivation: [UInt8]] = [:]

    /// What no reader looks at is not worth a key.
    private static let unread = ["Thumbnails/", "Configurations2/", "settings.xml", "manifest.rdf", "layout-cache", "META-INF/"]

    init(file: ZipFile, parts: [String: OpenDocumentManifest.Encryption]) {
        self.file = file
        self.parts = parts
    }

    /// The smallest of the parts that have a checksum: any tells whether a password is right.
    var probe: ZipEntry? {
        file.entries.filter { parts[$0.name]?.checksum != nil && $0.packedSize > 0 }.min { $0.packedSize < $1.packedSize }
    }

    /// A package within the package; nil when this is not its password.
    mutating func whole(_ entry: ZipEntry, _ password: String, _ limits: ReadLimits) throws(ReadError) -> [UInt8]? {
        guard let encryption = parts[entry.name], let packed = try? file.contents(of: entry).bytes, let plain = decrypted(packed, encryption, password) else { return nil }
        if plain.starts(with: Self.packageBeginning) { return plain }
        let most = min(limits.unpackedBytes, PackedBytes.room(for: plain.count, ratio: limits.unpackedRatio))
        // What a wrong password gives is no packed text; without a checksum that is all that tells.
        guard let package = plain.withUnsafeBytes({ PackedBytes.inflated($0, most: most) }), package.starts(with: Self.packageBeginning) else {
            if encryption.cipher == .authenticAES { throw .limit("the package unpacks to more than is allowed, or is damaged") }
            return nil
        }
        return package
    }

    private static let packageBeginning: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    mutating func opens(_ entry: ZipEntry, _ password: String) -> Bool {
        guard let encryption = parts[entry.name], let packed = try? file.contents(of: entry).bytes, let plain = decrypted(packed, encryption, password) else { return false }
        return encryption.checksum?.matches(plain) ?? false
    }

    /// The package with every part that is read, stored.
    mutating func package(_ password: String, _ limits: ReadLimits) throws(ReadError) -> [UInt8] {
        var out = StoredZIP()
        var room = limits.unpackedBytes
        for entry in file.entries where !entry.isDirectory && !Self.unread.contains(where: { entry.name.hasPrefix($0) }) {
            // What cannot be unpacked is missing from the package, and its reader says so.
            guard var bytes = try? file.contents(of: entry).bytes else { continue }
            if let encryption = parts[entry.name] {
                guard let plain = decrypted(bytes, encryption, password) else { continue }
                let whole = plain.withUnsafeBytes { PackedBytes.inflated($0, most: min(room, PackedBytes.room(for: plain.count, ratio: limits.unpackedRatio))) }
                guard let whole else { throw .limit("\(entry.name) unpacks to more than is allowed") }
                bytes = whole
            }
            room -= bytes.count
            guard room >= 0 else { throw .limit("the package unpacks to more than is allowed") }
            out.add(entry.nameBytes, bytes)
        }
        return out.finished()
    }

    private mutating func decrypted(_ bytes: [UInt8], _ encryption: OpenDocumentManifest.Encryption, _ password: String) -> [UInt8]? {
        var derivation = encryption.derivation
        derivation.password = password
        guard let key = keys[derivation] ?? derivation.key else { return nil }
        if keys.count < 64 { keys[derivation] = key }
        switch encryption.cipher {
        case .blowfish: return BlowfishCipher.decryptedFeedback(bytes, key: key, start: encryption.vector)
        case .authenticAES:
            // XML Encryption 1.1, 5.2.4: the start stands before the text too.
            let text = bytes.starts(with: encryption.vector) ? bytes.dropFirst(encryption.vector.count) : bytes[...]
            return AESCipher(key: key)?.decryptedAuthentic(text, start: encryption.vector)
        case .aes:
            guard var plain = AESCipher(key: key)?.decryptedChained(bytes, start: encryption.vector) else { return nil }
            // XML Encryption, 5.2: the last byte says how many fill up the last block.
            if let filler = plain.last, (1...16).contains(filler), plain.count >= Int(filler) { plain.removeLast(Int(filler)) }
            return plain
        }
    }
}
