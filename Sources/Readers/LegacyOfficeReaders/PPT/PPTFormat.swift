// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ppt = Format(
        "ppt", "PowerPoint 97-2003 presentation", extensions: ["ppt", "pps", "pot"],
        mediaTypes: ["application/vnd.ms-powerpoint", "application/mspowerpoint"],
        carried: "slides in order with titles as headings, bullets and numbers with levels, tables with spans, links, notes, pictures, comments; hidden slides marked",
        leftOut: "page layout, animations, footers, macros, embedded objects, charts, drawings and metafiles",
        reader: { PPTReader() })
}
