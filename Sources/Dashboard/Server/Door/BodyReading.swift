// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Hummingbird
import NIOCore
import Synchronization

/// Takes a request's body piece by piece, bounded in bytes and in time.
enum BodyReading {
    /// Pieces that have come; shared by whoever takes them and whoever watches the time.
    private final class Count: Sendable {
        let value = Atomic(0)
    }

    /// - Throws: `Refusal` when there is more than `most`, or when nothing comes for `patience`; with `isAll`, when all has not come by then.
    static func each(
        _ request: Request, most: UInt64, patience: Duration = .seconds(20), isAll: Bool = false, _ take: @escaping @Sendable (ByteBuffer) async throws -> Void
    ) async throws {
        if let announced = request.headers[.contentLength].flatMap({ UInt64($0) }), announced > most { throw tooLarge(most) }
        let pieces = Count()
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                var left = most
                for try await piece in request.body {
                    guard UInt64(piece.readableBytes) <= left else { throw tooLarge(most) }
                    left -= UInt64(piece.readableBytes)
                    try await take(piece)
                    pieces.value.wrappingAdd(1, ordering: .relaxed)
                }
                return true
            }
            tasks.addTask {
                var seen = -1
                while case let now = pieces.value.load(ordering: .relaxed), now != seen {
                    seen = now
                    try await Task.sleep(for: patience)
                    if isAll { break }
                }
                return false
            }
            defer { tasks.cancelAll() }
            if try await tasks.next() == false { throw Refusal(.invalid, "cannot read the request: nothing came for \(patience.components.seconds) seconds; send it again") }
        }
    }

    /// The whole of a small body.
    static func all(_ request: Request, most: Int) async throws -> [UInt8] {
        let collected = Mutex<[UInt8]>([])
        try await each(request, most: UInt64(most), isAll: true) { piece in collected.withLock { $0.append(contentsOf: piece.readableBytesView) } }
        return collected.withLock { $0 }
    }

    private static func tooLarge(_ most: UInt64) -> Refusal { Refusal(.tooLarge, "cannot take the request: it is larger than \(most) bytes") }
}
