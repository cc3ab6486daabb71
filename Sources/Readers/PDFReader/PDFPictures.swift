// SPDX-License-Identifier: Apache-2.0
import CDeflate
import CPDFium
import DocumentReading
import DocumentTree
import PDFLayout

/// Pictures that are figures, as media: JPEG as it is, others as PNG.
struct PDFPictures {
    private let limits: ReadLimits
    private var media: [Media] = []
    private var count = 0
    private var dropped = 0
    /// Pictures seen already, by their bytes: the same logo on each page is one file.
    private var known: [UInt64: String] = [:]
    private var bytes = 0

    private static let most = 500
    private static let mostBytes = 200 << 20

    private let names: MediaNames

    init(_ limits: ReadLimits, _ names: MediaNames) {
        self.limits = limits
        self.names = names
    }

    mutating func take() -> [Media] {
        defer { media = [] }
        return media
    }

    func report(_ diagnostics: inout Diagnostics) {
        if dropped > 0 { diagnostics.report("picture-left-out", "a picture could not be carried over", count: dropped) }
    }

    /// Places the page's pictures; each that is large enough to be a figure gets a name.
    mutating func read(_ pictures: [PDFDrawing.PlacedPicture], _ page: pdfium_page, _ content: inout PageContent) {
        for picture in pictures.prefix(200) {
            let shown = picture.box.overlapArea(content.box)
            var placed = Picture(box: picture.box)
            let isFigure = picture.box.width > 30 && picture.box.height > 24 && shown > 0.6 * picture.box.area
            // A page's scan or ground.
            let isBackground = shown > 0.8 * content.box.area
            if isFigure, !isBackground, limits.wantsMedia { placed.name = carry(picture.object, page) }
            content.pictures.append(placed)
        }
    }

    private mutating func carry(_ object: pdfium_object, _ page: pdfium_page) -> String? {
        var facts = pdfium_picture()
        let isKnown = pdfium_image_facts(object, page, &facts) != 0
        // Rules and grounds made of a few pixels are no figures.
        guard !isKnown || facts.width > 16 && facts.height > 16 else { return nil }
        guard isKnown, count < Self.most, bytes < Self.mostBytes, UInt64(facts.width) * UInt64(facts.height) <= UInt64(limits.imagePixels) else { dropped += 1; return nil }
        let raw = Self.data(pdfium_image_raw, object)
        guard !raw.isEmpty else { dropped += 1; return nil }
        let key = raw.withUnsafeBytes { Self.hash($0) } &+ UInt64(facts.width) << 32 &+ UInt64(facts.height)
        if let name = known[key] { return name }
        let file: (bytes: [UInt8], type: String, suffix: String)
        if let jpeg = jpeg(object, raw), facts.colorspace != 3 {
            file = (jpeg, "image/jpeg", "jpg")
        } else if let png = png(object) {
            file = (png, "image/png", "png")
        } else {
            dropped += 1
            return nil
        }
        count += 1
        let name = names.claim("image\(count).\(file.suffix)").name
        known[key] = name
        bytes += file.bytes.count
        media.append(Media(id: MediaID(name), mediaType: file.type, bytes: file.bytes))
        return name
    }

    private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        UInt64(libdeflate_crc32(0, bytes.baseAddress, bytes.count)) << 20 &+ UInt64(bytes.count)
    }

    /// The JPEG file that a picture is, unpacked where other filters lie around it (ISO 32000-1, 7.4.1).
    private func jpeg(_ object: pdfium_object, _ raw: [UInt8]) -> [UInt8]? {
        let filters = pdfium_image_filter_count(object)
        guard filters > 0, PDFText.bytes(most: 64, { pdfium_image_filter(object, filters - 1, $0, $1) }).elementsEqual("DCTDecode".utf8) else { return nil }
        let file = filters == 1 ? raw : Self.data(pdfium_image_decoded, object)
        return file.starts(with: [0xFF, 0xD8, 0xFF]) ? file : nil
    }

    /// A picture's data as PDFium gives them; empty when there are none, or too many.
    private static func data(_ get: (pdfium_object, UnsafeMutableRawPointer?, UInt) -> UInt, _ object: pdfium_object) -> [UInt8] {
        let size = Int(clamping: get(object, nil, 0))
        guard size > 0, size < 100 << 20 else { return [] }
        var data = [UInt8](repeating: 0, count: size)
        _ = data.withUnsafeMutableBytes { get(object, $0.baseAddress, UInt(size)) }
        return data
    }

    private func png(_ object: pdfium_object) -> [UInt8]? {
        guard let bitmap = pdfium_image_bitmap(object) else { return nil }
        defer { pdfium_destroy_bitmap(bitmap) }
        let width = Int(pdfium_bitmap_width(bitmap)), height = Int(pdfium_bitmap_height(bitmap)), stride = Int(pdfium_bitmap_stride(bitmap))
        // FPDFBitmap_Gray, BGR, BGRx, BGRA.
        let samples: Int
        switch pdfium_bitmap_format(bitmap) {
        case 1: samples = 1
        case 2: samples = 3
        case 3, 4: samples = 4
        default: return nil
        }
        guard width > 0, height > 0, stride >= width * samples, width * height <= limits.imagePixels, let start = pdfium_bitmap_bytes(bitmap) else { return nil }
        let source = UnsafeRawBufferPointer(start: start, count: stride * height)
        return PNGFile(source, width: width, height: height, stride: stride, samples: samples).bytes()
    }
}
