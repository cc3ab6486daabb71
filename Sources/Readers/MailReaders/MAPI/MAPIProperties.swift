// SPDX-License-Identifier: Apache-2.0
import MIME
import TextDecoding

/// The properties of a message, recipient or attachment of Outlook ([MS-OXPROPS]), whatever file they are in.
struct MAPIProperties {
    /// The bytes of a property by its number and type ([MS-OXCDATA] 2.11.1): strings, binary data, numbers little-endian.
    private let value: (_ id: Int, _ type: Int) -> [UInt8]?
    /// What strings of one byte per character are written in; nil when it is not said.
    let charset: String?

    init(charset: String? = nil, _ value: @escaping (_ id: Int, _ type: Int) -> [UInt8]?) {
        self.value = value
        self.charset = charset ?? [0x3FFD, 0x3FDE].lazy.compactMap { Self.number(value($0, 3)) }.compactMap { MAPICodePage.label(Int($0)) }.first
    }

    /// On one line, without control characters; nil when it is empty.
    func line(_ id: Int) -> String? { text(id).map(EncodedWords.line).flatMap { $0.isEmpty ? nil : $0 } }

    /// UTF-8 as it stands, without the zero at its end.
    func text(_ id: Int) -> [UInt8]? {
        if let wide = value(id, 0x1F) {
            let units = stride(from: 0, to: wide.count - 1, by: 2).lazy.map { UInt16(wide[$0]) | UInt16(wide[$0 + 1]) << 8 }
            return Array(String(decoding: Array(units.prefix { $0 != 0 }), as: UTF16.self).utf8)
        }
        guard let narrow = value(id, 0x1E)?.prefix(while: { $0 != 0 }) else { return nil }
        return EncodedWords.text(Array(narrow), charset)
    }

    func binary(_ id: Int) -> [UInt8]? { value(id, 0x102) }
    /// Something of another program's, or a message.
    func object(_ id: Int) -> [UInt8]? { value(id, 0xD) }
    func long(_ id: Int) -> Int? { Self.number(value(id, 3)).map { Int($0 & 0xFFFF_FFFF) } }
    func flag(_ id: Int) -> Bool { Self.number(value(id, 0xB)).map { $0 & 1 != 0 } ?? false }
    /// `2022-12-23T18:08:48Z`
    func time(_ id: Int) -> String? { Self.number(value(id, 0x40)).flatMap(MailDate.iso(fileTime:)) }

    private static func number(_ bytes: [UInt8]?) -> UInt64? {
        guard let bytes, !bytes.isEmpty else { return nil }
        return bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// Numbers of code pages ([MS-UCODEREF] 2.2.1) as names of charsets.
enum MAPICodePage {
    static func label(_ number: Int) -> String? {
        switch number {
        case 65_001: "utf-8"
        case 1_200: "utf-16le"
        case 20_127: "us-ascii"
        case 932: "shift_jis"
        case 936: "gbk"
        case 949: "euc-kr"
        case 950: "big5"
        case 54_936: "gb18030"
        case 50_220, 50_221, 50_222: "iso-2022-jp"
        case 51_932, 20_932: "euc-jp"
        case 20_866: "koi8-r"
        case 21_866: "koi8-u"
        case 10_000: "macintosh"
        case 28_591...28_606: "iso-8859-\(number - 28_590)"
        case 1_250...1_258: "windows-\(number)"
        case 437, 850, 852, 866, 874: "cp\(number)"
        default: nil
        }
    }
}
