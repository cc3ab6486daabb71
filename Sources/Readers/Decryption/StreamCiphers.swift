// SPDX-License-Identifier: Apache-2.0
import CCipher

/// RC4: a stream of bytes that goes on from call to call.
package struct RC4Cipher {
    private var state = RC4_KEY()

    package init(key: [UInt8]) { RC4_set_key(&state, Int32(key.count), key) }

    package mutating func apply(to bytes: some Collection<UInt8>) -> [UInt8] {
        let source = Array(bytes)
        var out = [UInt8](repeating: 0, count: source.count)
        RC4(&state, source.count, source, &out)
        return out
    }
}

/// Blowfish with 8-bit feedback over 64-bit blocks, as OpenDocument 1.0 and 1.1 have it.
package enum BlowfishCipher {
    package static func decryptedFeedback(_ bytes: [UInt8], key: [UInt8], start: [UInt8]) -> [UInt8] {
        var schedule = BF_KEY()
        BF_set_key(&schedule, Int32(key.count), key)
        var vector = Array((start.prefix(8) + [UInt8](repeating: 0, count: 8)).prefix(8))
        var place: Int32 = 0
        var out = [UInt8](repeating: 0, count: bytes.count)
        BF_cfb64_encrypt(bytes, &out, bytes.count, &schedule, &vector, &place, BF_DECRYPT)
        return out
    }
}
