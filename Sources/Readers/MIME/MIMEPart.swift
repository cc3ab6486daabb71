// SPDX-License-Identifier: Apache-2.0

/// A message, or one part of it: its header, and its body as it is written or the parts within.
package struct MIMEPart {
    package let headers: MIMEHeaders
    /// `text/plain` and its parameters; what is missing or broken is the default of RFC 2045, 5.2.
    package let type: HeaderParameters
    /// Lower case: `text/plain`.
    package let mediaType: String
    /// `inline`, `attachment`, or nothing.
    package let disposition: HeaderParameters
    /// As it is written; valid as long as the message's bytes are.
    package let body: UnsafeRawBufferPointer
    /// Of a multipart part only.
    package internal(set) var parts: [MIMEPart] = []
    /// The last boundary of a multipart part is missing.
    package internal(set) var isCut = false

    init(headers: MIMEHeaders, body: UnsafeRawBufferPointer, standard: String) {
        self.headers = headers
        self.body = body
        let type = headers.raw("content-type").map { HeaderParameters($0) } ?? HeaderParameters()
        self.type = type
        let isWhole = type.word.utf8.filter { $0 == UInt8(ascii: "/") }.count == 1 && !type.word.hasPrefix("/") && !type.word.hasSuffix("/")
        mediaType = isWhole ? type.word : type.word == "html" ? "text/html" : standard
        disposition = headers.raw("content-disposition").map { HeaderParameters($0) } ?? HeaderParameters()
    }

    package var isMultipart: Bool { mediaType.hasPrefix("multipart/") }
    package var charset: String? { type["charset"] }

    package var encoding: TransferEncoding {
        guard let field = headers.raw("content-transfer-encoding") else { return .identity }
        return TransferEncoding(HeaderParameters(field).word)
    }

    /// The file's name that the sender gave it, without folders; nil when there is none.
    package var fileName: String? {
        let name = disposition["filename"] ?? type["name"] ?? headers.text("content-description").flatMap { $0.contains(".") ? $0 : nil }
        guard let name else { return nil }
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        return last.isEmpty ? nil : last
    }

    /// Content-ID without its angle brackets, as `cid:` addresses name it (RFC 2392).
    package var contentID: String? {
        headers.text("content-id").map { $0.hasPrefix("<") && $0.hasSuffix(">") ? String($0.dropFirst().dropLast()) : $0 }
    }

    package var contentLocation: String? { headers.text("content-location") }

    /// The bytes that the body stands for.
    package func decoded() -> (bytes: [UInt8], isDamaged: Bool) { encoding.decoded(body) }

    /// Bytes the body stands for, without unpacking them where that can be told.
    package var decodedSize: Int {
        switch encoding {
        case .identity: body.count
        case .base64: TransferEncoding.digits(ofBase64: body) * 3 / 4
        case .quotedPrintable, .uuencode: decoded().bytes.count
        }
    }
}
