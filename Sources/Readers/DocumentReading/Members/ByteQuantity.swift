// SPDX-License-Identifier: Apache-2.0

/// A size as people read it.
package enum ByteQuantity {
    /// `391 bytes`, `12 kB`, `4.2 MB`: thousands, with one decimal below ten.
    package static func text(_ bytes: Int) -> String {
        if bytes == 1 { return "1 byte" }
        if bytes < 1_000 { return "\(bytes) bytes" }
        var unit = 1_000
        for name in ["kB", "MB", "GB"] {
            let tenths = bytes / (unit / 10)
            if tenths < 100 { return tenths % 10 == 0 ? "\(tenths / 10) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)" }
            if bytes / unit < 1_000 { return "\(bytes / unit) \(name)" }
            unit *= 1_000
        }
        return "\(bytes / 1_000_000_000) GB"
    }
}
