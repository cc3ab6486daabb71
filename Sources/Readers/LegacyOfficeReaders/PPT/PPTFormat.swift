// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ppt = Format(
        "ppt", "PowerPoint 97-2003 presentation", extensions: ["ppt", "pps", "pot"],
        mediaTypes: ["application/vnd.ms-powerpoint", "application/mspowerpoint"],
        carried: "slides in order with titles as headings, bullets and numbers with levels, tables with spans, links, notes, pictures, comments; hidden slides marked; text in metafiles, embedded documents",
        leftOut: "page layout, animations, footers, macros, objects of other programs, charts, drawings",
        reader: { PPTReader() })
}
