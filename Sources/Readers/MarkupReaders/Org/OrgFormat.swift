// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let org = Format(
        "org", "Org mode text", extensions: ["org"],
        mediaTypes: ["text/org", "text/x-org"],
        carried: "headings with their keywords, lists with boxes, tables, code, quotes, links, pictures, notes, formulas, facts at the top",
        leftOut: "drawers, schedules, comments, tags, table formulas, included files, parts that are not to be exported",
        reader: { OrgReader() })
}
