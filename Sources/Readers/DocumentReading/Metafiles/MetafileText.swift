// SPDX-License-Identifier: Apache-2.0

/// The text that a metafile of Windows or a picture of the Macintosh draws, in reading order: lines from top to bottom, in each line from left to right.
///
///     bytes ─ EMFScan, WMFScan, PICTScan ▶ pieces with their places ─ MetafileLines ▶ lines
///
/// Reads enhanced metafiles ([MS-EMF]), what they hold for GDI+ ([MS-EMFPLUS]), and those of old ([MS-WMF]).
package struct MetafileText: Sendable, Hashable {
    package let lines: [String]
    /// The picture's size in pixels or in the units it is drawn in; 0 when the header gives none.
    package let width: Int
    package let height: Int
    /// Text is drawn by the numbers of its shapes, which say nothing of letters.
    package let hasGlyphsOnly: Bool
    /// The picture ends inside a record.
    package let isCut: Bool

    /// nil when the bytes are no metafile.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        let fields = MetafileFields(bytes)
        if EMFScan.matches(fields) {
            var scan = EMFScan(fields)
            scan.read()
            self.init(scan.drawing, scan.size, isCut: scan.isCut)
        } else if WMFScan.matches(fields) {
            var scan = WMFScan(fields)
            scan.read()
            self.init(scan.drawing, scan.size, isCut: scan.isCut)
        } else if PICTScan.matches(fields) {
            var scan = PICTScan(fields)
            scan.read()
            self.init(scan.drawing, scan.size, isCut: scan.isCut)
        } else {
            return nil
        }
    }

    private init(_ drawing: MetafileDrawing, _ size: (width: Int, height: Int), isCut: Bool) {
        lines = MetafileLines.lines(drawing.pieces.all)
        (width, height) = size
        hasGlyphsOnly = drawing.hasGlyphs && lines.isEmpty
        self.isCut = isCut
    }

    /// What is written in a picture, on one line; empty where it is no metafile or has no text.
    package static func line(_ bytes: UnsafeRawBufferPointer) -> String { MetafileText(bytes)?.lines.joined(separator: "; ") ?? "" }
    package static func line(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { line($0) } }

    /// What stands for a picture in the text: its description, and what is written in it.
    package static func alternative(_ description: String, _ written: String) -> String {
        if written.isEmpty || description.contains(written) { return description }
        return description.isEmpty ? written : description + ": " + written
    }

    /// Whether a metafile of `size` bytes is known by its beginning to be one picture of pixels, so that no text is in it.
    package static func isPixels(_ beginning: [UInt8], of size: Int) -> Bool {
        beginning.withUnsafeBytes { EMFScan.isPixels(MetafileFields($0), of: size) }
    }

    /// Whether a picture of this name or media type may be a metafile.
    package static func isLikely(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["emf", "wmf", "pict", "pct"].contains { name.hasSuffix($0) }
    }
}

/// Little-endian fields of a metafile; what lies outside is nil.
struct MetafileFields {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var count: Int { bytes.count }
    func byte(_ at: Int) -> Int? { at >= 0 && at < bytes.count ? Int(bytes[at]) : nil }
    func short(_ at: Int) -> Int? { number(at, UInt16.self) }
    func signedShort(_ at: Int) -> Int? { number(at, Int16.self) }
    func long(_ at: Int) -> Int? { number(at, UInt32.self) }
    func signedLong(_ at: Int) -> Int? { number(at, Int32.self) }
    /// A finite number of single precision.
    func real(_ at: Int) -> Double? {
        guard let bits = long(at) else { return nil }
        let value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        return value.isFinite ? value : nil
    }

    /// Exactly these bytes, or nil when some of them lie outside.
    func slice(_ at: Int, _ length: Int) -> MetafileFields? {
        guard at >= 0, length >= 0, at <= count, length <= count - at else { return nil }
        return MetafileFields(UnsafeRawBufferPointer(rebasing: bytes[at..<(at + length)]))
    }

    private func number<Value: FixedWidthInteger>(_ at: Int, _: Value.Type) -> Int? {
        guard at >= 0, at <= bytes.count - MemoryLayout<Value>.size else { return nil }
        return Int(Value(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: Value.self)))
    }
}
