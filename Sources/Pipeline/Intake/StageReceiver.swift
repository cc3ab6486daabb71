// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Spooling
import Synchronization

/// What a worker sends goes straight into the job's stage.
final class StageReceiver: ReplyReceiver {
    let stage: Stage
    private let route: Route
    /// Asks for more passwords; nil when there is nobody to ask.
    let passwords: (@Sendable () async throws -> DocumentPasswords)?
    private let received = Atomic(false)

    var hasReceived: Bool { received.load(ordering: .relaxed) }

    init(_ stage: Stage, on route: Route, passwords: (@Sendable () async throws -> DocumentPasswords)? = nil) {
        self.stage = stage
        self.route = route
        self.passwords = passwords
    }

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws { try receive { try stage.write(chunk, rendition: rendition) } }
    func beginPart(name: String) throws { try receive { try stage.beginPart(name: name) } }
    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws { try receive { try stage.part(chunk, rendition: rendition) } }
    func endPart() throws { stage.endPart() }
    func beginAsset(name: String, mediaType: String) throws { try receive { try stage.beginAsset(name: name, mediaType: mediaType) } }
    func asset(_ chunk: UnsafeRawBufferPointer) throws { try receive { try stage.asset(chunk) } }
    func endAsset() throws { stage.endAsset() }
    func progress(_ done: UInt64) {}

    private func receive(_ body: () throws -> Void) throws {
        received.store(true, ordering: .relaxed)
        do { try body() } catch let error as SystemError { throw route.blame(for: error) }
    }
}
