// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let vsdx = Format(
        "vsdx", "Visio drawing", extensions: ["vsdx", "vsdm", "vstx", "vstm"],
        mediaTypes: [
            "application/vnd.ms-visio.drawing", "application/vnd.ms-visio.drawing.macroenabled.12", "application/vnd.ms-visio.template",
            "application/vnd.ms-visio.template.macroenabled.12",
        ],
        carried: "pages with their names, the text of shapes in reading order, which shapes connectors join", leftOut: "the drawing itself, data of shapes, text of masters, pictures, comments, macros",
        reader: { VSDXReader() })
}
