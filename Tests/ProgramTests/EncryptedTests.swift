// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

/// The document is a ZIP archive of two members that zip(1) has encrypted with "sésame".
@Suite("Encrypted documents", .serialized, .timeLimit(.minutes(10)))
struct EncryptedTests {
    private static let document = FilePath("\(#filePath)").removingLastComponent().removingLastComponent()
        .appending("ConversionTests/Golden/zip/encrypted-traditional/input.zip")

    private func daemon(_ passwords: String, _ prepare: (FilePath) throws -> Void = { _ in }) async throws -> Watching {
        let folder = try TemporaryFolder()
        let root = folder.path
        try prepare(root)
        try root.appending("intray.yaml").write("""
            state: state
            routes:
              - root: .
                settle: {quiet: 200ms}
                retry: {attempts: 1}
                output: {split: members}
                passwords: {\(passwords)}

            """)
        return try await Watching(keeping: folder, arguments: ["-c", root.appending("intray.yaml").string])
    }

    /// Nothing that the daemon writes but the text itself has a password in it.
    private func expectSilence(_ daemon: Watching) throws {
        for file in try daemon.root.filesBelow() where !["intray.yaml", "secret", "asks"].contains(file.string) && !file.string.hasPrefix("control") {
            let bytes = (try? daemon.root.appending(file.components).read()) ?? []
            #expect(!String(decoding: bytes, as: UTF8.self).contains("sésame"), "\(file)")
        }
    }

    private static let outputs = ["seven.zip.md", "seven.zip.parts/a.txt.md", "seven.zip.parts/b.csv.md"]

    @Test("are read with a password of the route's list, or of its file", arguments: ["list: [wrong, sésame]", "file: secret"])
    func opened(_ passwords: String) async throws {
        let daemon = try await daemon(passwords) { root in
            try root.appending("secret").write("wrong\nsésame\n")
            chmod(root.appending("secret").string, 0o600)
        }
        defer { daemon.kill() }
        try daemon.drop("seven.zip", Self.document.read())
        try await eventually("it is converted") { try daemon.outputs().map(\.string).sorted() == Self.outputs }
        try await daemon.stop()
        try expectSilence(daemon)
    }

    @Test("are read with what the route's program says of them, which is asked of no other document")
    func asked() async throws {
        let daemon = try await daemon("command: [./asks, now]") { root in
            try root.appending("asks").write("#!/bin/sh\necho \"$1 $INTRAY_NAME $INTRAY_ROUTE\" >> \(root.string)/asked\nprintf 'wrong\\nsésame\\n'\n")
            chmod(root.appending("asks").string, 0o755)
        }
        defer { daemon.kill() }
        try daemon.drop("plain.txt", "text\n")
        try daemon.drop("seven.zip", Self.document.read())
        try await eventually("both are converted") { try daemon.outputs().map(\.string).sorted() == ["plain.txt.md"] + Self.outputs }
        try await daemon.stop()
        #expect(try daemon.root.appending("asked").readText() == "now seven.zip main\n")
        try expectSilence(daemon)
    }

    @Test("without a password go into quarantine with the code encrypted, and leave nothing in the outbox")
    func quarantined() async throws {
        let daemon = try await daemon("list: [wrong]")
        defer { daemon.kill() }
        try daemon.drop("seven.zip", Self.document.read())
        let report = daemon.root.appending("quarantine/seven.zip.error.json")
        try await eventually("it is in quarantine") { report.exists }
        #expect(try report.readText().contains("\"encrypted\""))
        #expect(try report.readText().contains("the one given does not open it"))
        #expect(try daemon.outputs().isEmpty)
        try await daemon.stop()
    }

    @Test("are swept with a file of passwords, their members apart")
    func swept() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("in/seven.zip").write(Self.document.read())
        try folder.path.appending("secret").write("sésame\n")
        let ending = try await Program("intray").run([
            "sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string, "--split", "members", "--password-file",
            folder.path.appending("secret").string,
        ])
        #expect(ending.exitCode == 0, "\(ending.output)")
        #expect(try folder.path.appending("out").filesBelow().map(\.string).sorted() == Self.outputs)
    }
}
