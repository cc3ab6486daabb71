// SPDX-License-Identifier: Apache-2.0
import FileAccess
package import FoundationEssentials
import Glibc
package import SystemPackage

/// The shell's end of the control socket: one request, then lines of JSON.
package final class ControlClient {
    private let descriptor: Descriptor
    private var buffer: [UInt8] = []

    /// - Throws: `ControlUnreachable` when no daemon listens there.
    package init(at path: FilePath) throws {
        let raw = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard raw >= 0 else { throw SystemError("open", path) }
        descriptor = Descriptor(owning: raw)
        try SocketAddress.with(path) { address, length in
            guard connect(raw, address, length) == 0 else {
                let (why, isRefused) = (String(cString: strerror(errno)).lowercased(), errno == EACCES || errno == EPERM)
                let what = isRefused ? "ask as the user that it runs as, or as root" : "is \"intray watch\" running?"
                throw ControlUnreachable(description: "cannot reach the daemon at \(path.quoted): \(why); \(what)", isRefused: isRefused)
            }
        }
    }

    /// The daemon's process, as the kernel knows the other end (socket(7), SO_PEERCRED); nil when it cannot be seen from here.
    package var process: Int32? {
        var facts: (process: Int32, user: UInt32, group: UInt32) = (0, 0, 0)
        var size = socklen_t(MemoryLayout.size(ofValue: facts))
        return getsockopt(descriptor.raw, SOL_SOCKET, SO_PEERCRED, &facts, &size) == 0 && facts.process > 0 ? facts.process : nil
    }

    /// Sends the request and reads the answer's first line. Lines follow: `next()`.
    @discardableResult
    package func ask(_ request: ControlRequest) throws -> ControlAnswer {
        let line = [UInt8](try JSONEncoder().encode(request)) + [UInt8(ascii: "\n")]
        try line.withUnsafeBytes { try descriptor.write($0, path: FilePath("control.sock")) }
        guard let first = try next() else { throw ControlAnswer(error: "cannot read the answer: the daemon closed the line") }
        let answer = try JSONDecoder().decode(ControlAnswer.self, from: first)
        guard answer.ok else { throw answer }
        return answer
    }

    /// Sends a line as it is and reads nothing; for tests of callers that do not listen.
    package func say(_ line: String) throws {
        try Array(line.utf8).withUnsafeBytes { try descriptor.write($0, path: FilePath("control.sock")) }
    }

    /// Sends a line as it is and expects a refusal; for tests of bad requests.
    package func send(_ line: String) throws {
        try say(line)
        guard let first = try next() else { return }
        let answer = try JSONDecoder().decode(ControlAnswer.self, from: first)
        guard answer.ok else { throw answer }
    }

    /// The next line, without its end; nil when the daemon has closed.
    package func next() throws -> Data? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeFirst(end + 1) }
                return Data(buffer[..<end])
            }
            var room = [UInt8](repeating: 0, count: 64 << 10)
            let got = recv(descriptor.raw, &room, room.count, 0)
            if got < 0 && errno == EINTR { continue }
            guard got > 0 else { return nil }
            buffer += room.prefix(got)
        }
    }

    /// All values of an answer that says how many there are.
    package func values<Value: Decodable>(_ request: ControlRequest, as type: Value.Type) throws -> [Value] {
        let answer = try ask(request)
        var values: [Value] = []
        for _ in 0..<(answer.lines ?? 0) {
            guard let line = try next() else { break }
            values.append(try JSONDecoder().decode(type, from: line))
        }
        return values
    }
}

package struct ControlUnreachable: Error, CustomStringConvertible {
    package let description: String
    /// One may be running, but not for this caller.
    package let isRefused: Bool

    package init(description: String, isRefused: Bool = false) {
        self.description = description
        self.isRefused = isRefused
    }
}
