// SPDX-License-Identifier: Apache-2.0
import CCrypto
import Glibc
package import SystemPackage

/// SHA-256 (FIPS 180-4) of a whole content, by Debian's libcrypto.
package enum ContentHash {
    /// 64 hexadecimal digits, lower case.
    package static func of(_ bytes: UnsafeRawBufferPointer) -> String {
        hex { context in EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) }
    }

    /// Hashes the file open at `file` from its start, 256 KiB at a time; its offset stays.
    package static func of(_ file: Descriptor, path: FilePath) throws -> String {
        var failure: SystemError?
        let text = hex { context in
            withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { room in
                var offset: off_t = 0
                while true {
                    let n = pread(file.raw, room.baseAddress, room.count, offset)
                    if n < 0 && errno == EINTR { continue }
                    if n < 0 { failure = SystemError("read", path) }
                    if n <= 0 { return }
                    EVP_DigestUpdate(context, room.baseAddress, n)
                    offset += off_t(n)
                }
            }
        }
        if let failure { throw failure }
        return text
    }

    private static func hex(_ feed: (OpaquePointer?) -> Void) -> String {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        EVP_DigestInit_ex(context, EVP_sha256(), nil)
        feed(context)
        var digest = [UInt8](repeating: 0, count: 32)
        EVP_DigestFinal_ex(context, &digest, nil)
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
