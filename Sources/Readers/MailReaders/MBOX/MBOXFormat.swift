// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let mbox = Format(
        "mbox", "mailbox", extensions: ["mbox", "mbx"], mediaTypes: ["application/mbox"],
        carried: "each message under a heading with its subject, as a message by itself",
        leftOut: "what messages leave out; messages over the limit, counted", reader: { MBOXReader() })
}
