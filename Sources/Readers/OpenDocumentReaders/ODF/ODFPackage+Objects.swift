// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ZipArchive

extension ODFPackage {
    /// What the document in a folder of the package is (part 2, 3.4), as a file's extension; nil when the folder holds none.
    func kind(ofFolder folder: String) -> String? {
        var faults = Diagnostics()
        guard has(folder + "/content.xml"), let content = optionalBytes(folder + "/content.xml", &faults) else { return nil }
        return content.withUnsafeBytes { bytes -> String? in
            guard let body = ByteSearch.first(Array("<office:body".utf8), in: bytes), let end = bytes[body...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            let rest = bytes[(end + 1)...].prefix(200)
            return Self.kinds.first { kind in
                ByteSearch.first(Array("<office:\(kind.body)".utf8), in: UnsafeRawBufferPointer(rebasing: rest)) != nil
            }?.name
        }
    }

    /// The document in a folder as a package of its own; nil when nothing of it can be unpacked.
    func document(inFolder folder: String, kind: String) -> [UInt8]? {
        guard let type = Self.kinds.first(where: { $0.name == kind })?.type else { return nil }
        var archive = StoredZIP()
        archive.add(Array("mimetype".utf8), Array("application/vnd.oasis.opendocument.\(type)".utf8))
        var faults = Diagnostics()
        var count = 0
        for name in parts(inFolder: folder) {
            guard let bytes = optionalBytes(folder + "/" + name, &faults) else { continue }
            archive.add(Array(name.utf8), bytes)
            count += 1
        }
        return count == 0 ? nil : archive.finished()
    }

    private static let kinds = [
        (body: "text", name: "odt", type: "text"), (body: "spreadsheet", name: "ods", type: "spreadsheet"),
        (body: "presentation", name: "odp", type: "presentation"), (body: "drawing", name: "odg", type: "graphics"),
    ]
}
