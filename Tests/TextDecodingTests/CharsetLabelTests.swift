// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TextDecoding

@Suite("labels of charsets")
struct CharsetLabelTests {
    /// Each encoding of the standard with some of its labels, and what it is read by.
    static let labels: [(String, String)] = [
        ("866 cp866 csibm866 ibm866", "CP866"), ("csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2", "ISO-8859-2"),
        ("csisolatin3 iso-ir-109 iso_8859-3:1988 latin3", "ISO-8859-3"), ("csisolatin4 iso-ir-110 l4", "ISO-8859-4"),
        ("csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso_8859-5:1988", "ISO-8859-5"), ("arabic asmo-708 csiso88596e ecma-114 iso-8859-6-e iso-8859-6-i", "ISO-8859-6"),
        ("csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 sun_eu_greek", "ISO-8859-7"), ("csiso88598e hebrew iso-8859-8-e visual iso-8859-8-i logical", "ISO-8859-8"),
        ("csisolatin6 iso-8859-10 l6 latin6", "ISO-8859-10"), ("iso-8859-13 iso885913", "ISO-8859-13"), ("iso8859-14", "ISO-8859-14"), ("csisolatin9 iso-8859-15 l9", "ISO-8859-15"),
        ("iso-8859-16", "ISO-8859-16"), ("cskoi8r koi koi8 koi8-r koi8_r", "KOI8-R"), ("koi8-ru koi8-u", "KOI8-U"), ("csmacintosh mac macintosh x-mac-roman", "MACINTOSH"),
        ("dos-874 iso-8859-11 iso885911 tis-620 windows-874", "CP874"), ("cp1250 windows-1250 x-cp1250", "CP1250"), ("cp1251 Windows-1251 x-cp1251", "CP1251"),
        ("ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252", "CP1252"), ("windows-1253 cp1253", "CP1253"),
        ("cp1254 csisolatin5 iso-8859-9 iso-ir-148 l5 latin5 windows-1254", "CP1254"), ("windows-1255 cp1255", "CP1255"), ("windows-1256", "CP1256"), ("windows-1257", "CP1257"),
        ("windows-1258 x-cp1258", "CP1258"), ("x-mac-cyrillic x-mac-ukrainian", "MAC-CYRILLIC"), ("chinese gb2312 gb_2312-80 gbk x-gbk gb18030 cp936", "GB18030"),
        ("big5 big5-hkscs cn-big5 csbig5 x-x-big5 cp950", "BIG5-HKSCS"), ("euc-jp x-euc-jp", "EUC-JP"), ("csiso2022jp iso-2022-jp", "ISO-2022-JP"),
        ("csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis", "CP932"), ("cseuckr euc-kr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 windows-949", "CP949"),
        ("unicodefffe utf-16be", "UTF-16BE"), ("csunicode iso-10646-ucs-2 ucs-2 unicode utf-16 utf-16le", "UTF-16LE"), ("utf8 UTF-8 unicode-1-1-utf-8", "UTF-8"),
    ]

    @Test("mean what browsers make of them, and lead to what a locked worker has", arguments: labels)
    func standard(_ labels: String, _ name: String) {
        for label in labels.split(separator: " ") { #expect(CharsetLabels.name(String(label)) == name, "\(label)") }
        #expect(name == "UTF-8" || Converters.common.contains(name) || Converters.several.contains(name))
    }

    @Test("that mean nothing are nobody's, others are tried as they are")
    func others() {
        #expect(CharsetLabels.name("") == nil)
        #expect(CharsetLabels.name("a/b") == nil)
        #expect(CharsetLabels.name("//TRANSLIT") == nil)
        #expect(CharsetLabels.name("iso-8859-12") == "ISO-8859-12")
        #expect(CharsetLabels.name(" x-user-defined ") == "X-USER-DEFINED")
    }

    @Test("a text whose sender says windows-1251 is read so")
    func cyrillic() {
        let bytes: [UInt8] = [0xCF, 0xF0, 0xEE, 0xF2, 0xEE, 0xEA, 0xEE, 0xEB]
        bytes.withUnsafeBufferPointer { bytes in
            let charset = Charset(of: bytes, declared: "windows-1251")
            #expect(charset.name == "CP1251")
            #expect(!charset.isGuessed)
            #expect(String(decoding: charset.utf8(bytes).text, as: UTF8.self) == "Протокол")
        }
    }

    @Test("the last character arrives where characters compose", arguments: [("windows-1255", [0xE7, 0xE1, 0xF8, 0xE4], "חברה"), ("windows-1258", [0x64, 0xE2, 0x75], "dâu")] as [(String, [UInt8], String)])
    func composing(_ label: String, _ bytes: [UInt8], _ expected: String) {
        bytes.withUnsafeBufferPointer { #expect(String(decoding: Charset(of: $0, declared: label).utf8($0).text, as: UTF8.self) == expected) }
    }

    @Test("a text of seven bits that says nothing is told by its escapes, a terminal's are none")
    func escapes() {
        func read(_ text: String) -> (String, Bool) {
            Array(text.utf8).withUnsafeBufferPointer {
                let charset = Charset(of: $0, declared: nil)
                return (String(decoding: charset.utf8($0).text, as: UTF8.self), charset.isGuessed)
            }
        }
        #expect(read("a \u{1B}$BF|K\\8l\u{1B}(B b") == ("a 日本語 b", true))
        #expect(read("a \u{1B}[31mred\u{1B}[0m $B") == ("a \u{1B}[31mred\u{1B}[0m $B", false))
    }
}
