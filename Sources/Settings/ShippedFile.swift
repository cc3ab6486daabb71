// SPDX-License-Identifier: Apache-2.0
import CShipped

extension Configuration {
    /// The commented file with every key at its default: Config/intray.yaml, byte for byte.
    package static var shippedFile: [UInt8] {
        var size = 0
        let start = shipped_configuration(&size)
        return Array(UnsafeBufferPointer(start: start, count: size))
    }
}
