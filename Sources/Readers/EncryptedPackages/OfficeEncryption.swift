// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading

/// An encrypted Office Open XML package in a compound file ([MS-OFFCRYPTO] 2.3.4).
enum OfficeEncryption {
    static func opened(_ file: CompoundFile, passwords: [String]) throws(ReadError) -> [UInt8] {
        guard let info = file.contents(at: "EncryptionInfo")?.bytes, let package = file.contents(at: "EncryptedPackage")?.bytes, package.count > 8, info.count > 8
        else { throw .malformed("its encryption is damaged") }
        let scheme: any OfficeEncryptionScheme
        switch (info[0], info[2]) {
        case (4, 4):
            guard let agile = AgileEncryption(info.dropFirst(8)) else { throw .encrypted(Passwords.unreadable("the document")) }
            scheme = agile
        case (2...4, 2):
            guard let standard = StandardEncryption(info) else { throw .encrypted(Passwords.unreadable("the document")) }
            scheme = standard
        default: throw .encrypted(Passwords.unreadable("the document"))
        }
        for password in passwords + Passwords.builtIn {
            guard let key = scheme.key(for: Passwords.wide(password)) else { continue }
            let size = package.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Array(scheme.decrypted(package.dropFirst(8), key: key).prefix(Int(clamping: size)))
        }
        throw .encrypted(Passwords.reason("the document", passwords))
    }
}

protocol OfficeEncryptionScheme {
    /// The key of the package; nil when this is not the password (in UTF-16).
    func key(for password: [UInt8]) -> [UInt8]?
    /// The package with what fills up its last block.
    func decrypted(_ bytes: ArraySlice<UInt8>, key: [UInt8]) -> [UInt8]
}
