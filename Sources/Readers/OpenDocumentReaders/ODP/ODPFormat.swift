// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let odp = Format(
        "odp", "OpenDocument presentation", extensions: ["odp", "otp", "fodp", "odg", "otg", "fodg"],
        mediaTypes: [
            "application/vnd.oasis.opendocument.presentation", "application/vnd.oasis.opendocument.presentation-template",
            "application/vnd.oasis.opendocument.presentation-flat-xml", "application/vnd.oasis.opendocument.graphics",
        ],
        carried: "slides with titles, text, nested lists, tables with spans, notes, comments, pictures, chart data, formulas; text in metafiles, embedded documents",
        leftOut: "layout, masters, animations, sounds and films; hidden slides are included and marked",
        reader: { ODPReader() })
}
