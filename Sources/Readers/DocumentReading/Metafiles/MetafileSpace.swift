// SPDX-License-Identifier: Apache-2.0
import TextDecoding

/// How a metafile's coordinates lie on the page; `y` grows downwards.
struct MetafileSpace: Sendable, Hashable {
    var m11 = 1.0, m12 = 0.0, m21 = 0.0, m22 = 1.0, dx = 0.0, dy = 0.0

    static let identity = MetafileSpace()

    /// An XFORM or a Matrix: six numbers of single precision ([MS-EMF] 2.2.28, [MS-EMFPLUS] 2.2.2.47).
    init?(_ fields: MetafileFields, at: Int) {
        guard let m11 = fields.real(at), let m12 = fields.real(at + 4), let m21 = fields.real(at + 8), let m22 = fields.real(at + 12),
            let dx = fields.real(at + 16), let dy = fields.real(at + 20)
        else { return nil }
        (self.m11, self.m12, self.m21, self.m22, self.dx, self.dy) = (m11, m12, m21, m22, dx, dy)
    }

    init() {}

    init(scaleX: Double, scaleY: Double, dx: Double, dy: Double) {
        m11 = scaleX
        m22 = scaleY
        self.dx = dx
        self.dy = dy
    }

    /// This one first, then `outer`.
    func then(_ outer: MetafileSpace) -> MetafileSpace {
        var out = MetafileSpace()
        out.m11 = m11 * outer.m11 + m12 * outer.m21
        out.m12 = m11 * outer.m12 + m12 * outer.m22
        out.m21 = m21 * outer.m11 + m22 * outer.m21
        out.m22 = m21 * outer.m12 + m22 * outer.m22
        out.dx = dx * outer.m11 + dy * outer.m21 + outer.dx
        out.dy = dx * outer.m12 + dy * outer.m22 + outer.dy
        return out
    }

    func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (x * m11 + y * m21 + dx, x * m12 + y * m22 + dy) }

    /// How much longer a distance across, and down, becomes.
    var across: Double { (m11 * m11 + m12 * m12).squareRoot() }
    var down: Double { (m21 * m21 + m22 * m22).squareRoot() }
}

/// A font as text needs it: how high it is and how its bytes are read.
struct MetafileFont: Sendable {
    var height = 12.0
    var charset = 1
    var name = ""
}

/// What is in force while records are read; saved and brought back as a whole.
struct MetafileState {
    var font = MetafileFont()
    /// [MS-EMF] 2.1.32: bit 0 says that text goes on where the last one ended.
    var goesOn = false
    var current = (x: 0.0, y: 0.0)
    var world = MetafileSpace.identity
    var windowOrigin = (x: 0.0, y: 0.0), windowExtent = (x: 1.0, y: 1.0)
    var viewOrigin = (x: 0.0, y: 0.0), viewExtent = (x: 1.0, y: 1.0)

    /// From the coordinates of records to those of the device.
    var space: MetafileSpace {
        let scaleX = windowExtent.x == 0 ? 1 : viewExtent.x / windowExtent.x
        let scaleY = windowExtent.y == 0 ? 1 : viewExtent.y / windowExtent.y
        let page = MetafileSpace(scaleX: scaleX, scaleY: scaleY, dx: viewOrigin.x - windowOrigin.x * scaleX, dy: viewOrigin.y - windowOrigin.y * scaleY)
        return world.then(page)
    }

    /// Bytes of text by the font's charset; those of symbol fonts stand for other letters.
    func text(_ bytes: MetafileFields) -> String {
        if font.charset == 2 { return bytes.bytes.map { SymbolFont.text(font: font.name, code: UInt32($0)) }.joined() }
        return (CodePage(fontCharset: font.charset) ?? CodePage(1_252)).text(bytes.bytes)
    }

    /// UTF-16, in which symbol fonts have places of their own (U+F020 to U+F0FF).
    func wide(_ bytes: MetafileFields) -> String {
        let units = (0..<(bytes.count / 2)).compactMap { bytes.short(2 * $0) }.map { UInt16(truncatingIfNeeded: $0) }
        guard font.charset == 2 else { return String(decoding: units, as: UTF16.self) }
        return units.map { SymbolFont.text(font: font.name, code: UInt32($0)) }.joined()
    }
}
