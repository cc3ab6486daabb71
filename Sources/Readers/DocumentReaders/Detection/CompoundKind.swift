// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading

/// What a compound file holds, told by the streams in its root.
enum CompoundKind {
    static func kind(of bytes: UnsafeRawBufferPointer) throws(ReadError) -> String {
        let file: CompoundFile
        do { file = try CompoundFile(bytes) } catch { throw .malformed(error.reason) }
        let names = Set(file.children(of: file.root).map { $0.name.uppercased() })
        for name in encrypted where names.contains(name) { throw .encrypted("the document is protected by a password or by rights management") }
        return kinds.first { names.contains($0.stream) }?.kind ?? "ole"
    }

    /// [MS-OFFCRYPTO] 2.3.4.4, 2.2.
    private static let encrypted = ["ENCRYPTEDPACKAGE", "\u{9}DRMCONTENT", "DRMENCRYPTEDDATASPACE"]

    /// The first that is there counts: a document that holds parts of another kind keeps them in storages of their own.
    private static let kinds: [(stream: String, kind: String)] = [
        ("WORDDOCUMENT", "doc"), ("POWERPOINT DOCUMENT", "ppt"), ("WORKBOOK", "xls"), ("BOOK", "xls"), ("__PROPERTIES_VERSION1.0", "msg"),
        ("PP97_DUALSTORAGE", "ppt"), ("PP40", "ppt"), ("VISIODOCUMENT", "Visio drawing"), ("QUILL", "Publisher document"),
        ("HWPSUMMARYINFORMATION", "Hangul document"), ("FILEHEADER", "Hangul document"), ("MATOST", "Works document"),
        ("SWDOCCONTENTHEADER", "StarWriter document"), ("STARWRITERDOCUMENT", "StarWriter document"), ("STARCALCDOCUMENT", "StarCalc workbook"),
        ("STARDRAWDOCUMENT3", "StarDraw drawing"),
    ]
}
