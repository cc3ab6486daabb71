// SPDX-License-Identifier: Apache-2.0
import ArchiveReaders
package import DocumentReading
import LegacyOfficeReaders
import MailReaders
import MarkupReaders
import MediaReaders
import OfficeReaders
import OpenDocumentReaders
import PDFReader
import RTFReader
import TextDecoding
import TextReaders
import WebReaders
import XPSReader

/// The one registry of readers. A new format is a folder with its `Format`, and its name here.
package enum Readers {
    package static let all: [Format] = [
        .html, .mhtml, .epub, .mobi, .fb2, .jats, .docbook, .opml, .docx, .xlsx, .xlsb, .pptx, .vsdx, .iwork, .csv, .txt, .md, .json, .xml,
        .odt, .ods, .odp, .rtf,
        .ipynb, .srt, .vtt, .rst, .org, .tex, .adoc, .man, .ics, .vcf, .svg, .log, .yaml, .toml, .ini, .source, .url,
        .jpg, .png, .gif, .tiff, .webp, .bmp, .heic, .psd, .emf, .wmf,
        .mp3, .m4a, .mp4, .mov, .flac, .ogg, .wav, .aiff, .avi, .asf, .mkv,
        .doc, .xls, .ppt, .ole,
        .zip, .tar, .sevenZip, .rar, .cpio, .ar, .iso, .cab, .lha,
        .gz, .bz2, .xz, .zst, .lzma, .lz, .compress,
        .eml, .mbox, .msg, .tnef,
        .pdf, .xps,
    ]

    /// Loads what a locked process can no longer load.
    package static func warmUp() {
        Converters.warmUp()
        PDFLibrary.warmUp()
    }

    /// Each page of a PDF as an SVG drawing of how it is understood.
    package static func layoutDrawings(_ bytes: UnsafeRawBufferPointer, most: Int, _ take: (_ page: Int, _ svg: String) -> Void) throws(ReadError) {
        try PDFReader.drawings(bytes, most: most, take)
    }

    package static func format(named name: String) -> Format? { byName[name] }
    package static func format(extension name: String) -> Format? { byExtension[name] }
    package static func format(mediaType: String) -> Format? { byMediaType[mediaType] }

    private static let byName = table { [$0.name] }
    private static let byExtension = table(\.extensions)
    private static let byMediaType = table(\.mediaTypes)

    private static func table(_ keys: (Format) -> [String]) -> [String: Format] {
        Dictionary(all.flatMap { format in keys(format).map { ($0, format) } }, uniquingKeysWith: { first, _ in first })
    }
}
