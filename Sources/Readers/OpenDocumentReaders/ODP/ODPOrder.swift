// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// The order in which a slide's shapes are read: by their places, as in every kind of presentation.
enum ODPOrder {
    private static let deepest = 32

    /// A shape without a place of its own stays behind the one before it.
    static func sorted(_ shapes: [XMLElement]) -> [XMLElement] {
        var frames: [ReadingFrame] = []
        for shape in shapes { frames.append(frame(shape, depth: 0) ?? frames.last ?? ReadingFrame(x: 0, y: 0, width: 0, height: 0)) }
        return ReadingOrder.places(frames).map { shapes[$0] }
    }

    /// Position and size (19.575 ff.); those of a group are what its shapes cover.
    private static func frame(_ shape: XMLElement, depth: Int) -> ReadingFrame? {
        if let x = emu(shape.attribute(.svg_x)), let y = emu(shape.attribute(.svg_y)) {
            return ReadingFrame(x: x, y: y, width: max(emu(shape.attribute(.svg_width)) ?? 0, 0), height: max(emu(shape.attribute(.svg_height)) ?? 0, 0))
        }
        guard shape.known == .draw_g || shape.known == .draw_a, depth < deepest else { return nil }
        var all: ReadingFrame?
        for child in shape.children {
            guard let own = frame(child, depth: depth + 1) else { continue }
            guard let known = all else {
                all = own
                continue
            }
            let (x, y) = (min(known.x, own.x), min(known.y, own.y))
            all = ReadingFrame(
                x: x, y: y, width: max(known.x + known.width, own.x + own.width) - x, height: max(known.y + known.height, own.y + own.height) - y)
        }
        return all
    }

    private static func emu(_ length: String?) -> Double? { length.flatMap { ODPLength.centimetres($0) }.map { $0 * 360_000 } }
}

/// Lengths as they are written (part 3, 18.3.18): `2.5cm`, `1in`.
enum ODPLength {
    static func centimetres(_ length: String) -> Double? {
        guard let number = Double(length.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }), abs(number) < 1e6 else { return nil }
        switch length.suffix(2) {
        case "in": return number * 2.54
        case "mm": return number / 10
        case "pt": return number * 2.54 / 72
        case "pc": return number * 2.54 / 6
        case "px": return number * 2.54 / 96
        default: return number
        }
    }
}
