// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let msg = Format(
        "msg", "Outlook message", extensions: ["msg", "oft"], mediaTypes: ["application/vnd.ms-outlook"],
        carried: "subject, sender, recipients and date, the body from HTML, RTF or text, its pictures; attachments each as its own format's reader gives it; messages within; facts of contacts, appointments and tasks",
        leftOut: "embedded objects of other programs, encrypted parts, properties of transport; each is named", reader: { MSGReader() })
}
