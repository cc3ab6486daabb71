// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import DashboardScreens
import HTTPTypes
import Hummingbird

/// One request's way: the door, the table of endpoints, the answer; what is refused is refused in the caller's language.
struct Responder: HTTPResponder {
    typealias Context = BasicRequestContext

    let daemon: any ServedDaemon
    let settings: DashboardSettings
    let admission: Admission
    private let endpoints: [Endpoint]

    init(daemon: any ServedDaemon, settings: DashboardSettings) {
        self.daemon = daemon
        self.settings = settings
        admission = Admission(settings)
        endpoints = Endpoints.all.sorted { $0.fixedWords > $1.fixedWords }
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        do { return try await answer(request) } catch let refusal as Refusal {
            return refused(refusal, request)
        } catch let error where error is CancellationError {
            throw error
        } catch {
            // Errors of ours say what cannot be done, and hold nothing of a document.
            return refused(Refusal(.unavailable, "\(error)"), request)
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        var request = request
        guard let path = RequestPath(request.head.path ?? "") else {
            _ = try admission.admit(request.head, to: .open)
            throw Refusal(.missing, "cannot find this page: the address has no page")
        }
        let isHead = request.method == .head
        // Only the most exact template counts: jobs/retry is no job.
        let fitting = endpoints.compactMap { endpoint in endpoint.parameters(of: path.segments).map { (endpoint, $0) } }
        let matching = fitting.filter { $0.0.fixedWords == fitting[0].0.fixedWords }
        guard let (endpoint, parameters) = matching.first(where: { $0.0.method == request.method || isHead && $0.0.method == .get }) else {
            _ = try admission.admit(request.head, to: .open)
            if matching.isEmpty { throw Refusal(.missing, "cannot find this page: the address has no page") }
            var response = refused(Refusal(.method, "cannot do this here: expected \(Self.methods(matching))"), request)
            response.headers[.allow] = Self.methods(matching)
            return response
        }
        if let signedIn = try signIn(request, path) { return signedIn }
        let visitor = try admission.admit(request.head, to: endpoint.access)
        if isHead { request = Request(head: request.head, body: RequestBody(buffer: .init())) }
        let call = Call(request: request, path: path, parameters: parameters, visitor: visitor, daemon: daemon, settings: settings, admission: admission)
        let response = try await endpoint.answer(call)
        return isHead ? Response(status: response.status, headers: response.headers, body: .init()) : response
    }

    /// The address that was said at the start holds the token: it becomes a session, and leaves the address.
    private func signIn(_ request: Request, _ path: RequestPath) throws -> Response? {
        guard request.method == .get, path.segments.first != "api", let token = path.query.first(where: { $0.name == "token" })?.value else { return nil }
        _ = try admission.admit(request.head, to: .open)
        guard admission.isToken(token) else { throw Refusal(.unauthorized, "cannot sign in: that is not this daemon's token; take the one in its token file") }
        var response = Answer.redirect("/" + path.segments.map(Self.encoded).joined(separator: "/"))
        response.headers[.setCookie] = admission.setCookie
        return response
    }

    private static func encoded(_ segment: String) -> String {
        segment.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    private static func methods(_ matching: [(Endpoint, [String: String])]) -> String {
        let methods = Set(matching.map(\.0.method.rawValue))
        return (methods.contains("GET") ? methods.union(["HEAD"]) : methods).sorted().joined(separator: ", ")
    }

    /// JSON for programs, a page for people. What is left of the body is not waited for.
    private func refused(_ refusal: Refusal, _ request: Request) -> Response {
        let isPage = request.method == .get && request.head.path?.hasPrefix("/api/") == false && request.headers[.accept]?.contains("text/html") == true
        var response: Response
        if isPage {
            let visitor = try? admission.admit(request.head, to: .open)
            let frame = Frame(csrf: visitor?.csrf, path: request.head.path ?? "/", version: settings.version)
            response = Answer.html(Screens.refusal(refusal, frame), Answer.status(of: refusal.kind))
        } else {
            response = Answer.refusal(refusal)
        }
        if refusal.kind == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer realm=\"intray\"" }
        if request.method != .get && request.method != .head { response.headers[.connection] = "close" }
        return response
    }
}
