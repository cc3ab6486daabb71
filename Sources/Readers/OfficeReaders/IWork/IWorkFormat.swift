// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let iwork = Format(
        "pages", "Pages or Keynote document", extensions: ["pages", "key"],
        mediaTypes: ["application/vnd.apple.pages", "application/vnd.apple.keynote", "application/x-iwork-pages-sffpages", "application/x-iwork-keynote-sffkey"],
        carried: "the text of the body, its notes and text boxes; slides in order with titles, bodies and presenter notes",
        leftOut: "styles and marks of lists, tables, charts, pictures, links; files of versions before 2013, whose parts are listed instead",
        reader: { IWorkReader() })
}
