// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let vcf = Format(
        "vcf", "vCard contacts", extensions: ["vcf", "vcard"],
        mediaTypes: ["text/vcard", "text/x-vcard", "text/directory"],
        carried: "names, organizations, roles, phones, addresses, mail, websites, birthdays, notes",
        leftOut: "photos, sounds, keys, positions",
        reader: { ContactReader() })
}
