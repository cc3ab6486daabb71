// SPDX-License-Identifier: Apache-2.0
import MIME

/// What mail is made of, without a reader around it.
enum MailTargets {
    static func headers(_ bytes: UnsafeRawBufferPointer) {
        let headers = MIMEHeaders(bytes)
        for field in headers.fields.prefix(200) {
            _ = headers.text(field.name)
            _ = headers.texts(field.name)
        }
        let body = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(headers.bodyStart))
        for encoding in [TransferEncoding.base64, .quotedPrintable] { _ = encoding.decoded(body) }
    }
}
