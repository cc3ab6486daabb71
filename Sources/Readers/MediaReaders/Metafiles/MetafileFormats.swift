// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let emf = metafile("emf", "Enhanced metafile", ["image/emf", "image/x-emf"])
    package static let wmf = metafile("wmf", "Windows metafile", ["image/wmf", "image/x-wmf"])

    private static func metafile(_ name: String, _ title: String, _ types: [String]) -> Format {
        Format(
            name, title, extensions: [name], mediaTypes: types, carried: "the text in it, line by line; size",
            leftOut: "the drawing itself, pictures within it, text drawn by shapes", reader: { MetafileReader() })
    }
}
