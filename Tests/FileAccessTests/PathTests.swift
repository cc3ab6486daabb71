// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("Paths and folders")
struct PathTests {
    @Test("a printable path is itself; anything else is escaped, byte by byte")
    func escaping() {
        #expect(FilePath("a/été 日本.txt").escaped == "a/été 日本.txt")
        #expect(FilePath("new\nline\u{1B}[31m").escaped == #"new\x0aline\x1b[31m"#)
        #expect(FilePath(bytes: [0x61, 0xFF, 0xC3, 0xA9]).escaped == #"a\xffé"#)
        #expect(FilePath("a\"b").needsEscaping)
    }

    @Test("a path as a shell's word is that path again when a shell has read it", arguments: [
        Array("/srv/scans".utf8), Array("/my scans/it's \"$HOME\" `x` \\n".utf8), Array("été 日本".utf8), Array("a\nb\u{1B}[2J'".utf8), [0x2F, 0xFF, 0x61, 0x27],
    ])
    func shellWord(bytes: [UInt8]) async throws {
        let word = FilePath(bytes: bytes).shellWord
        #expect(word.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        let ending = try await Program(at: "/bin/bash").run(["-c", "printf %s \(word) | od -An -v -tx1 | tr -d ' \\n'"])
        #expect(ending.output == bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), "\(word)")
    }

    @Test("nothing outside a folder is reached through it")
    func beneath() throws {
        let outer = try TemporaryFolder()
        try outer.path.appending("secret").write("x")
        try outer.path.appending("in/a").write("x")
        #expect(symlink("..", outer.path.appending("in/up").string) == 0)
        let folder = try Folder(outer.path.appending("in"))
        #expect(throws: SystemError.self) { try folder.open("../secret", O_RDONLY) }
        #expect(throws: SystemError.self) { try folder.open("up/secret", O_RDONLY) }
        #expect(throws: SystemError.self) { try folder.identity(of: "up/secret") }
        #expect(throws: SystemError.self) { try folder.open("/etc/passwd", O_RDONLY) }
        _ = try folder.open("a", O_RDONLY)
    }

    @Test("a share whose server is gone is the environment's fault, a file that is gone is not", arguments: [
        (ETIMEDOUT, SystemError.Kind.environment), (EHOSTDOWN, .environment), (ENETUNREACH, .environment), (EREMOTEIO, .environment), (ESTALE, .environment),
        (EKEYEXPIRED, .environment), (ENOSPC, .environment), (ENOENT, .missing), (EACCES, .access), (EISDIR, .other),
    ])
    func kinds(number: Int32, kind: SystemError.Kind) {
        #expect(SystemError("read", "a", errno: number).kind == kind)
    }

    @Test("a move replaces nothing")
    func noReplace() throws {
        let outer = try TemporaryFolder()
        try outer.path.appending("a").write("a")
        try outer.path.appending("b").write("b")
        let folder = try Folder(outer.path)
        #expect(throws: SystemError.self) { try folder.move("a", to: folder, "b") }
        #expect(try outer.path.appending("b").readText() == "b")
    }

    @Test("SHA-256 is FIPS 180-4's")
    func hash() {
        #expect("abc".utf8.withContiguousStorageIfAvailable { ContentHash.of(UnsafeRawBufferPointer($0)) }
            == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
