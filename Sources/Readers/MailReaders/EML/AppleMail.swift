// SPDX-License-Identifier: Apache-2.0
import MIME

/// Messages as Apple Mail keeps them (`emlx`): their length in bytes on a line before them, a property list behind them.
enum AppleMail {
    /// The message within; all of it where no length stands before it.
    static func message(in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard let end = bytes.prefix(24).firstIndex(of: 0x0A) else { return bytes }
        let digits = bytes[..<end].filter { $0 != 0x20 && $0 != 0x0D }
        guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let count = Int(String(decoding: digits, as: UTF8.self)) else { return bytes }
        return bytes.part((end + 1)..<(end + 1 + min(count, bytes.count - end - 1)))
    }
}
