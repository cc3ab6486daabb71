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
