// SPDX-License-Identifier: Apache-2.0
package import DashboardModel
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
package import Settings
import SystemPackage

/// The page and the API, over HTTP/1.1. Everything of it is made when it runs, one thread included: a daemon without a page
/// pays nothing.
package struct DashboardServer: Service {
    private let daemon: any ServedDaemon
    private let settings: DashboardSettings
    private let listens: @Sendable (ListenAddress) -> Void

    /// `listens` is called with the address in use; a port of 0 has become a real one.
    package init(_ daemon: any ServedDaemon, _ settings: DashboardSettings, listens: @escaping @Sendable (ListenAddress) -> Void = { _ in }) {
        self.daemon = daemon
        self.settings = settings
        self.listens = listens
    }

    package func run() async throws {
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        // Headers have to be there in 15 s; 64 connections at once, the rest waits.
        let server = HTTPServerBuilder.http1(configuration: .init(
            additionalChannelHandlers: [StallHandler(patience: .seconds(30))], idleTimeout: .seconds(15),
            httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        let configuration = ApplicationConfiguration(
            address: bindAddress, backlog: 128, availableConnectionsDelegate: MaximumAvailableConnections(64, logger: silence))
        let application = Application(
            responder: Responder(daemon: daemon, settings: settings), server: server, configuration: configuration,
            onServerRunning: { [settings, listens] channel in
                var address = settings.address
                switch address {
                // Like the control socket: for the daemon's own user and root.
                case .unix(let path): chmod(path.string, 0o600)
                case .tcp(let host, _): address = .tcp(host: host, port: channel.localAddress?.port ?? 0)
                }
                listens(address)
            },
            eventLoopGroupProvider: .shared(loops), logger: silence)
        let outcome: Result<Void, any Error>
        do {
            try await Self.untilStopped { try await application.run() }
            outcome = .success(())
        } catch let error as IOError {
            outcome = .failure(Refusal(.unavailable, "cannot listen on \"\(settings.address)\": \(String(cString: strerror(error.errnoCode)).lowercased()); choose another address for the dashboard"))
        } catch { outcome = .failure(error) }
        try? await loops.shutdownGracefully()
        try outcome.get()
    }

    /// Who is still reading when the daemon is to end has two seconds more.
    private static func untilStopped(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await body()
                return true
            }
            tasks.addTask {
                guard (try? await gracefulShutdown()) != nil else { return true }
                try? await Task.sleep(for: .seconds(2))
                return false
            }
            defer { tasks.cancelAll() }
            _ = try await tasks.next()
        }
    }

    private var bindAddress: BindAddress {
        switch settings.address {
        case .tcp(let host, let port): .hostname(host, port: port)
        case .unix(let path): .unixDomainSocket(path: path.string)
        }
    }

    private var silence: Logger { Logger(label: "intray.dashboard") { _ in SwiftLogNoOpLogHandler() } }
}
