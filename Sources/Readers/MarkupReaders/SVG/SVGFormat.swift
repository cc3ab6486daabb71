// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let svg = Format(
        "svg", "SVG drawing", extensions: ["svg"],
        mediaTypes: ["image/svg+xml"],
        carried: "title, description and all text, in the drawing's order", leftOut: "shapes, pictures within",
        reader: { SVGReader() })
}
