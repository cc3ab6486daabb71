// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import SystemPackage

/// A program of this package, as built for the tests.
package struct Program: Sendable {
    package let path: FilePath

    /// Programs stand beside the test bundle.
    package init(_ name: String) throws {
        guard let bundle = Self.bundleFolder else { throw SystemError("find", FilePath(name), errno: ENOENT) }
        path = bundle.appending(name)
        guard path.exists else { throw SystemError("find", path, errno: ENOENT) }
    }

    /// A program of the system's.
    package init(at path: FilePath) throws {
        guard path.exists else { throw SystemError("find", path, errno: ENOENT) }
        self.path = path
    }

    package struct Ending: Sendable {
        package var status: Int32
        package var output: String
        package var exitCode: Int32? { status & 0x7F == 0 ? status >> 8 & 0xFF : nil }
        package var signal: Int32? { status & 0x7F == 0 ? nil : status & 0x7F }
    }

    /// Runs to the end and collects standard output and standard error.
    package func run(_ arguments: [String], environment: [String: String] = [:], input: FilePath = "/dev/null") async throws -> Ending {
        let path = path
        return try await blocking { try Self.runBlocking(path, arguments, environment, input) }
    }

    private static func runBlocking(_ path: FilePath, _ arguments: [String], _ environment: [String: String], _ input: FilePath) throws -> Ending {
        var pipes: [Int32] = [0, 0]
        guard pipe(&pipes) == 0 else { throw SystemError("open a pipe for", path) }
        for raw in pipes { _ = fcntl(raw, F_SETFD, FD_CLOEXEC) }
        let reading = Descriptor(owning: pipes[0])
        var writing: Descriptor? = Descriptor(owning: pipes[1])
        let child = try start(path, arguments, environment, input: input, output: pipes[1])
        writing = nil
        var output: [UInt8] = []
        while true {
            var room = [UInt8](repeating: 0, count: 64 << 10)
            let n = read(reading.raw, &room, room.count)
            if n < 0 && errno == EINTR { continue }
            if n <= 0 { break }
            output += room.prefix(n)
        }
        withExtendedLifetime(writing) {}
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return Ending(status: status, output: String(decoding: output, as: UTF8.self))
    }

    /// Starts without waiting. `output` becomes standard output and standard error.
    package static func start(_ path: FilePath, _ arguments: [String], _ environment: [String: String], input: FilePath = "/dev/null", output: Int32) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input.string, O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        var argv: [UnsafeMutablePointer<CChar>?] = [path.withPlatformString { strdup($0) }] + arguments.map { strdup($0) } + [nil]
        var variables: [String: String] = environment
        // Tests run as root in many places; the daemon does so only when told whom its workers become.
        if variables["INTRAY_WORKER_USER"] == nil { variables["INTRAY_WORKER_USER"] = "nobody" }
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] where variables[name] == nil {
            if let value = getenv(name) { variables[name] = String(cString: value) }
        }
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            argv.forEach { free($0) }
            envp.forEach { free($0) }
        }
        var child: pid_t = 0
        let failed = path.withPlatformString { posix_spawn(&child, $0, &actions, nil, &argv, &envp) }
        guard failed == 0 else { throw SystemError("start", path, errno: failed) }
        return child
    }

    /// The folder of the running test bundle: the argument that names it, or the program itself.
    private static var bundleFolder: FilePath? {
        for argument in CommandLine.arguments {
            if argument.hasSuffix(".xctest") { return FilePath(argument).removingLastComponent() }
        }
        var room = [CChar](repeating: 0, count: 4_096)
        let n = readlink("/proc/self/exe", &room, room.count - 1)
        return n > 0 ? FilePath(platformString: room).removingLastComponent() : nil
    }
}
