// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let pptx = Format(
        "pptx", "PowerPoint presentation", extensions: ["pptx", "pptm", "ppsx", "ppsm", "potx", "potm"],
        mediaTypes: [
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
            "application/vnd.openxmlformats-officedocument.presentationml.template",
            "application/vnd.ms-powerpoint.presentation.macroenabled.12", "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
            "application/vnd.ms-powerpoint.template.macroenabled.12",
        ],
        carried: "slides in order with titles, bullets with levels, tables with spans, speaker notes, comments, chart data, SmartArt, pictures, equations, links; text in metafiles, embedded documents",
        leftOut: "design, animations, headers and footers of slides, macros, sound and film, objects of other programs, ink",
        reader: { PPTXReader() })
}
