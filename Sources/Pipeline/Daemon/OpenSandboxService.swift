// SPDX-License-Identifier: Apache-2.0
import Announcements
import Glibc
import ServiceLifecycle
import Settings

/// Says once a minute that workers are not locked in, for as long as they are not; otherwise it sleeps until the end.
struct OpenSandboxService: Service {
    let intake: Intake

    static let warning = "the sandbox is off: workers have limits, and no lock"

    func run() async throws {
        guard intake.configuration.sandbox == .off else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                var event = Event(.sandboxOff)
                event.reason = Self.warning
                intake.bus.post(event)
                let line = Array("intray: \(Self.warning)\n".utf8)
                _ = write(2, line, line.count)
                guard (try? await Task.sleep(for: .seconds(60))) != nil else { return }
            }
        }
    }
}
