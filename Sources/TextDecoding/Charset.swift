// SPDX-License-Identifier: Apache-2.0
import CUchardet
import Glibc

/// The charset of a text and its conversion to UTF-8.
///
/// In this order: a byte order mark; the bytes themselves where they are UTF-8 beyond ASCII, or UTF-16; what the text or
/// its sender declares, read as browsers read labels; else what uchardet makes of it, which is reported as a guess, or
/// windows-1252. Conversion is iconv's.
package struct Charset: Sendable {
    /// A name iconv knows; UTF-8 needs no conversion.
    package private(set) var name: String
    /// Bytes of the mark.
    package private(set) var markLength = 0
    package private(set) var isGuessed = false

    package var isUTF8: Bool { name == "UTF-8" }
    /// Bytes per code unit.
    package var unit: Int { name.hasPrefix("UTF-16") ? 2 : name.hasPrefix("UTF-32") ? 4 : 1 }

    package init(of bytes: UnsafeBufferPointer<UInt8>, declared: String?, isWhole: Bool = true) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            name = "UTF-8"
            markLength = 3
        } else if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            name = "UTF-32LE"
            markLength = 4
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            name = "UTF-16LE"
            markLength = 2
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            name = "UTF-16BE"
            markLength = 2
        } else if let wide = Self.wide(bytes.prefix(512)) {
            name = wide
        } else {
            let count = UTF8Count.count(bytes, isWhole: isWhole)
            let declared = declared.flatMap { Self.name(ofLabel: $0) }
            if count.invalid == 0, count.multibyte == 0, declared == nil, let shifted = Self.shifted(bytes), Converters.knows(shifted) {
                name = shifted
                isGuessed = true
            } else if count.invalid == 0, count.multibyte > 0 || declared?.hasPrefix("ISO-2022") != true {
                name = "UTF-8"
            } else if let declared {
                name = declared
            } else {
                let isNearly = count.multibyte > count.invalid * 10
                name = isNearly ? "UTF-8" : Self.guess(bytes, evidence: count.invalid) ?? "CP1252"
                isGuessed = !isNearly
            }
        }
    }

    /// A charset that is known for certain, by a name of iconv's.
    init(named name: String) { self.name = name }

    /// A few odd bytes tell two-byte charsets, but not one Latin alphabet from another.
    private static func guess(_ bytes: UnsafeBufferPointer<UInt8>, evidence: Int) -> String? {
        guard let detector = uchardet_new() else { return nil }
        defer { uchardet_delete(detector) }
        bytes.prefix(1 << 20).withMemoryRebound(to: CChar.self) { _ = uchardet_handle_data(detector, $0.baseAddress, $0.count) }
        uchardet_data_end(detector)
        let label = uchardet_get_charset(detector).map { String(cString: $0) } ?? ""
        guard !label.isEmpty, let name = name(ofLabel: label) else { return nil }
        return evidence >= 8 || ["CP932", "GB18030", "CP949", "BIG5-HKSCS", "EUC-JP", "EUC-TW"].contains(name) ? name : nil
    }

    /// Text of seven bits whose escapes call for another set of characters (ISO 2022); a terminal's escapes are others.
    private static func shifted(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var rest = bytes.prefix(64 << 10)
        while let place = rest.firstIndex(of: 0x1B) {
            rest = rest[(place + 1)...]
            if rest.starts(with: "$B".utf8) || rest.starts(with: "$@".utf8) { return "ISO-2022-JP" }
            if rest.starts(with: "$)C".utf8) { return "ISO-2022-KR" }
        }
        return nil
    }

    /// UTF-16 without a mark: Latin text has a zero in every other byte.
    private static func wide(_ start: UnsafeBufferPointer<UInt8>.SubSequence) -> String? {
        guard start.count >= 8 else { return nil }
        var zeros = (even: 0, odd: 0)
        for index in start.indices where start[index] == 0 {
            if (index - start.startIndex) % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let half = start.count / 2
        if zeros.odd * 10 > half * 7, zeros.even * 10 < half { return "UTF-16LE" }
        return zeros.even * 10 > half * 7 && zeros.odd * 10 < half ? "UTF-16BE" : nil
    }

    /// nil for labels that mean nothing, and where there is no way from the charset.
    private static func name(ofLabel label: String) -> String? {
        guard let known = CharsetLabels.name(label), Converters.knows(known) else { return nil }
        return known
    }

    /// The bytes as UTF-8, and how many had no meaning and became U+FFFD. They are whole characters.
    package func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], replaced: Int) {
        if isUTF8 { return (Array(bytes), 0) }
        if let table = Converters.table(name) { return table.utf8(bytes) }
        guard let converter = Converters.take(name) else { return (Array(bytes), 0) }
        defer { Converters.giveBack(converter, name) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 2)
        var replaced = 0
        var place = 0
        var buffer = [CChar](repeating: 0, count: 1 << 15)
        bytes.withMemoryRebound(to: CChar.self) { source in
            guard let base = source.baseAddress else { return }
            while place < source.count {
                var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: base + place)
                var inputLeft = source.count - place
                let size = buffer.count
                let failed = buffer.withUnsafeMutableBufferPointer { buffer -> Bool in
                    var output = buffer.baseAddress
                    var outputLeft = size
                    let status = iconv(converter, &input, &inputLeft, &output, &outputLeft)
                    let reason = errno
                    result.append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[0..<(size - outputLeft)]))
                    return status == -1 && reason != E2BIG
                }
                place = source.count - inputLeft
                if failed {
                    replaced += 1
                    result += [0xEF, 0xBF, 0xBD]
                    place += unit
                    iconv(converter, nil, nil, nil, nil)
                }
            }
        }
        // Charsets whose characters compose hold the last one back.
        let size = buffer.count
        buffer.withUnsafeMutableBufferPointer { buffer in
            var output = buffer.baseAddress
            var outputLeft = size
            iconv(converter, nil, nil, &output, &outputLeft)
            result.append(contentsOf: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[0..<(size - outputLeft)]))
        }
        return (result, replaced)
    }
}
