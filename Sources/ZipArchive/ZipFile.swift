// SPDX-License-Identifier: Apache-2.0

/// A ZIP archive in memory: its list of members, and their bytes on demand.
///
/// `bytes` must outlive it. Opening inflates nothing, so it also serves to tell what kind of package a file is.
/// Members that overlap, and anything over a limit, are refused.
package final class ZipFile {
    package let entries: [ZipEntry]
    /// The directory was missing or damaged; `entries` come from the local headers.
    package let isSalvaged: Bool
    /// Names that more than one member has; the first one counts.
    package private(set) var duplicates = 0
    private let fields: ZipFields
    private let limits: ZipLimits
    private var places: [[UInt8]: Int] = [:]
    private lazy var foldedPlaces = Dictionary(
        entries.enumerated().map { (Self.folded($0.element.nameBytes), $0.offset) }, uniquingKeysWith: { first, _ in first })
    private var spent = 0
    /// Tried on members that are encrypted, the one that has worked first.
    private var passwords: [String]

    package init(_ bytes: UnsafeRawBufferPointer, limits: ZipLimits = ZipLimits(), passwords: [String] = []) throws(ZipError) {
        self.passwords = passwords
        fields = ZipFields(bytes: bytes)
        self.limits = limits
        if let entries = try ZipDirectory(fields: fields, limits: limits).entries() {
            self.entries = entries
            isSalvaged = false
        } else {
            entries = ZipSalvage(fields: fields, limits: limits).entries()
            isSalvaged = true
            guard !entries.isEmpty else { throw .malformed("it has no ZIP directory and no members") }
        }
        places.reserveCapacity(entries.count)
        for (place, entry) in entries.enumerated() {
            if places.updateValue(place, forKey: entry.nameBytes) != nil {
                duplicates += 1
                places[entry.nameBytes] = places[entry.nameBytes].map { min($0, place) }
            }
        }
    }

    /// The member of exactly this name, else one that differs in case of ASCII letters or in slashes.
    package func entry(named name: String) -> ZipEntry? {
        (places[Array(name.utf8)] ?? foldedPlaces[Self.folded(name.utf8)]).map { entries[$0] }
    }

    /// Unpacks one member, to `most` bytes. A damaged one gives what could be read, with its fault.
    package func contents(of entry: ZipEntry, most: Int = .max) throws(ZipError) -> ZipContents {
        let name = entry.name
        guard let packed = packedBytes(of: entry) else { throw .malformed("\(name) has no local header") }
        let contents = entry.isEncrypted ? try unlocked(entry, packed, most) : try unpacked(packed, entry, method: entry.method, most, hasChecksum: true)
        spent += contents.bytes.count
        return contents
    }

    private func unlocked(_ entry: ZipEntry, _ packed: UnsafeRawBufferPointer, _ most: Int) throws(ZipError) -> ZipContents {
        guard !passwords.isEmpty, packed.count <= limits.unpackedBytes, let encryption = ZipEncryption(fields, entry) else { throw .encrypted("\(entry.name) is encrypted") }
        for (place, password) in passwords.enumerated() {
            for form in ZipEncryption.forms(of: password) {
                guard let opened = encryption.opened(packed, form) else { continue }
                var result = Result<ZipContents, ZipError>.failure(.encrypted(""))
                opened.bytes.withUnsafeBytes { bytes in
                    result = Result { () throws(ZipError) in try unpacked(bytes, entry, method: opened.method, most, hasChecksum: opened.hasChecksum) }
                }
                // One in 256 wrong passwords seems to be right until the data is unpacked.
                if !opened.isProven {
                    guard case .success(let contents) = result, contents.fault == nil else { continue }
                }
                passwords.swapAt(0, place)
                return try result.get()
            }
        }
        throw .encrypted("\(entry.name) is encrypted, and no password given opens it")
    }

    private func unpacked(_ packed: UnsafeRawBufferPointer, _ entry: ZipEntry, method: Int, _ most: Int, hasChecksum: Bool) throws(ZipError) -> ZipContents {
        let name = entry.name
        let ratioRoom = ratioRoom(packed.count)
        let room = min(limits.unpackedBytes &- spent, ratioRoom, most)
        if let size = entry.unpackedSize, size > room { throw limit(name, ratio: ratioRoom < size) }
        var bytes: [UInt8]
        var isComplete = true
        switch method {
        case 0:
            guard packed.count <= room else { throw limit(name, ratio: false) }
            bytes = Array(packed)
            if let size = entry.unpackedSize { isComplete = bytes.count == size }
        case 8:
            if let size = entry.unpackedSize, size <= Self.largestWhole, let whole = Inflate.whole(packed, size: size) {
                bytes = whole
            } else {
                guard let steps = Inflate.steps(packed, limit: room) else { throw limit(name, ratio: ratioRoom <= room) }
                (bytes, isComplete) = steps
            }
        default: throw .unsupported("\(name) is packed with method \(method)")
        }
        guard isComplete else { return ZipContents(bytes: bytes, fault: .cut) }
        let isSame = !hasChecksum || entry.unpackedSize == nil || Inflate.checksum(bytes) == entry.checksum
        return ZipContents(bytes: bytes, fault: isSame ? nil : .checksum)
    }

    /// The first `count` bytes of a member, or all of a smaller one, unchecked; nil where they cannot be had by themselves.
    package func beginning(of entry: ZipEntry, _ count: Int) -> [UInt8]? {
        guard !entry.isEncrypted, let packed = packedBytes(of: entry) else { return nil }
        switch entry.method {
        case 0: return Array(packed.prefix(count))
        case 8: return Inflate.beginning(packed, count)
        default: return nil
        }
    }

    /// A member in pieces; only the pieces in use are in memory, so that they do not add up to a limit.
    package func stream(_ entry: ZipEntry) throws(ZipError) -> ZipStream {
        let name = entry.name
        guard !entry.isEncrypted else { throw .encrypted("\(name) is encrypted") }
        guard entry.method == 0 || entry.method == 8 else { throw .unsupported("\(name) is packed with method \(entry.method)") }
        guard let packed = packedBytes(of: entry) else { throw .malformed("\(name) has no local header") }
        let ratioRoom = ratioRoom(packed.count)
        let isRatio = ratioRoom <= limits.unpackedBytes
        return ZipStream(packed, entry: entry, room: min(limits.unpackedBytes, ratioRoom), limit: limit(name, ratio: isRatio))
    }

    private func ratioRoom(_ packed: Int) -> Int {
        let (product, overflow) = packed.multipliedReportingOverflow(by: limits.unpackedRatio)
        return overflow || product > Int.max - 1 << 20 ? Int.max : product &+ (1 << 20)
    }

    /// libdeflate unpacks in one go, so the output is allocated before anything is known to be true.
    private static let largestWhole = 64 << 20

    private func packedBytes(of entry: ZipEntry) -> UnsafeRawBufferPointer? {
        let at = entry.headerOffset
        guard let name = fields.short(at &+ 26), let extra = fields.short(at &+ 28) else { return nil }
        if fields.long(at) != 0x0403_4B50 {
            // A damaged signature before the right name is still this member's header.
            guard let here = fields.slice(at &+ 30, entry.nameBytes.count), here.elementsEqual(entry.nameBytes) else { return nil }
        }
        let start = at &+ 30 &+ name &+ extra
        guard start <= fields.bytes.count else { return nil }
        return fields.slice(start, min(entry.packedSize, fields.bytes.count &- start))
    }

    private func limit(_ name: String, ratio: Bool) -> ZipError {
        ratio
            ? .limit("\(name) unpacks to more than \(limits.unpackedRatio) times its size")
            : .limit("\(name) unpacks to more than the \(limits.unpackedBytes) bytes allowed")
    }

    private static func folded(_ name: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in name {
            switch byte {
            case UInt8(ascii: "\\"): out.append(UInt8(ascii: "/"))
            case 0x41...0x5A: out.append(byte | 0x20)
            default: out.append(byte)
            }
        }
        return out.first == UInt8(ascii: "/") ? Array(out.dropFirst()) : out
    }
}
