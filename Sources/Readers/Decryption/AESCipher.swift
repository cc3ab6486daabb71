// SPDX-License-Identifier: Apache-2.0
import CCipher

/// AES (FIPS 197) in the modes (NIST SP 800-38A) that documents are encrypted in. Nothing here takes padding off.
package struct AESCipher {
    private var decryption = AES_KEY()
    private var encryption = AES_KEY()
    package static let blockSize = 16

    /// nil when the key has not 16, 24 or 32 bytes.
    package init?(key: some Collection<UInt8>) {
        guard [16, 24, 32].contains(key.count) else { return nil }
        let bytes = Array(key)
        guard AES_set_decrypt_key(bytes, Int32(8 * bytes.count), &decryption) == 0,
            AES_set_encrypt_key(bytes, Int32(8 * bytes.count), &encryption) == 0
        else { return nil }
    }

    /// Whole blocks; what is left over at the end is dropped. `start` is cut to a block, or filled with zeros.
    package func decryptedChained(_ bytes: some Collection<UInt8>, start: some Collection<UInt8>) -> [UInt8] {
        var vector = Array((Array(start.prefix(16)) + [UInt8](repeating: 0, count: 16)).prefix(16))
        return wholeBlocks(bytes) { source, target, count in AES_cbc_encrypt(source, target, count, [decryption], &vector, AES_DECRYPT) }
    }

    /// Each block by itself.
    package func decryptedBlocks(_ bytes: some Collection<UInt8>) -> [UInt8] {
        wholeBlocks(bytes) { source, target, count in
            withUnsafePointer(to: decryption) { key in
                for place in stride(from: 0, to: count, by: 16) { AES_decrypt(source + place, target + place, key) }
            }
        }
    }

    /// Counter mode with a little-endian counter from 1, as WinZip has it.
    package func counted(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var out = Array(bytes)
        var counter = [UInt8](repeating: 0, count: 16)
        var stream = [UInt8](repeating: 0, count: 16)
        withUnsafePointer(to: encryption) { key in
            for start in stride(from: 0, to: out.count, by: 16) {
                for place in 0..<16 {
                    counter[place] &+= 1
                    if counter[place] != 0 { break }
                }
                AES_encrypt(counter, &stream, key)
                for place in start..<min(start + 16, out.count) { out[place] ^= stream[place - start] }
            }
        }
        return out
    }

    /// Galois/Counter mode (NIST SP 800-38D) with a start of 96 bits and a tag of 128 behind the text.
    /// - Returns: nil when the tag is not the text's: another key, or a changed text.
    package func decryptedAuthentic(_ bytes: some Collection<UInt8>, start: some Collection<UInt8>) -> [UInt8]? {
        guard start.count == 12, bytes.count >= 16 else { return nil }
        let text = Array(bytes.dropLast(16)), tag = Array(bytes.suffix(16)), start = Array(start)
        var out = [UInt8](repeating: 0, count: text.count)
        let isAuthentic = withUnsafePointer(to: encryption) { key in
            let block: block128_f = { source, target, key in
                guard let source, let target, let key else { return }
                AES_encrypt(source, target, key.assumingMemoryBound(to: AES_KEY.self))
            }
            guard let state = CRYPTO_gcm128_new(UnsafeMutableRawPointer(mutating: key), block) else { return false }
            defer { CRYPTO_gcm128_release(state) }
            CRYPTO_gcm128_setiv(state, start, start.count)
            return CRYPTO_gcm128_decrypt(state, text, &out, text.count) == 0 && CRYPTO_gcm128_finish(state, tag, tag.count) == 0
        }
        return isAuthentic ? out : nil
    }

    private func wholeBlocks(
        _ bytes: some Collection<UInt8>, _ body: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, Int) -> Void
    ) -> [UInt8] {
        let source = Array(bytes)
        let count = source.count / 16 * 16
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { target, filled in
            source.withUnsafeBufferPointer { source in
                if let from = source.baseAddress, let to = target.baseAddress { body(from, to, count) }
            }
            filled = count
        }
    }
}
