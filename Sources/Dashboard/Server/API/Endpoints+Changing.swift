// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import HTTPTypes
import Hummingbird
import NIOCore

extension Endpoints {
    static let changing: [Endpoint] = [
        Endpoint(.post, "/api/v1/pause", .change) { call in try await call.change { .pause(route: $0) } },
        Endpoint(.post, "/api/v1/resume", .change) { call in try await call.change { .resume(route: $0) } },
        Endpoint(.post, "/api/v1/rescan", .change) { call in try await call.change { .rescan(route: $0) } },
        Endpoint(.post, "/api/v1/jobs/retry", .change) { call in
            try await call.change("retry", of: { .retry(jobs: $0) }, ofAll: { .retryAll(code: $0, route: $1) })
        },
        Endpoint(.post, "/api/v1/jobs/dismiss", .change) { call in
            try await call.change("dismiss", of: { .dismiss(jobs: $0) }, ofAll: { .dismissAll(code: $0, route: $1) })
        },
        Endpoint(.post, "/api/v1/jobs/cancel", .change) { call in
            let body = try await JSONBody(call.request, keys: ["jobs", "all", "route"])
            if let jobs = try body.texts("jobs"), !jobs.isEmpty { return try await call.perform(.cancel(jobs: jobs)) }
            guard try body.flag("all") == true else { throw Refusal(.invalid, "cannot cancel: name jobs, or say \"all\": true") }
            return try await call.perform(.cancelAll(route: body.text("route")))
        },
        Endpoint(.post, "/api/v1/jobs/priority", .change) { call in
            let body = try await JSONBody(call.request, keys: ["jobs", "priority"])
            let jobs = try body.required("jobs", body.texts("jobs"))
            guard let priority = JobPriority(rawValue: try body.required("priority", body.text("priority"))) else {
                throw Refusal(.invalid, "cannot read \"priority\": it is none of \(JobPriority.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            guard !jobs.isEmpty else { throw Refusal(.invalid, "cannot change the priority: name jobs") }
            return try await call.perform(.prioritize(jobs: jobs, priority))
        },
        Endpoint(.post, "/api/v1/hooks/{hook}/test", .change) { call in
            _ = try await JSONBody(call.request, keys: [])
            return try Answer.json(try await call.daemon.testHook(call.parameter("hook")))
        },
        Endpoint(.post, "/api/v1/hooks/{hook}/retry", .change) { call in
            let body = try await JSONBody(call.request, keys: ["job"])
            return try await call.perform(.deliverAgain(hook: call.parameter("hook"), job: body.text("job")))
        },
        Endpoint(.post, "/api/v1/uploads/{route}", .change) { call in
            guard let name = call.query("name") else { throw Refusal(.invalid, "cannot take the file: give its name as ?name=") }
            let upload = try await call.daemon.beginUpload(route: call.parameter("route"), name: name)
            do {
                try await BodyReading.each(call.request, most: call.settings.uploadBytes) { piece in try await upload.write([UInt8](piece.readableBytesView)) }
                return try Answer.json(try await upload.finish(), .created)
            } catch {
                await upload.abandon()
                throw error
            }
        },
        Endpoint(.post, "/api/v1/sweeps/preview", .change) { call in try Answer.json(try await call.daemon.preview(call.sweepRequest())) },
        Endpoint(.post, "/api/v1/sweeps", .change) { call in try Answer.json(try await call.daemon.startSweep(call.sweepRequest()), .created) },
    ]
}

extension Call {
    /// A change of one route, or of all when the body names none.
    fileprivate func change(_ make: (String?) -> Change) async throws -> Response {
        try await perform(make(try await JSONBody(request, keys: ["route"]).text("route")))
    }

    /// A change of failed jobs: of those that are named, or of all with a code and of a route.
    fileprivate func change(_ verb: String, of some: ([String]) -> Change, ofAll: (_ code: String?, _ route: String?) -> Change) async throws -> Response {
        let body = try await JSONBody(request, keys: ["jobs", "all", "code", "route"])
        if let jobs = try body.texts("jobs"), !jobs.isEmpty { return try await perform(some(jobs)) }
        guard try body.flag("all") == true else { throw Refusal(.invalid, "cannot \(verb): name jobs, or say \"all\": true") }
        return try await perform(ofAll(body.text("code"), body.text("route")))
    }

    fileprivate func perform(_ change: Change) async throws -> Response { try Answer.json(try await daemon.change(change)) }

    fileprivate func sweepRequest() async throws -> SweepRequest {
        let body = try await JSONBody(request, keys: ["folder", "include", "exclude", "extensions", "minimum_size", "maximum_size", "formats"])
        var sweep = SweepRequest(folder: try body.required("folder", body.text("folder")))
        sweep.include = try body.texts("include") ?? []
        sweep.exclude = try body.texts("exclude") ?? []
        sweep.extensions = try body.texts("extensions") ?? []
        sweep.minimumSize = try body.size("minimum_size")
        sweep.maximumSize = try body.size("maximum_size")
        sweep.formats = try body.texts("formats") ?? ["md"]
        return sweep
    }
}
