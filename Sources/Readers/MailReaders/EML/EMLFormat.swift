// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let eml = Format(
        "eml", "e-mail message", extensions: ["eml", "email", "emlx"], mediaTypes: ["message/rfc822", "message/global"],
        carried: "subject, sender, recipients and date, the body from HTML or text with its quotations, pictures of the body; attachments each as its own format's reader gives it; messages within; the text of signed parts",
        leftOut: "encrypted parts, signatures, headers of transport; each encrypted part is named", reader: { EMLReader() })
}
