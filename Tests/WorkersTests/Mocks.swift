// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import Workers

/// The programs of this package that tests start: beside the test program itself.
func builtProgram(_ name: String) -> FilePath {
    var room = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &room, room.count - 1)
    let own = FilePath(platformString: room.prefix(max(count, 0)) + [0])
    let beside = own.removingLastComponent().appending(name)
    if access(beside.string, X_OK) == 0 { return beside }
    // Under `swift test` the runner may be the toolchain's own: the build folder is in its arguments.
    for argument in CommandLine.arguments where argument.contains(".build") {
        let candidate = FilePath(argument).removingLastComponent().appending(name)
        if access(candidate.string, X_OK) == 0 { return candidate }
    }
    return beside
}

/// Collects a reply in memory.
final class Collected: ReplyReceiver {
    struct State {
        var texts: [Int: [UInt8]] = [:]
        var assets: [(name: String, mediaType: String, bytes: [UInt8])] = []
        var progress: [UInt64] = []
    }

    let state = Mutex(State())
    private let mostText: Int

    init(mostText: Int = .max) { self.mostText = mostText }

    struct Full: Error {}

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {
        try state.withLock {
            $0.texts[rendition, default: []] += chunk
            if $0.texts[rendition, default: []].count > mostText { throw Full() }
        }
    }
    func beginAsset(name: String, mediaType: String) { state.withLock { $0.assets.append((name, mediaType, [])) } }
    func asset(_ chunk: UnsafeRawBufferPointer) { state.withLock { $0.assets[$0.assets.count - 1].bytes += chunk } }
    func endAsset() {}
    func progress(_ done: UInt64) { state.withLock { $0.progress.append(done) } }

    var text: String { state.withLock { String(decoding: $0.texts[0] ?? [], as: UTF8.self) } }
}

extension WorkerPool {
    /// A started pool of mock workers.
    static func mock(
        _ count: Int = 1, _ arguments: [String] = ["--mock"], _ change: (inout WorkerConfiguration) -> Void = { _ in }
    ) async throws -> WorkerPool {
        var configuration = WorkerConfiguration(program: builtProgram("MockWorker"), count: count)
        configuration.arguments = arguments
        change(&configuration)
        let pool = WorkerPool(configuration: configuration)
        try await pool.start()
        return pool
    }

    /// Converts one instruction, with limits that make failures quick.
    @discardableResult
    func run(_ instruction: String, into receiver: any ReplyReceiver = Collected(), _ change: (inout ConversionLimits) -> Void = { _ in }) async throws -> ConversionReply {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array("a.txt".utf8))
        request.limits.wallMilliseconds = 60_000
        change(&request.limits)
        return try await convert(request, input: .bytes(Array(instruction.utf8)), into: receiver)
    }

    /// The failure that an instruction ends in.
    func failure(_ instruction: String, _ change: (inout ConversionLimits) -> Void = { _ in }) async -> ConversionError? {
        do {
            try await run(instruction, change)
            return nil
        } catch {
            return error as? ConversionError
        }
    }
}

/// Starts a pool, runs the body, stops the pool whatever happens.
func withMocks(
    _ count: Int = 1, _ arguments: [String] = ["--mock"], _ change: (inout WorkerConfiguration) -> Void = { _ in },
    _ body: (WorkerPool) async throws -> Void
) async throws {
    let pool = try await WorkerPool.mock(count, arguments, change)
    do { try await body(pool) } catch {
        await pool.stop()
        throw error
    }
    await pool.stop()
}
