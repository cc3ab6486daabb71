// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let txt = Format(
        "txt", "plain text", extensions: ["txt", "text", "asc"],
        mediaTypes: ["text/plain"],
        carried: "the text as it is, from any charset", leftOut: "control characters",
        verbatimIn: ["md", "txt"], reader: { PlainTextReader() })
}
