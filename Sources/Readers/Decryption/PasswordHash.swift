// SPDX-License-Identifier: Apache-2.0
import CArgon2

/// Argon2id (RFC 9106), version 1.3: a key that costs memory and time.
package struct PasswordHash: Sendable, Hashable {
    package let passes: Int
    /// KiB.
    package let memory: Int
    package let lanes: Int

    /// nil where the figures are none, or so large that opening one document would cost what nobody has: 256 MiB, or
    /// 2 GiB written in all passes together.
    package init?(passes: Int, memory: Int, lanes: Int) {
        guard passes >= 1, (1...64).contains(lanes), (8 * lanes...Self.mostMemory).contains(memory), passes <= Self.mostWritten / memory else { return nil }
        self.passes = passes
        self.memory = memory
        self.lanes = lanes
    }

    private static let mostMemory = 256 << 10
    private static let mostWritten = 2 << 20

    /// nil when memory is short, or salt or size are none (RFC 9106, 3.1). One thread, whatever the lanes.
    package func key(_ password: [UInt8], salt: [UInt8], size: Int) -> [UInt8]? {
        var password = password, salt = salt
        var out = [UInt8](repeating: 0, count: size)
        let status = out.withUnsafeMutableBufferPointer { out in
            password.withUnsafeMutableBufferPointer { password in
                salt.withUnsafeMutableBufferPointer { salt in
                    var context = argon2_context()
                    context.out = out.baseAddress
                    context.outlen = UInt32(clamping: out.count)
                    context.pwd = password.baseAddress
                    context.pwdlen = UInt32(clamping: password.count)
                    context.salt = salt.baseAddress
                    context.saltlen = UInt32(clamping: salt.count)
                    context.t_cost = UInt32(clamping: passes)
                    context.m_cost = UInt32(clamping: memory)
                    context.lanes = UInt32(clamping: lanes)
                    context.threads = 1
                    context.version = UInt32(ARGON2_VERSION_13.rawValue)
                    return argon2_ctx(&context, Argon2_id)
                }
            }
        }
        return status == ARGON2_OK.rawValue ? out : nil
    }
}
