// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// An object that a document shows a picture of and that lies in a file of its own ([MS-OLEDS] 1.3.1): its name, and the way there.
package enum LinkedObject {
    /// - Parameter target: A path or an address, perhaps with the part of the file behind a `!`.
    package static func inline(_ target: String) -> Inline {
        let file = target.split(separator: "!", omittingEmptySubsequences: false).first.map(String.init) ?? target
        let name = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? file
        return .link(to: file, title: nil, [.text(unescaped(name))])
    }

    /// Without percent signs, where it is UTF-8 then (RFC 3986 2.1).
    private static func unescaped(_ name: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(name.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value >= 0x20 else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self) ?? name
    }
}
