// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Runs of white space as one space, none at the ends.
    var collapsed: String {
        var bytes: [UInt8] = []
        for byte in utf8 {
            if byte > 0x20 { bytes.append(byte) } else if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
