// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading

/// The streams of an encrypted presentation as they were before ([MS-PPT] 2.3.7, [MS-OFFCRYPTO] 2.3.5): each object is
/// encrypted under its own number; saves, directories and what says how it is encrypted are not.
struct PPTEncryption {
    private let key: LegacyEncryption.Key
    private let saves: PPTSaves

    /// nil when the presentation is not encrypted.
    init?(_ stream: LittleEndianBytes, _ saves: PPTSaves, currentUser: LittleEndianBytes?, passwords: [String]) throws(ReadError) {
        let isMarked = currentUser?.long(12) == 0xF3D1_C4DF
        guard isMarked || saves.session != nil else { return nil }
        let place = saves.session.flatMap { session in saves.entries.first { $0.id == session }?.place }
        let session = place.flatMap { OfficeArtRecord(stream, at: $0) }
        guard let session, session.type == PPTType.session, let encryption = LegacyEncryption(session.content) else {
            throw .encrypted(Passwords.unreadable("the presentation"))
        }
        guard let key = encryption.key(among: passwords + Passwords.builtIn) else { throw .encrypted(Passwords.reason("the presentation", passwords)) }
        self.key = key
        self.saves = saves
    }

    /// Older saves hold objects too, so each place is opened once, under the number that it is listed with.
    func presentation(_ stream: LittleEndianBytes) -> [UInt8] {
        var out = Array(stream.raw)
        var opened: Set<Int> = []
        // Objects never overlap; what a damaged directory says must not cost more than the stream is long.
        var room = 2 * out.count
        for entry in saves.entries where entry.id != saves.session && opened.insert(entry.place).inserted {
            guard let head = stream.slice(entry.place, 8) else { continue }
            var cipher = key.cipher(block: entry.id)
            let plainHead = cipher.apply(to: head.raw)
            let size = plainHead.withUnsafeBytes { LittleEndianBytes($0).long(4) } ?? 0
            let content = stream.clipped(entry.place + 8, size)
            room -= 8 + content.count
            guard room >= 0 else { break }
            let plain = plainHead + cipher.apply(to: content.raw)
            out.replaceSubrange(entry.place..<(entry.place + plain.count), with: plain)
        }
        return out
    }

    /// Pictures lie one behind the other; each field of one is encrypted by itself, from the beginning of the same key.
    func pictures(_ stream: LittleEndianBytes) -> [UInt8] {
        var out = Array(stream.raw)
        var at = 0
        while at + 8 <= out.count {
            let head = field(out[at..<(at + 2)]) + field(out[(at + 2)..<(at + 4)]) + field(out[(at + 4)..<(at + 8)])
            let (instance, type, length) = head.withUnsafeBytes { bytes in
                let head = LittleEndianBytes(bytes)
                return ((head.short(0) ?? 0) >> 4, head.short(2) ?? 0, head.long(4) ?? 0)
            }
            guard OfficeArtPicture.types.contains(type), length <= out.count - at - 8 else { return out }
            out.replaceSubrange(at..<(at + 8), with: head)
            at += 8
            let end = at + length
            let digests = OfficeArtPicture.hasTwoDigests(type, instance: instance) ? [16, 16] : [16]
            for size in digests + [OfficeArtPicture.isMetafile(type) ? 34 : 1, length] {
                let next = min(at + size, end)
                out.replaceSubrange(at..<next, with: field(out[at..<next]))
                at = next
            }
        }
        return out
    }

    private func field(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var cipher = key.cipher(block: 0)
        return cipher.apply(to: bytes)
    }
}
