// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray run by root", .enabled(if: geteuid() == 0, "skipped: these tests are about root"), .timeLimit(.minutes(10)))
struct RootTests {
    /// Nobody is named by the surroundings.
    private static let alone = ["INTRAY_WORKER_USER": ""]

    @Test("does not watch by a configuration that does not say whom workers become, and says what to do")
    func refused() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("intray.yaml")
        try file.write("routes: [{root: r}]\n")
        let ending = try await Program("intray").run(["watch", "-c", file.string], environment: Self.alone)
        #expect(ending.exitCode == 3)
        #expect(try folder.path.filesBelow().map(\.string) == ["intray.yaml"] && !folder.path.appending("r").exists)
        #expect(ending.output.contains("cannot run as root") && ending.output.contains("workers: {user: nobody}"), "\(ending.output)")
        let check = try await Program("intray").run(["check", "-c", file.string], environment: Self.alone)
        #expect(check.exitCode == 3 && check.output.contains("fault    user"), "\(check.output)")
        try file.write("workers: {user: root}\nroutes: [{root: r}]\n")
        #expect(try await Program("intray").run(["watch", "-c", file.string], environment: Self.alone).output.contains("that is root"))
    }

    @Test("a file that it has made for root names a user, and is taken")
    func initialFile() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("intray.yaml")
        #expect(try await Program("intray").run(["config", "init", file.string], environment: Self.alone).exitCode == 0)
        #expect(try file.readText().contains("\n  user: nobody "))
        let shown = try await Program("intray").run(["config", "show", "-c", file.string], environment: Self.alone)
        #expect(shown.output.contains("user: \"nobody\"") || shown.output.contains("user: nobody"), "\(shown.output)")
    }

    @Test("converts and sweeps with workers that are nobody's, or whose is said")
    func commands() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/a.txt").write("a line\n")
        let intray = try Program("intray")
        #expect(try await intray.run(["convert", folder.path.appending("in/a.txt").string], environment: ["INTRAY_WORKER_USER": "nobody"]).output == "a line\n")
        #expect(try await intray.run(["convert", "--user", "nobody", folder.path.appending("in/a.txt").string], environment: Self.alone).output == "a line\n")
        #expect(try await intray.run(["convert", "--user", "root", folder.path.appending("in/a.txt").string]).exitCode == 3)
        let sweep = try await intray.run(["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--user", "no-such-user"])
        #expect(sweep.exitCode == 3 && sweep.output.contains("no such user"), "\(sweep.output)")
    }
}
