// SPDX-License-Identifier: Apache-2.0
import Dashboard
import DashboardModel
import FileAccess
import Glibc
import ServiceLifecycle
import Settings
import SystemPackage

/// The operator's page and the API, when they are asked for.
struct DashboardService: Service {
    private let daemon: ServedIntake
    private let settings: DashboardSettings
    private let tokenFile: FilePath
    private let say: @Sendable (String) -> Void

    /// - Throws: `ProgramError` when there is no safe token.
    init(intake: Intake, source: FilePath?, listen: ListenAddress, say: @escaping @Sendable (String) -> Void) throws {
        let dashboard = intake.configuration.dashboard
        tokenFile = dashboard.tokenFile ?? intake.configuration.state.appending("dashboard.token")
        var settings = DashboardSettings(address: listen, token: try DashboardToken.read(tokenFile))
        settings.hosts = dashboard.hosts
        settings.uploadBytes = dashboard.uploadBytes
        settings.version = Version.text
        self.settings = settings
        self.say = say
        daemon = ServedIntake(intake: intake, source: source)
    }

    /// What can be refused before anything is made.
    static func refuse(_ configuration: Settings.Configuration) throws {
        guard let listen = configuration.dashboard.listen else { return }
        guard listen.isLocal || configuration.dashboard.isRemote else {
            throw ProgramError(.refused, "cannot serve the dashboard on \(listen): other machines reach it; say so with dashboard.remote or --dashboard-remote, or choose 127.0.0.1")
        }
        try ListenProbe.refuseTaken(listen)
    }

    func run() async throws {
        let server = DashboardServer(daemon, settings) { [say, settings, tokenFile] address in
            switch address {
            case .tcp: say("the page is at http://\(address)/?token=\(settings.token)")
            case .unix(let path): say("the page is at the socket \(path.string); its token is in \(tokenFile.string)")
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await daemon.sweeps.run() }
            defer { tasks.cancelAll() }
            do { try await server.run() } catch let refusal as Refusal { throw ProgramError(.refused, refusal.message) }
        }
    }
}

/// The token: 256 random bits, made once and kept with the state, for the daemon's user alone.
enum DashboardToken {
    static func read(_ path: FilePath) throws -> String {
        do {
            let file: Descriptor
            do { file = try Descriptor.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) } catch let error as SystemError where error.kind == .missing {
                try make(path)
                return try read(path)
            }
            var facts = stat()
            guard fstat(file.raw, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw SystemError("read", path, errno: EINVAL) }
            guard facts.st_mode & 0o077 == 0, facts.st_uid == geteuid() || facts.st_uid == 0 else {
                throw ProgramError(.refused, "cannot use the token in \(path.quoted): others may read or change it; chmod 600 it, and let it belong to the daemon's user")
            }
            let text = String(decoding: try file.read(4_096, path: path), as: UTF8.self).filter { !$0.isWhitespace }
            guard (16...1_024).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw ProgramError(.refused, "cannot use the token in \(path.quoted): expected 16 or more letters and digits; remove the file, and one is made")
            }
            return text
        } catch let error as SystemError { throw ProgramError(.unavailable, error.description) }
    }

    private static func make(_ path: FilePath) throws {
        var random = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        let token = (0..<52).map { _ in digits[Int(random.next() & 31)] } + [0x0A]
        let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        try token.withUnsafeBytes { try file.write($0, path: path) }
        try file.sync(path: path)
    }
}
