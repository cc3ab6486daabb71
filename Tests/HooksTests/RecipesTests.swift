// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Glibc
import Hooks
import Settings
import SystemPackage
import TestSupport
import Testing

/// The recipes of the article on hooks, each run against what it is for.
@Suite("The recipes for hooks", .timeLimit(.minutes(10)))
struct RecipesTests {
    @Test("index-into-sqlite makes words findable, and a file that comes again is there once")
    func sqlite() async throws {
        let hook = try ShippedHook("index-into-sqlite") { ["\($0.string)/search.sqlite"] }
        let event = try hook.done("Rechnung \"4711\".txt")
        let other = try hook.done("minutes.txt")
        await withTaskGroup(of: Void.self) { tasks in
            for event in [event, other, event] { tasks.addTask { let run = await hook.run(event); #expect(run.ending == .exited(0), "\(run.errors)") } }
        }
        let found = try await python("""
            import sqlite3, sys
            base = sqlite3.connect(sys.argv[1])
            print(base.execute("SELECT count(*) FROM documents").fetchone()[0], base.execute("SELECT path FROM documents WHERE documents MATCH '4711'").fetchall())
            """, hook.root.appending("search.sqlite").string)
        #expect(found == "2 [('Rechnung \"4711\".txt',)]")
    }

    @Test("index-over-http posts a document with an id that stays, and its key")
    func search() async throws {
        let server = try WebServer()
        defer { server.stop() }
        let port = try await server.port()
        var hook = try ShippedHook("index-over-http") { _ in ["http://127.0.0.1:\(port)/ok"] }
        let key = hook.root.appending("key")
        try key.write("the-key\n")
        hook.hook.environment = ["HOOK_KEY_FILE": key.string]
        let event = try hook.done("a.txt")
        for _ in 0..<2 { #expect(await hook.run(event).ending == .exited(0)) }
        let requests = try server.requests()
        #expect(requests.count == 2 && requests[0].body == requests[1].body)
        #expect(requests[0].body.contains("text of a.txt") && requests[0].headers["authorization"] == "Bearer the-key")
        for (path, code) in [("status/503", Int32(75)), ("status/404", 1)] {
            let refused = try ShippedHook("index-over-http") { _ in ["http://127.0.0.1:\(port)/\(path)"] }
            #expect(await refused.run(try refused.done("a.txt")).ending == .exited(code))
        }
        let nobody = try ShippedHook("index-over-http") { _ in ["http://127.0.0.1:1/"] }
        #expect(await nobody.run(try nobody.done("a.txt")).ending == .exited(75))
    }

    @Test("commit-to-git makes one commit for each content, whatever the name", .enabled(if: FilePath("/usr/bin/git").exists, "git is not installed"))
    func git() async throws {
        let hook = try ShippedHook("commit-to-git") { ["\($0.string)/history"] }
        let event = try hook.done("odd \n'name;.txt")
        for _ in 0..<2 { let run = await hook.run(event); #expect(run.ending == .exited(0), "\(String(decoding: run.errors, as: UTF8.self))") }
        #expect(await hook.run(try hook.done("--all")).ending == .exited(0))
        let log = try await Program(at: "/usr/bin/git").run(["-c", "safe.directory=*", "-C", hook.root.appending("history").string, "log", "--format=%s|%an"])
        #expect(log.output == "Convert --all|intray\nConvert odd 'name;.txt|intray\n", "\(log.output)")
        #expect(await hook.run(try hook.done(".git/hooks/post-commit")).ending == .exited(1))
    }

    @Test("mail-on-failure hands one whole message to sendmail, and no name adds a header")
    func mail() async throws {
        var hook = try ShippedHook("mail-on-failure") { _ in ["office@example.org"] }
        let sendmail = hook.root.appending("sendmail")
        try sendmail.write("#!/bin/sh\ncat >\"\(hook.root.string)/mail\"\n")
        chmod(sendmail.string, 0o755)
        hook.hook.environment = ["SENDMAIL": sendmail.string]
        var event = Event(.jobFailed, route: "main", job: JobID(milliseconds: 1), path: "größe\nBcc: x@example.org")
        event.error = ConversionError(.encrypted, "it has a password")
        let run = await hook.run(event)
        #expect(run.ending == .exited(0), "\(String(decoding: run.errors, as: UTF8.self))")
        let read = try await python("""
            import email, email.policy, sys
            mail = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
            print(mail["To"], "|", mail["Subject"], "|", mail["Bcc"], "|", "encrypted" in mail.get_content())
            """, hook.root.appending("mail").string)
        #expect(read == "office@example.org | intray: cannot convert größe Bcc: x@example.org | None | True")
        hook.hook.environment = ["SENDMAIL": "/bin/false"]
        #expect(await hook.run(event).ending == .exited(75))
    }

    @Test("push-with-ntfy sends the note, and its token is no argument", .enabled(if: FilePath("/usr/bin/curl").exists, "curl is not installed"))
    func push() async throws {
        let server = try WebServer()
        defer { server.stop() }
        let port = try await server.port()
        var hook = try ShippedHook("push-with-ntfy") { _ in ["http://127.0.0.1:\(port)/ok"] }
        let token = hook.root.appending("token")
        try token.write("tk_1\n")
        hook.hook.environment = ["NTFY_TOKEN_FILE": token.string]
        var event = Event(.jobFailed, route: "main", job: JobID(milliseconds: 1), path: "@a.pdf")
        event.error = ConversionError(.malformed, "x")
        #expect(await hook.run(event).ending == .exited(0))
        let received = try #require(try server.requests().first)
        #expect(received.body == "@a.pdf: malformed")
        #expect(received.headers["title"] == "intray: cannot convert a file" && received.headers["authorization"] == "Bearer tk_1")
        let busy = try ShippedHook("push-with-ntfy") { _ in ["http://127.0.0.1:\(port)/status/503"] }
        #expect(await busy.run(event).ending == .exited(75))
    }

    /// Python with the packages moto and awscli, whose programs are beside it; nil: they are not there.
    private static let cloud: FilePath? = {
        guard let path = getenv("PATH") else { return nil }
        for folder in String(cString: path).split(separator: ":") {
            let folder = FilePath(String(folder))
            if folder.appending("moto_server").exists, folder.appending("aws").exists { return folder }
        }
        return nil
    }()

    @Test("copy-to-s3 copies the document and its pictures", .enabled(if: cloud != nil, "no aws and moto_server on the PATH (python3 -m pip install awscli 'moto[server]')"))
    func s3() async throws {
        let cloud = try #require(Self.cloud)
        let folder = try TemporaryFolder()
        let log = try Descriptor.open(folder.path.appending("log"), O_WRONLY | O_CREAT, mode: 0o644)
        let port = 20_000 + Int(getpid()) % 20_000
        let server = try Program.start(cloud.appending("moto_server"), ["-p", "\(port)"], [:], output: log.raw)
        defer { kill(server, SIGKILL) }
        let environment = [
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
        ]
        let aws = try Program(at: cloud.appending("aws"))
        try await eventually("there is a bucket") { try await aws.run(["s3", "mb", "s3://documents"], environment: environment).exitCode == 0 }
        var hook = try ShippedHook("copy-to-s3") { _ in ["s3://documents/text/"] }
        hook.hook.environment = environment.merging(["AWS": cloud.appending("aws").string, "HOME": folder.path.string]) { $1 }
        let event = try hook.done("in/a b.txt")
        try hook.root.appending("outbox/in/a b.txt.assets/picture.png").write("png")
        let run = await hook.run(event)
        #expect(run.ending == .exited(0), "\(String(decoding: run.errors, as: UTF8.self))")
        let listed = try await aws.run(["s3", "ls", "--recursive", "s3://documents/"], environment: environment).output
        #expect(listed.contains("text/in/a b.txt.md\n") && listed.contains("text/in/a b.txt.assets/picture.png\n"), "\(listed)")
        hook.hook.command[1] = "s3://nobody/text"
        #expect(await hook.run(event).ending == .exited(75))
    }

    private func python(_ lines: String, _ argument: String) async throws -> String {
        let ending = try await Program(at: "/usr/bin/python3").run(["-X", "utf8", "-c", lines, argument])
        return String(ending.output.prefix { $0 != "\n" })
    }
}
