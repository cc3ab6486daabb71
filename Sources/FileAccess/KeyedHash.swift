// SPDX-License-Identifier: Apache-2.0
import CCrypto

/// HMAC with SHA-256 (RFC 2104, FIPS 180-4), by Debian's libcrypto.
package enum KeyedHash {
    /// 32 bytes.
    package static func of(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 32
        // A nil key is no key of length zero for libcrypto.
        let key = key.isEmpty ? [0] : key
        HMAC(EVP_sha256(), key, Int32(clamping: key.count), message, message.count, &code, &count)
        return code
    }
}
