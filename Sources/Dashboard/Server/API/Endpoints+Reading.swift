// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import DashboardScreens
import HTTPTypes
import Hummingbird
import NIOCore

enum Endpoints {
    /// Everything that is served.
    static let all = reading + changing + pages

    static let reading: [Endpoint] = [
        Endpoint(.get, "/healthz", .open) { _ in Answer.text("ok\n") },
        Endpoint(.get, "/readyz", .open) { call in
            let down = try await call.daemon.overview().routes.filter { $0.state == .down }.map(\.name)
            return down.isEmpty ? Answer.text("ready\n") : Answer.text("not ready: down: \(down.joined(separator: ", "))\n", "text/plain; charset=utf-8", .serviceUnavailable)
        },
        Endpoint(.get, "/metrics", .read) { call in
            Answer.text(Metrics.text(try await call.daemon.overview()), "text/plain; version=0.0.4; charset=utf-8")
        },
        Endpoint(.get, "/api/v1/openapi.json", .open) { _ in Answer.bytes(ByteBuffer(bytes: OpenAPI.document), "application/json") },
        Endpoint(.get, "/api/v1/status", .read) { call in try Answer.json(try await call.daemon.overview()) },
        Endpoint(.get, "/api/v1/jobs", .read) { call in try Answer.json(try await call.daemon.jobs(call.jobFilter)) },
        Endpoint(.get, "/api/v1/jobs/{job}", .read) { call in try Answer.json(try await call.daemon.job(call.parameter("job"))) },
        Endpoint(.get, "/api/v1/jobs/{job}/outputs", .read) { call in try Answer.json(try await call.daemon.job(call.parameter("job")).outputs) },
        Endpoint(.get, "/api/v1/jobs/{job}/outputs/{number}", .read) { call in
            let output = try await call.output()
            var response = Answer.stream(OutputType.of(output.item), length: Int(clamping: output.item.bytes)) { writer in
                try await output.copy(to: &writer)
                try await writer.finish(nil)
            }
            if !OutputType.isShown(output.item) { response.headers[.contentDisposition] = "attachment" }
            return response
        },
        Endpoint(.get, "/api/v1/routes", .read) { call in try Answer.json(try await call.daemon.routes()) },
        Endpoint(.get, "/api/v1/hooks", .read) { call in try Answer.json(try await call.daemon.hooks()) },
        Endpoint(.get, "/api/v1/sweeps", .read) { call in try Answer.json(try await call.daemon.preview(nil)) },
        Endpoint(.get, "/api/v1/events", .read) { call in try Answer.json(try await call.daemon.events(call.eventFilter)) },
        Endpoint(.get, "/api/v1/events/stream", .read) { call in try EventStream.answer(call) },
    ]
}

extension Call {
    func output() async throws -> OpenOutput {
        let text = parameter("number")
        guard let number = Int(text), number >= 0, "\(number)" == text else { throw Refusal(.missing, "cannot find output \"\(text)\": outputs are numbered from 0") }
        return try await daemon.output(number, of: parameter("job"))
    }
}

extension OpenOutput {
    /// Exactly as many bytes as were announced, or an error that closes the connection.
    func copy(to writer: inout any ResponseBodyWriter) async throws {
        var offset = 0
        let end = Int(clamping: item.bytes)
        while offset < end {
            let piece = try read(min(64 << 10, end - offset), offset)
            guard !piece.isEmpty else { throw Refusal(.conflict, "the file has become shorter") }
            offset += piece.count
            try await writer.write(ByteBuffer(bytes: piece))
        }
    }
}

/// How an output's bytes are served: never as anything that a browser would run.
enum OutputType {
    static func of(_ item: OutputItem) -> String { picture(item) ?? (isText(item) ? "text/plain; charset=utf-8" : "application/octet-stream") }

    static func isShown(_ item: OutputItem) -> Bool { picture(item) != nil || isText(item) }

    /// The media type of one that browsers show.
    static func picture(_ item: OutputItem) -> String? { pictures[ending(item)] }

    static func isText(_ item: OutputItem) -> Bool { ["md", "txt", "json", "jsonl", "html", "csv"].contains(ending(item)) }

    static func ending(_ item: OutputItem) -> String { item.name.split(separator: ".").last.map { $0.lowercased() } ?? "" }

    /// No SVG, which may hold scripts.
    private static let pictures = ["png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "bmp": "image/bmp"]
}
