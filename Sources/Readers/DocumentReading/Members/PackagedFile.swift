// SPDX-License-Identifier: Apache-2.0

/// A file that the Packager of Windows has put into an object ([MS-OLEDS] 2.3.6, "Ole10Native"; what is in it is known by its use).
package struct PackagedFile {
    /// The file's name without folders.
    package let name: String
    package let bytes: UnsafeRawBufferPointer

    /// Behind the size of the whole: a mark, name, path, marks, the path it came from, size and bytes. nil when it is none.
    package init?(_ raw: UnsafeRawBufferPointer) {
        func long(_ at: Int) -> Int? {
            at >= 0 && at <= raw.count - 4 ? Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))) : nil
        }
        guard raw.count > 16, raw[0] == 2, raw[1] == 0 else { return nil }
        var at = 2
        var texts: [String] = []
        for _ in 0..<2 {
            guard let end = raw[at...].firstIndex(of: 0) else { return nil }
            // The bytes of a code page that nobody names; file names tell their kind by ASCII.
            texts.append(String(String.UnicodeScalarView(raw[at..<end].map { Unicode.Scalar($0) })))
            at = end + 1
        }
        at += 4
        guard let length = long(at) else { return nil }
        at += 4 + length
        guard let size = long(at), size > 0, at + 4 <= raw.count - size else { return nil }
        let name = texts.first { !$0.isEmpty } ?? ""
        self.name = name.split { $0 == "\\" || $0 == "/" }.last.map(String.init) ?? "object"
        bytes = UnsafeRawBufferPointer(rebasing: raw[(at + 4)..<(at + 4 + size)])
    }
}
