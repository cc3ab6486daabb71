// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import DashboardScreens
import FileAccess
import HTTPTypes
import Hummingbird
import NIOCore

extension Endpoints {
    static let pages: [Endpoint] = [
        Endpoint(.get, "/", .read) { call in Answer.html(Screens.overview(try await call.daemon.overview(), call.frame)) },
        Endpoint(.get, "/jobs", .read) { call in
            let filter = try call.jobFilter
            return Answer.html(Screens.jobs(try await call.daemon.jobs(filter), filter, routes: try await call.routeNames(), call.frame))
        },
        Endpoint(.get, "/jobs/{job}", .read) { call in Answer.html(Screens.job(try await call.daemon.job(call.parameter("job")), call.frame)) },
        Endpoint(.get, "/jobs/{job}/view/{number}", .read) { call in try await RenderedOutput.answer(call) },
        Endpoint(.get, "/preview", .read) { call in Answer.html(Screens.preview(try await call.daemon.preview(call.previewRequest), call.frame)) },
        Endpoint(.get, "/routes", .read) { call in
            Answer.html(Screens.routes(try await call.daemon.routes(), hooks: try await call.daemon.hooks(), call.frame))
        },
        Endpoint(.get, "/events", .read) { call in
            if call.request.headers[.accept]?.contains("text/event-stream") == true { return try EventStream.answer(call) }
            let filter = try call.eventFilter
            return Answer.html(Screens.events(try await call.daemon.events(filter), filter, routes: try await call.routeNames(), call.frame))
        },
        Endpoint(.get, "/assets/{name}", .open) { call in
            guard let asset = Screens.assets.first(where: { $0.name == call.parameter("name") }) else {
                throw Refusal(.missing, "cannot find this file: the page has none of that name")
            }
            let tag = "\"\(asset.bytes.withUnsafeBytes { ContentHash.of($0) }.prefix(16))\""
            let isFresh = call.request.headers[.ifNoneMatch] == tag
            var response = isFresh ? Answer.bytes(ByteBuffer(), asset.mediaType, .notModified) : Answer.bytes(ByteBuffer(bytes: asset.bytes), asset.mediaType)
            response.headers[.eTag] = tag
            response.headers[.cacheControl] = "no-cache"
            // A sandboxed frame is of no origin, and needs the style too.
            response.headers[.resourcePolicy] = "cross-origin"
            return response
        },
        Endpoint(.post, "/session", .open) { call in
            try call.admission.checkOrigin(call.request.head)
            let form = RequestPath("/?" + String(decoding: try await BodyReading.all(call.request, most: 4_096), as: UTF8.self))
            guard let token = form?.query.first(where: { $0.name == "token" })?.value, call.admission.isToken(token) else {
                throw Refusal(.unauthorized, "cannot sign in: that is not this daemon's token; take the one in its token file")
            }
            var response = Answer.redirect("/")
            response.headers[.setCookie] = call.admission.setCookie
            return response
        },
        Endpoint(.post, "/session/end", .open) { call in
            try call.admission.checkOrigin(call.request.head)
            var response = Answer.redirect("/")
            response.headers[.setCookie] = call.admission.dropCookie
            return response
        },
    ]
}

extension Call {
    fileprivate func routeNames() async throws -> [String] { try await daemon.routes().map(\.name) }
}
