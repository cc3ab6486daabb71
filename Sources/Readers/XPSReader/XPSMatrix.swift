// SPDX-License-Identifier: Apache-2.0
import PDFLayout
import XMLTree

/// An affine transformation: `x' = a·x + c·y + e`, `y' = b·x + d·y + f` (ECMA-388, 14.4).
struct XPSMatrix {
    var a: Float = 1, b: Float = 0, c: Float = 0, d: Float = 1, e: Float = 0, f: Float = 0

    init() {}

    /// Six numbers; nil for anything else.
    init?(_ text: String) {
        let numbers = XPSNumbers.read(text)
        guard numbers.count == 6, numbers.allSatisfy(\.isFinite) else { return nil }
        (a, b, c, d, e, f) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    }

    /// What an element says of itself, in an attribute or in an element of its own.
    init(of element: XMLElement) {
        let written = element.plain("RenderTransform") ?? element.children.first { $0.plainName.hasSuffix(".RenderTransform") }?.children.first { _ in true }?.plain("Matrix")
        self = written.flatMap(XPSMatrix.init) ?? XPSMatrix()
    }

    /// First this one, then `outer`.
    func then(_ outer: XPSMatrix) -> XPSMatrix {
        var result = XPSMatrix()
        (result.a, result.b) = (a * outer.a + b * outer.c, a * outer.b + b * outer.d)
        (result.c, result.d) = (c * outer.a + d * outer.c, c * outer.b + d * outer.d)
        (result.e, result.f) = (e * outer.a + f * outer.c + outer.e, e * outer.b + f * outer.d + outer.f)
        return result
    }

    func apply(_ x: Float, _ y: Float) -> (x: Float, y: Float) { (a * x + c * y + e, b * x + d * y + f) }

    /// How much it stretches the height of letters.
    var scale: Float { (c * c + d * d).squareRoot() }

    /// Quarter turns clockwise of what runs along the x axis.
    var turn: UInt8 {
        let length = (a * a + b * b).squareRoot()
        guard length > 0 else { return 0 }
        if abs(b) < 0.02 * length { return a > 0 ? 0 : 2 }
        return abs(a) < 0.02 * length ? (b > 0 ? 1 : 3) : Glyph.skew
    }
}

/// Numbers between spaces and commas.
enum XPSNumbers {
    static func read(_ text: String) -> [Float] {
        text.utf8.split(whereSeparator: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }).prefix(10_000).map { Float(String(decoding: Array($0), as: UTF8.self)) ?? .nan }
    }
}
