// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers, with what every one of them says to browsers.
enum Answer {
    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok) throws -> Response {
        bytes(ByteBuffer(bytes: try encoder().encode(value)), "application/json", status)
    }

    static func html(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        var response = bytes(ByteBuffer(string: text), "text/html; charset=utf-8", status)
        response.headers[.contentSecurityPolicy] = pagePolicy
        return response
    }

    static func text(_ text: String, _ type: String = "text/plain; charset=utf-8", _ status: HTTPResponse.Status = .ok) -> Response {
        bytes(ByteBuffer(string: text), type, status)
    }

    static func bytes(_ buffer: ByteBuffer, _ type: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: guarded(type), body: ResponseBody(byteBuffer: buffer))
    }

    static func stream(_ type: String, length: Int? = nil, _ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void) -> Response {
        Response(status: .ok, headers: guarded(type), body: ResponseBody(contentLength: length, write))
    }

    static func redirect(_ place: String) -> Response {
        var headers = guarded(nil)
        headers[.location] = place
        return Response(status: .seeOther, headers: headers, body: ResponseBody())
    }

    /// `{"error": {"kind": …, "message": …}}`.
    static func refusal(_ refusal: Refusal) -> Response {
        // Two strings are always encoded.
        let body = (try? encoder().encode(["error": refusal])) ?? Data()
        return bytes(ByteBuffer(bytes: body), "application/json", status(of: refusal.kind))
    }

    static func status(of kind: Refusal.Kind) -> HTTPResponse.Status {
        switch kind {
        case .missing: .notFound
        case .invalid: .badRequest
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .method: .methodNotAllowed
        case .mediaType: .unsupportedMediaType
        case .unavailable: .serviceUnavailable
        }
    }

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// Nothing is guessed, framed, kept or passed on; what is not a page of ours may do nothing at all.
    private static func guarded(_ type: String?) -> HTTPFields {
        var headers = HTTPFields()
        if let type { headers[.contentType] = type }
        headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'; sandbox"
        headers[.xContentTypeOptions] = "nosniff"
        headers[.frameOptions] = "DENY"
        headers[.referrerPolicy] = "no-referrer"
        headers[.openerPolicy] = "same-origin"
        headers[.resourcePolicy] = "same-origin"
        headers[.cacheControl] = "no-store"
        return headers
    }

    private static let pagePolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """
}
