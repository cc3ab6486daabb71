// SPDX-License-Identifier: Apache-2.0
import Settings
import SystemPackage
import Testing

@Suite("Configuration")
struct ConfigurationTests {
    @Test("one root gives one route with the usual folders, the state beside them")
    func standard() {
        let configuration = Settings.Configuration.standard(root: "/srv/scans")
        #expect(configuration.routes.map(\.inbox) == ["/srv/scans/inbox"])
        #expect(configuration.routes.map(\.outbox) == ["/srv/scans/outbox"])
        #expect(configuration.controlSocketPath == "/srv/scans/state/control.sock")
    }
}
