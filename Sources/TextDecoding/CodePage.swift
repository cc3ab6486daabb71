// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A charset by the number that Windows gives it; numbers nobody knows are read as 1252.
package struct CodePage: Sendable, Hashable {
    package let number: Int
    /// What iconv calls it.
    private let name: String

    package init(_ number: Int) {
        self.number = number
        name = Self.names[number] ?? ((1_250...1_258).contains(number) ? "CP\(number)" : "CP1252")
    }

    /// The code page that Windows takes for a language ([MS-LCID]; the low ten bits are the language itself).
    package init(language: Int) {
        switch language & 0x3FF {
        case 0x01, 0x20, 0x29: self.init(1_256)
        case 0x04: self.init([0x0804, 0x1004].contains(language) ? 936 : 950)
        case 0x05, 0x0E, 0x15, 0x18, 0x1B, 0x1C, 0x24: self.init(1_250)
        case 0x1A: self.init([0x0C1A, 0x1C1A, 0x201A].contains(language) ? 1_251 : 1_250)
        case 0x02, 0x19, 0x22, 0x23, 0x2F, 0x3F, 0x40, 0x44, 0x50: self.init(1_251)
        case 0x08: self.init(1_253)
        case 0x0D: self.init(1_255)
        case 0x11: self.init(932)
        case 0x12: self.init(949)
        case 0x1E: self.init(874)
        case 0x1F, 0x2C, 0x43: self.init(1_254)
        case 0x25, 0x26, 0x27: self.init(1_257)
        case 0x2A: self.init(1_258)
        default: self.init(1_252)
        }
    }

    /// The code page of a font's character set (LOGFONT's lfCharSet); nil for the default and for symbols.
    package init?(fontCharset: Int) {
        guard let number = Self.charsets[fontCharset] else { return nil }
        self.init(number)
    }

    /// The text of whole characters; what has no meaning becomes U+FFFD.
    package func text(_ bytes: UnsafeRawBufferPointer) -> String {
        let bytes = bytes.bindMemory(to: UInt8.self)
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: Charset(named: name).utf8(bytes).text, as: UTF8.self)
    }

    private static let names: [Int: String] = [
        437: "CP437", 850: "CP850", 852: "CP852", 866: "CP866", 874: "CP874", 932: "CP932", 936: "GB18030", 949: "CP949", 950: "BIG5-HKSCS",
        1_200: "UTF-16LE", 1_201: "UTF-16BE", 10_000: "MACINTOSH", 10_007: "MAC-CYRILLIC", 20_127: "CP1252", 20_866: "KOI8-R", 21_866: "KOI8-U",
        20_932: "EUC-JP", 28_592: "ISO-8859-2", 28_593: "ISO-8859-3", 28_594: "ISO-8859-4", 28_595: "ISO-8859-5", 28_596: "ISO-8859-6",
        28_597: "ISO-8859-7", 28_598: "ISO-8859-8", 28_599: "CP1254", 28_603: "ISO-8859-13", 28_605: "ISO-8859-15", 32_768: "MACINTOSH",
        50_220: "ISO-2022-JP", 50_221: "ISO-2022-JP", 50_222: "ISO-2022-JP", 50_225: "ISO-2022-KR", 51_932: "EUC-JP", 51_949: "CP949",
        51_936: "GB18030", 52_936: "GB18030", 54_936: "GB18030", 65_001: "UTF-8",
    ]

    private static let charsets: [Int: Int] = [
        0: 1_252, 77: 10_000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1_253, 162: 1_254, 163: 1_258, 177: 1_255, 178: 1_256, 186: 1_257,
        204: 1_251, 222: 874, 238: 1_250,
    ]
}
