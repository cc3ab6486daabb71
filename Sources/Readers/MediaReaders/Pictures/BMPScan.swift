// SPDX-License-Identifier: Apache-2.0

/// Windows bitmaps: the header alone.
enum BMPScan {
    static func read(_ octets: Octets, _ picture: inout Picture) {
        if octets.u32(14, big: false) == 12 {
            picture.width = octets.u16(18, big: false) ?? 0
            picture.height = octets.u16(20, big: false) ?? 0
        } else {
            picture.width = octets.u32(18, big: false) ?? 0
            // A negative height runs from top to bottom.
            let height = Int(Int32(truncatingIfNeeded: octets.u32(22, big: false) ?? 0))
            picture.height = abs(height)
            picture.depth = min(8, octets.u16(28, big: false) ?? 0)
        }
    }
}
