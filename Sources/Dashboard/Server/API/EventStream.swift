// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Synchronization

/// Events as they happen (server-sent events, HTML Standard 9.2). A browser that was away says which number it saw last,
/// and the log gives it what came since.
enum EventStream {
    /// At the same time; each holds a connection.
    private static let most = 16
    private static let open = Atomic(0)

    static func answer(_ call: Call) throws -> Response {
        var filter = try call.eventFilter
        if let last = call.request.headers[.lastEventID] {
            guard let number = Int64(last), (0...Call.mostNumber).contains(number) else { throw Refusal(.invalid, "cannot go on behind \"Last-Event-ID\": it is no event's number") }
            filter.after = number
        }
        let rate = try call.number("rate", 1...1_000).map(Int.init)
        guard open.load(ordering: .relaxed) < most else { throw Refusal(.unavailable, "cannot open another stream of events: there are \(most); close one") }
        let daemon = call.daemon, body = call.request.body
        return Answer.stream("text/event-stream") { [filter] writer in
            open.wrappingAdd(1, ordering: .relaxed)
            defer { open.wrappingSubtract(1, ordering: .relaxed) }
            // At once, so that the browser knows that it is connected.
            try await writer.write(ByteBuffer(string: ": intray\nretry: 1000\n\n"))
            let (lines, feed) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1_000))
            try await body.consumeWithInboundCloseHandler { _ in
                try await send(daemon.follow(filter, atMost: rate), by: lines, feed, to: &writer)
            } onInboundClosed: {
                // Who has gone to another page frees the place now, not at the next sign of life.
                feed.finish()
            }
            try await writer.finish(nil)
        }
    }

    /// Until the peer or the daemon goes; a sign of life now and then shows a dead connection to both sides.
    private static func send(
        _ events: AsyncStream<EventItem>, by lines: AsyncStream<String>, _ feed: AsyncStream<String>.Continuation, to writer: inout any ResponseBodyWriter
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                await cancelWhenGracefulShutdown { for await event in events { feed.yield(text(event)) } }
                feed.finish()
            }
            tasks.addTask { while (try? await Task.sleep(for: .seconds(15))) != nil { feed.yield(": still here\n\n") } }
            for await line in lines { try await writer.write(ByteBuffer(string: line)) }
            tasks.cancelAll()
        }
    }

    private static func text(_ event: EventItem) -> String {
        // An event of texts is always encoded, on one line.
        let data = (try? Answer.encoder().encode(event)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return "id: \(event.seq)\ndata: \(data)\n\n"
    }
}
