// SPDX-License-Identifier: Apache-2.0

/// The names that texts and their senders give charsets, as names that `Converters` has ready: what the Encoding standard
/// (WHATWG, section 4.2) makes of its labels, and the numbers of code pages.
///
/// Case, white space and punctuation do not count: `ISO_8859-2:1987` is `iso88592`.
enum CharsetLabels {
    /// nil for what can be no charset's name; a name that is not known here is tried as it is.
    static func name(_ label: String) -> String? {
        let bytes = label.utf8.prefix { $0 != UInt8(ascii: ":") }.filter { $0 > 0x20 }
        guard !bytes.isEmpty, bytes.count <= 64, bytes.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }) else { return nil }
        let key = String(decoding: bytes.filter(isAlphanumeric), as: UTF8.self).lowercased()
        return names[key] ?? numbered(key) ?? String(decoding: bytes, as: UTF8.self).uppercased()
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 }

    /// `windows1251`, `xcp1251`, `ibm866`, `iso88595`, `latin2`, `csisolatin2`.
    private static func numbered(_ key: String) -> String? {
        for prefix in ["windows", "xcp", "cp", "ms", "ibm", "dos", ""] where key.hasPrefix(prefix) {
            if let number = Int(key.dropFirst(prefix.count)), let name = codePage(number) { return name }
        }
        // Directions of writing are the reader's affair.
        if key.hasPrefix("iso8859"), let number = Int(key.dropFirst(7).prefix { $0.isNumber }) { return part(number) }
        for prefix in ["csisolatin", "latin", "l"] where key.hasPrefix(prefix) {
            if let number = Int(key.dropFirst(prefix.count)), (1...10).contains(number) { return part([1, 2, 3, 4, 9, 10, 13, 14, 15, 16][number - 1]) }
        }
        return nil
    }

    private static func codePage(_ number: Int) -> String? {
        switch number {
        case 1_250...1_258, 437, 850, 852, 866, 874, 932, 949: "CP\(number)"
        case 936: "GB18030"
        case 950: "BIG5-HKSCS"
        case 819: "CP1252"
        case 65_001: "UTF-8"
        default: nil
        }
    }

    /// A part of ISO 8859; three of them are read as the code pages that contain them.
    private static func part(_ number: Int) -> String? {
        switch number {
        case 1: "CP1252"
        case 9: "CP1254"
        case 11: "CP874"
        case 2...8, 10, 13...16: "ISO-8859-\(number)"
        default: nil
        }
    }

    private static let names: [String: String] = [
        "utf8": "UTF-8", "unicode11utf8": "UTF-8", "unicode20utf8": "UTF-8", "xunicode20utf8": "UTF-8",
        "utf16": "UTF-16LE", "utf16le": "UTF-16LE", "csunicode": "UTF-16LE", "iso10646ucs2": "UTF-16LE", "ucs2": "UTF-16LE", "unicode": "UTF-16LE", "unicodefeff": "UTF-16LE",
        "utf16be": "UTF-16BE", "unicodefffe": "UTF-16BE",
        "ascii": "CP1252", "usascii": "CP1252", "ansix341968": "CP1252", "isoir100": "CP1252", "isoir148": "CP1254",
        "isoir101": "ISO-8859-2", "isoir109": "ISO-8859-3", "isoir110": "ISO-8859-4", "isoir144": "ISO-8859-5", "isoir127": "ISO-8859-6", "isoir126": "ISO-8859-7",
        "isoir138": "ISO-8859-8", "isoir157": "ISO-8859-10",
        "cyrillic": "ISO-8859-5", "csisolatincyrillic": "ISO-8859-5", "arabic": "ISO-8859-6", "asmo708": "ISO-8859-6", "ecma114": "ISO-8859-6", "csisolatinarabic": "ISO-8859-6",
        "csiso88596e": "ISO-8859-6", "csiso88596i": "ISO-8859-6", "greek": "ISO-8859-7", "greek8": "ISO-8859-7", "ecma118": "ISO-8859-7", "elot928": "ISO-8859-7",
        "csisolatingreek": "ISO-8859-7", "suneugreek": "ISO-8859-7", "hebrew": "ISO-8859-8", "visual": "ISO-8859-8", "logical": "ISO-8859-8", "csisolatinhebrew": "ISO-8859-8",
        "csiso88598e": "ISO-8859-8", "csiso88598i": "ISO-8859-8", "csibm866": "CP866", "tis620": "CP874",
        "koi": "KOI8-R", "koi8": "KOI8-R", "koi8r": "KOI8-R", "cskoi8r": "KOI8-R", "koi8u": "KOI8-U", "koi8ru": "KOI8-U",
        "mac": "MACINTOSH", "macintosh": "MACINTOSH", "csmacintosh": "MACINTOSH", "xmacroman": "MACINTOSH", "maccyrillic": "MAC-CYRILLIC", "xmaccyrillic": "MAC-CYRILLIC",
        "xmacukrainian": "MAC-CYRILLIC",
        "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030", "chinese": "GB18030", "csgb2312": "GB18030", "csiso58gb231280": "GB18030", "gb231280": "GB18030",
        "isoir58": "GB18030", "xgbk": "GB18030", "euccn": "GB18030",
        "big5": "BIG5-HKSCS", "big5hkscs": "BIG5-HKSCS", "cnbig5": "BIG5-HKSCS", "csbig5": "BIG5-HKSCS", "xxbig5": "BIG5-HKSCS", "euctw": "EUC-TW",
        "eucjp": "EUC-JP", "xeucjp": "EUC-JP", "cseucpkdfmtjapanese": "EUC-JP", "iso2022jp": "ISO-2022-JP", "csiso2022jp": "ISO-2022-JP",
        "shiftjis": "CP932", "sjis": "CP932", "xsjis": "CP932", "mskanji": "CP932", "windows31j": "CP932", "csshiftjis": "CP932",
        "euckr": "CP949", "cseuckr": "CP949", "csksc56011987": "CP949", "isoir149": "CP949", "korean": "CP949", "ksc56011987": "CP949", "ksc56011989": "CP949", "ksc5601": "CP949",
        "uhc": "CP949", "iso2022kr": "ISO-2022-KR",
    ]
}
