// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

/// A system call that failed, in our words: `cannot open "/srv/inbox": permission denied`.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    package var verb: String
    package var path: FilePath
    package var errno: Int32

    /// Takes `errno` as it stands when no number is given.
    package init(_ verb: String, _ path: FilePath, errno number: Int32 = Glibc.errno) {
        self.verb = verb
        self.path = path
        errno = number
    }

    package var description: String {
        "cannot \(verb) \(path.quoted): \(String(cString: strerror(errno)).lowercased())"
    }

    /// What a failing call says about the world, not about the document.
    package enum Kind: Sendable { case missing, access, environment, exists, other }

    package var kind: Kind {
        switch errno {
        case ENOENT, ENOTDIR: .missing
        case EACCES, EPERM: .access
        case ENOSPC, EDQUOT, EROFS, EIO, ENODEV, ENXIO, EMFILE, ENFILE, ENOMEM: .environment
        // What a network file system says when its server, the way there or the ticket has gone.
        case ESTALE, EREMOTEIO, ENOTCONN, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENETDOWN, ENETUNREACH, ECONNREFUSED, ECONNRESET, ECONNABORTED,
            ESHUTDOWN, ENOLINK, ENOKEY, EKEYEXPIRED, EKEYREVOKED: .environment
        case EEXIST, ENOTEMPTY: .exists
        default: .other
        }
    }
}

extension FilePath {
    /// In double quotes, with control characters, quotes and bytes that are not UTF-8 as `\xHH`: safe on any terminal.
    package var quoted: String { "\"\(escaped)\"" }

    /// The same place with no link on the way; the path itself when nothing is there.
    package func resolved() -> FilePath {
        guard let raw = withPlatformString({ realpath($0, nil) }) else { return self }
        defer { free(raw) }
        return FilePath(platformString: raw)
    }

    /// Text for people and JSON; equal to the path when the path is printable UTF-8.
    package var escaped: String { withPlatformString { Self.escape(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } }

    /// The path's bytes, without the closing NUL.
    package var bytes: [UInt8] { withPlatformString { [UInt8](UnsafeRawBufferPointer(start: $0, count: strlen($0))) } }

    /// A path of exactly these bytes; they hold no NUL.
    package init(bytes: some Collection<UInt8>) {
        var terminated = bytes.map { CChar(bitPattern: $0) }
        terminated.append(0)
        self.init(platformString: terminated)
    }

    /// Whether `escaped` differs from the bytes, so that `path_b64` is needed.
    package var needsEscaping: Bool { Array(escaped.utf8) != bytes }

    private static func escape(_ raw: UnsafeRawBufferPointer) -> String {
        if raw.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) { return String(decoding: raw, as: UTF8.self) }
        var out = ""
        for scalar in String(decoding: raw, as: UTF8.self).unicodeScalars where scalar == "\u{FFFD}" || isSteering(scalar) {
            return escapeBytes(raw)
        }
        for character in String(decoding: raw, as: UTF8.self) {
            if character == "\"" || character == "\\" { out += "\\" }
            out.append(character)
        }
        return out
    }

    /// Steers a terminal, ends a line, or turns the direction of writing.
    static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Byte by byte: keeps valid, printable UTF-8 sequences, escapes the rest.
    private static func escapeBytes(_ raw: UnsafeRawBufferPointer) -> String {
        var out = ""
        var decoder = UTF8()
        var rest = raw.makeIterator()
        var at = 0
        while true {
            switch decoder.decode(&rest) {
            case .emptyInput: return out
            case .error:
                out += hex(raw[at])
                at += 1
                // The decoder may have read ahead; start again behind the byte that was escaped.
                decoder = UTF8()
                rest = UnsafeRawBufferPointer(rebasing: raw[at...]).makeIterator()
            case .scalarValue(let scalar):
                let length = UTF8.width(scalar)
                if isSteering(scalar) {
                    for byte in raw[at..<at + length] { out += hex(byte) }
                } else {
                    if scalar == "\"" || scalar == "\\" { out += "\\" }
                    out.unicodeScalars.append(scalar)
                }
                at += length
            }
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = Array("0123456789abcdef")
        return "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
}
