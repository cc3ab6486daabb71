// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc

/// One caller on the daemon's side: its request, and the line its answer goes down.
package final class ControlConnection: Sendable {
    private let descriptor: Descriptor
    private let line: [UInt8]
    private let slow: SlowCallers

    init(_ descriptor: Descriptor, line: [UInt8], _ slow: SlowCallers) {
        self.descriptor = descriptor
        self.line = line
        self.slow = slow
    }

    package func request() throws -> ControlRequest {
        do { return try JSONDecoder().decode(ControlRequest.self, from: Data(line)) } catch {
            throw ControlAnswer(error: "cannot read the request: not one of \(ControlCommand.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    /// Sends values, one line each, behind the line that says how many.
    package func answer(_ values: [some Encodable & Sendable]) async throws {
        try await send(ControlAnswer(lines: values.count))
        for value in values { try await send(value) }
    }

    package func refuse(_ reason: String) async {
        // The caller may have gone; then nobody is left to tell.
        try? await send(ControlAnswer(error: reason))
    }

    /// Says that so many lines follow.
    package func begin(lines: Int) async throws { try await send(ControlAnswer(lines: lines)) }

    /// Says that lines follow until either side closes.
    package func beginStream() async throws { try await send(ControlAnswer(lines: nil)) }

    package func send(_ value: some Encodable & Sendable) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try await send(bytes: [UInt8](encoder.encode(value)))
    }

    /// Sends a line; no thread is held up while the caller takes nothing.
    /// - Throws: when the caller has gone or takes nothing for five seconds.
    package func send(bytes: [UInt8]) async throws {
        var rest = (bytes + [UInt8(ascii: "\n")])[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(descriptor.raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) }
            if sent > 0 {
                rest.removeFirst(sent)
            } else if errno == EAGAIN {
                guard await slow.untilWritable(descriptor.raw) else { throw ControlAnswer(error: "the caller takes no more") }
            } else if errno != EINTR {
                throw ControlAnswer(error: "the caller has gone")
            }
        }
    }
}
