// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc

/// One caller on the daemon's side: its request, and the line its answer goes down.
package final class ControlConnection: Sendable {
    private let descriptor: Descriptor
    private let line: [UInt8]

    init(_ descriptor: Descriptor, line: [UInt8]) {
        self.descriptor = descriptor
        self.line = line
    }

    package func request() throws -> ControlRequest {
        do { return try JSONDecoder().decode(ControlRequest.self, from: Data(line)) } catch {
            throw ControlAnswer(error: "cannot read the request: not one of \(ControlCommand.allCases.map(\.rawValue).joined(separator: ", "))")
        }
    }

    /// Sends values, one line each, behind the line that says how many.
    package func answer(_ values: [some Encodable]) throws {
        try send(ControlAnswer(lines: values.count))
        for value in values { try send(value) }
    }

    package func refuse(_ reason: String) {
        // The caller may have gone; then nobody is left to tell.
        try? send(ControlAnswer(error: reason))
    }

    /// Says that so many lines follow.
    package func begin(lines: Int) throws { try send(ControlAnswer(lines: lines)) }

    /// Says that lines follow until either side closes.
    package func beginStream() throws { try send(ControlAnswer(lines: nil)) }

    /// Throws when the caller has gone or takes nothing for five seconds.
    package func send(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try send(bytes: [UInt8](encoder.encode(value)))
    }

    package func send(bytes: [UInt8]) throws {
        try (bytes + [UInt8(ascii: "\n")]).withUnsafeBytes { raw in
            var done = 0
            while done < raw.count {
                let n = Glibc.send(descriptor.raw, raw.baseAddress! + done, raw.count - done, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                if n > 0 {
                    done += n
                } else if errno == EAGAIN {
                    var one = pollfd(fd: descriptor.raw, events: Int16(POLLOUT), revents: 0)
                    guard poll(&one, 1, 5_000) == 1 else { throw ControlAnswer(error: "the caller takes no more") }
                } else if errno != EINTR {
                    throw ControlAnswer(error: "the caller has gone")
                }
            }
        }
    }
}
