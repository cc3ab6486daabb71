// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let tnef = Format(
        "tnef", "Outlook's wrapping of mail (winmail.dat)", extensions: ["tnef"], mediaTypes: ["application/ms-tnef", "application/vnd.ms-tnef"],
        carried: "the body from HTML, RTF or text with its pictures; attachments each as its own format's reader gives it; messages within; also where it comes within a message",
        leftOut: "objects of other programs, properties of transport", reader: { TNEFReader() })
}
