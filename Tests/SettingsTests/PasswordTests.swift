// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Settings
import SystemPackage
import Testing

@Suite("Passwords in a configuration")
struct PasswordTests {
    @Test("come from a list, a file and a program")
    func load() throws {
        let route = try SettingsTests.load("""
            routes:
              - root: /a
                passwords: {list: ["swordfish", '12 34'], file: secret, command: [/bin/pass, show], timeout: 3s}
            """).routes[0]
        #expect(route.passwords.list.candidates == ["swordfish", "12 34"])
        #expect(route.passwords.file == "/etc/intray/secret")
        #expect(route.passwords.command == ["/bin/pass", "show"])
        #expect(route.passwords.timeout == .seconds(3))
    }

    @Test("are shown by no command, and by no fault", arguments: [
        "list: [\"swordfish\", \"swordfish\"]", "list: {a: swordfish}", "list: [\"\", swordfish]", "list: [[swordfish]]",
    ])
    func faults(_ passwords: String) {
        let found = SettingsTests.faults("routes: [{root: /a, passwords: {\(passwords)}}]")
        #expect(!found.isEmpty)
        #expect(!found.joined().contains("swordfish"), "\(found)")
    }

    @Test("stay out of what is shown of the settings in force, which can be read back")
    func shown() throws {
        let configuration = try SettingsTests.load("routes: [{root: /a, passwords: {list: [swordfish]}}]")
        for text in [configuration.yaml, configuration.json] { #expect(!text.contains("swordfish")) }
        #expect(configuration.yaml.contains("list: [] # 1 password, not shown"))
        #expect(try SettingsTests.load(configuration.yaml).routes[0].passwords.list.isEmpty)
    }
}
