// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let zip = Format(
        "zip", "ZIP archive", extensions: ["zip"], mediaTypes: ["application/zip", "application/x-zip-compressed"],
        carried: "each member as its own format's reader gives it, under a heading with its path; pictures as assets; archives within",
        leftOut: "encrypted members whose password is not known, links, members over the limits; each is named", reader: { ZIPReader() })
}
