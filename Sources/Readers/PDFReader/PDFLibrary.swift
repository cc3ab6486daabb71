// SPDX-License-Identifier: Apache-2.0
import CPDFium
import DocumentReading
import Glibc

/// PDFium, loaded when the process starts: a locked process can load nothing.
///
/// Looked for, in this order: `INTRAY_PDFIUM` (a file), `lib/` beside the program, `/usr/lib/intray/`, and `.pdfium/` in the
/// folders above the program, where a checkout keeps it.
package enum PDFLibrary {
    /// Opens the library where it is; without one, every PDF is refused as unsupported.
    package static func warmUp() {
        for path in candidates() where access(path, R_OK) == 0 {
            if pdfium_load(path) == 0 { return }
        }
    }

    package static var isLoaded: Bool {
        pdfium_enter()
        defer { pdfium_leave() }
        if !pdfium_is_loaded() { warmUp() }
        return pdfium_is_loaded()
    }

    /// PDFium knows no threads: one document is read at a time, and those within it.
    static func exclusively<Result>(_ body: () throws(ReadError) -> Result) throws(ReadError) -> Result {
        pdfium_enter()
        defer { pdfium_leave() }
        guard isLoaded else { throw .unsupported("PDFium is not installed; run packaging/pdfium") }
        return try body()
    }

    private static func candidates() -> [String] {
        var paths: [String] = []
        if let named = getenv("INTRAY_PDFIUM") { paths.append(String(cString: named)) }
        let folder = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4_096) { room in
            String(decoding: room.prefix(pdfium_program_folder(room.baseAddress, room.count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard !folder.isEmpty else { return paths + ["/usr/lib/intray/libpdfium.so"] }
        paths += [folder + "lib/libpdfium.so", "/usr/lib/intray/libpdfium.so"]
        var above = folder.split(separator: "/")
        for _ in 0..<5 where !above.isEmpty {
            above.removeLast()
            paths.append("/" + (above + [".pdfium", "libpdfium.so"]).joined(separator: "/"))
        }
        return paths
    }
}
