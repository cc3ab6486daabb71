// SPDX-License-Identifier: Apache-2.0

/// What an S/MIME part holds (CMS, RFC 5652), as far as can be told without keys.
enum CryptographicMessage {
    enum Content {
        /// The content that was signed; the signature is not checked.
        case signed([UInt8])
        case detachedSignature
        case enveloped
        case unknown
    }

    static func content(of bytes: [UInt8]) -> Content {
        guard let info = BasicEncoding(bytes[...]).sequence, let type = info.next(0x06) else { return .unknown }
        // 1.2.840.113549.1.7 (PKCS #7) and 1.2.840.113549.1.9.16.1.23 (authenticated enveloped data).
        if type.elementsEqual(pkcs7 + [3]) || type.elementsEqual(pkcs7 + [6]) { return .enveloped }
        if type.elementsEqual([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x01, 0x17]) { return .enveloped }
        guard type.elementsEqual(pkcs7 + [2]), let wrapped = info.next(0xA0), let signed = BasicEncoding(wrapped).sequence else { return .unknown }
        guard signed.next(0x02) != nil, signed.next(0x31) != nil, let encapsulated = signed.next(0x30) else { return .unknown }
        let inner = BasicEncoding.Elements(encapsulated)
        guard inner.next(0x06) != nil else { return .unknown }
        guard let content = inner.next(0xA0) else { return .detachedSignature }
        let octets = BasicEncoding(content).octets(depth: 0)
        return octets.isEmpty ? .detachedSignature : .signed(octets)
    }

    private static let pkcs7: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
}

/// ASN.1 in basic encoding (X.690), lengths definite or not, to a small depth.
struct BasicEncoding {
    private let bytes: ArraySlice<UInt8>
    private static let mostDepth = 32

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    /// The elements of the sequence that the bytes begin with.
    var sequence: Elements? { Elements(bytes).next(0x30).map(Elements.init) }

    /// All octet strings one behind the other: a constructed string comes in pieces.
    func octets(depth: Int) -> [UInt8] {
        var out: [UInt8] = []
        let elements = Elements(bytes)
        while depth < Self.mostDepth, let (tag, content) = elements.any() {
            if tag == 0x04 { out += content } else if tag == 0x24 { out += BasicEncoding(content).octets(depth: depth + 1) }
        }
        return out
    }

    /// Walks elements of one level.
    final class Elements {
        private var rest: ArraySlice<UInt8>

        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        /// The content of the next element if it has this tag.
        func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
            guard rest.first == tag else { return nil }
            return any()?.content
        }

        func any() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
            guard let element = BasicEncoding.element(rest, depth: 0) else { return nil }
            rest = rest[element.next...]
            return element.tag == 0 ? nil : (element.tag, element.content)
        }
    }

    /// Tags of one byte only; CMS needs no others.
    private static func element(_ bytes: ArraySlice<UInt8>, depth: Int) -> (tag: UInt8, content: ArraySlice<UInt8>, next: Int)? {
        guard depth < mostDepth, bytes.count >= 2, bytes[bytes.startIndex] & 0x1F != 0x1F else { return nil }
        let tag = bytes[bytes.startIndex]
        let first = bytes[bytes.startIndex + 1]
        var at = bytes.startIndex + 2
        if first == 0x80 {
            let start = at
            while at + 1 < bytes.endIndex, bytes[at] != 0 || bytes[at + 1] != 0 {
                guard let inner = element(bytes[at...], depth: depth + 1) else { return nil }
                at = inner.next
            }
            return (tag, bytes[start..<min(at, bytes.endIndex)], min(at + 2, bytes.endIndex))
        }
        var length = Int(first)
        if first > 0x80 {
            let count = Int(first & 0x7F)
            guard count <= 4, at + count <= bytes.endIndex else { return nil }
            length = bytes[at..<(at + count)].reduce(0) { $0 << 8 | Int($1) }
            at += count
        }
        let end = min(at + length, bytes.endIndex)
        return (tag, bytes[at..<end], end)
    }
}
