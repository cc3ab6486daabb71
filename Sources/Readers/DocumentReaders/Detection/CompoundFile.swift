// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What an OLE2 compound file holds, told by the names of its streams ([MS-CFB] 2.6.1: UTF-16LE).
enum CompoundFile {
    static func kind(of bytes: UnsafeRawBufferPointer) throws(ReadError) -> String {
        if holds("EncryptedPackage", bytes) { throw .encrypted("the document is protected by a password") }
        if holds("WordDocument", bytes) { return "doc" }
        if holds("PowerPoint Document", bytes) { return "ppt" }
        if holds("__substg1.0_", bytes) { return "msg" }
        if holds("Workbook", bytes) || holds("Book", bytes) { return "xls" }
        return "ole"
    }

    private static func holds(_ name: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
        ByteSearch.first(name.utf8.flatMap { [$0, 0] }, in: bytes) != nil
    }
}
