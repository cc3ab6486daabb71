// SPDX-License-Identifier: Apache-2.0
@testable import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("Where a file has its daemon's state")
struct StatePlaceTests {
    private func place(_ text: String) throws -> StatePlace {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("intray.yaml")
        try file.write(text)
        return try StatePlace(of: file)
    }

    @Test("is known of a file without faults")
    func whole() throws {
        let place = try place("state: /srv/state\nroutes: [{root: /srv/r}]\n")
        #expect(place.state == "/srv/state" && place.controlSocket == "/srv/state/control.sock" && place.faults == nil)
    }

    @Test("is known in spite of faults elsewhere, of text that is no YAML too", arguments: [
        "state: /srv/state\nroutes: [{root: /srv/r, claim: x}]\n", "state: /srv/state\nroutes:\n  - root: [\n", "state: /srv/state\nroutes:\n\t- root: /srv/r\n",
        "routes: [{root: /srv}]\nstat: 1\n", "state: /srv/state\n", "state: /srv/state\nroutes: [{root: /srv/r}]\n\"open\n",
    ])
    func faulty(text: String) throws {
        let place = try place(text)
        #expect(place.state == "/srv/state" && place.faults?.faults.isEmpty == false)
    }

    @Test("has the socket that is set beside it")
    func socket() throws {
        let place = try place("state: /srv/state\ncontrol_socket: /run/intray.sock\nrouts: []\n")
        #expect(place.controlSocket == "/run/intray.sock")
    }

    @Test("is not guessed", arguments: ["", "- a\n", "routes: [{inbox: /srv/in}]\n", "[\n", "state: [\n"])
    func unknown(text: String) { #expect(throws: ConfigurationFaults.self) { try place(text) } }
}
