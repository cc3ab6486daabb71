// SPDX-License-Identifier: Apache-2.0

/// Texts that PDFium gives as UTF-16LE with a length in bytes, closing zero included.
enum PDFText {
    static func utf16(most: Int = 1 << 16, _ call: (UnsafeMutableRawPointer?, UInt) -> UInt) -> String {
        let needed = Int(clamping: call(nil, 0))
        guard needed > 2, needed <= most * 2 else { return "" }
        return withUnsafeTemporaryAllocation(byteCount: needed + 2, alignment: 2) { room in
            let got = min(Int(clamping: call(room.baseAddress, UInt(needed))), needed)
            guard got > 2 else { return "" }
            let units = room.bindMemory(to: UInt16.self)
            var text = String(decoding: units.prefix(got / 2 - 1), as: UTF16.self)
            while text.unicodeScalars.last == "\0" { text.unicodeScalars.removeLast() }
            return text
        }
    }

    static func bytes(most: Int = 1 << 14, _ call: (UnsafeMutableRawPointer?, UInt) -> UInt) -> [UInt8] {
        let needed = Int(clamping: call(nil, 0))
        guard needed > 1, needed <= most else { return [] }
        var out = [UInt8](repeating: 0, count: needed)
        let got = out.withUnsafeMutableBytes { Int(clamping: call($0.baseAddress, UInt(needed))) }
        return Array(out.prefix(max(0, min(got, needed) - 1)).prefix { $0 != 0 })
    }
}
