// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let opml = Format(
        "opml", "OPML outline or list of feeds", extensions: ["opml"], mediaTypes: ["text/x-opml"],
        carried: "the title, the outline as nested lists with links and notes, facts at the top", leftOut: "the state of windows, attributes of other programs",
        reader: { OPMLReader() })
}
