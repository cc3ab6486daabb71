// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

extension FilePath {
    /// The path as one word of a command line that can be pasted into a shell: bare where that is safe, else in single quotes;
    /// with bytes that no terminal shows in `$'…'` (POSIX.1-2024, 2.2.4).
    package var shellWord: String {
        let bytes = bytes
        if !bytes.isEmpty, bytes.allSatisfy(Self.isBare) { return String(decoding: bytes, as: UTF8.self) }
        if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: Self.isSteering) {
            return "'\(text.replacing("'", with: #"'\''"#))'"
        }
        return "$'" + bytes.map { byte in
            if Self.isBare(byte) || byte == UInt8(ascii: " ") { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16)
            return #"\x"# + (digits.count == 1 ? "0" : "") + digits
        }.joined() + "'"
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "_@%+=:,./-".utf8.contains(byte)
        }
    }
}
