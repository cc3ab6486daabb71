// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads what a picture says of itself: size, date, camera, place, title, keywords. The picture itself is not shown.
///
///     bytes ─ a scan per format ▶ size, EXIF, XMP, IPTC ─ Facts ▶ a heading and a list
package struct PictureReader: DocumentReader {
    package enum Kind: Sendable { case jpeg, png, gif, tiff, webp, bmp, heif, psd }
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
        case .psd: PSDScan.read(octets, &picture)
        }
        guard picture.width > 0, picture.height > 0 else {
            // What cameras note stands before the picture, and outlives it.
            guard !picture.facts.isEmpty else { throw .malformed("the picture's header gives no size") }
            diagnostics.report("picture-damaged", "the picture is damaged; its header gives no size")
            return try sink.take(picture.facts, limits.labels)
        }
        if picture.isTruncated { diagnostics.report("picture-truncated", "the picture ends before its time") }
        if picture.pixels > limits.imagePixels {
            diagnostics.report("picture-too-large", "the picture has more pixels than the limit allows: \(picture.width) × \(picture.height)")
        }
        diagnostics.report("needs-ocr", "text in the picture is not read")
        try sink.take(picture.summary(), limits.labels)
    }
}
