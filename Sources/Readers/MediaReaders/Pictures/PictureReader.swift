// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads what a picture says of itself: size, date, camera, place, title, keywords. The picture itself is not shown.
///
///     bytes ─ a scan per format ▶ size, EXIF, XMP, IPTC ─ Facts ▶ a heading and a list
package struct PictureReader: DocumentReader {
    package enum Kind: Sendable { case jpeg, png, gif, tiff, webp, bmp, heif }
    private let kind: Kind

    package init(_ kind: Kind) { self.kind = kind }

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let octets = Octets(source.bytes)
        var picture = Picture()
        switch kind {
        case .jpeg: JPEGScan.read(octets, &picture)
        case .png: PNGScan.read(octets, &picture)
        case .gif: GIFScan.read(octets, &picture)
        case .tiff: TIFFScan.read(octets, &picture)
        case .webp: WebPScan.read(octets, &picture)
        case .bmp: BMPScan.read(octets, &picture)
        case .heif: HEIFScan.read(octets, &picture)
        }
        guard picture.width > 0, picture.height > 0 else { throw .malformed("the picture's header gives no size") }
        if picture.isTruncated { diagnostics.report("picture-truncated", "the picture ends before its time") }
        if picture.pixels > limits.imagePixels {
            diagnostics.report("picture-too-large", "the picture has more pixels than the limit allows: \(picture.width) × \(picture.height)")
        }
        diagnostics.report("needs-ocr", "text in the picture is not read")
        try sink.take(picture.summary(), limits.labels)
    }
}

/// What scans find in a picture.
struct Picture {
    var width = 0
    var height = 0
    /// Bits per channel.
    var depth = 0
    var frames = 1
    var pages = 1
    /// How the stored picture must be turned (TIFF 6.0, tag 274): 5 to 8 swap width and height.
    var orientation = 1
    var isTruncated = false
    var facts = Facts()

    var pixels: Int { width.multipliedReportingOverflow(by: height).overflow ? Int.max : width * height }

    func summary() -> Facts {
        var summary = Facts()
        let isTurned = (5...8).contains(orientation)
        let (across, down) = isTurned ? (height, width) : (width, height)
        summary.add(.size, "\(across) × \(down)")
        if depth > 0 { summary.add(.depth, "\(depth)") }
        if frames > 1 { summary.add(.frames, "\(frames)") }
        if pages > 1 { summary.add(.pages, "\(pages)", as: "pages") }
        return summary.followed(by: facts, width: across, height: down)
    }
}

extension Facts {
    /// These facts, then those; the size goes into the metadata last.
    func followed(by facts: Facts, width: Int, height: Int) -> Facts {
        var all = facts
        all.put(first: self)
        all.add(.size, "\(width) × \(height)", as: "size")
        return all
    }
}
