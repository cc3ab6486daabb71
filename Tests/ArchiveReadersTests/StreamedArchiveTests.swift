// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree
import MIME
import Testing

@testable import ArchiveReaders

@Suite("archives that are read from their beginning")
struct StreamedArchiveTests {
    private func tar(_ edit: (inout TarMaker) -> Void) -> [UInt8] {
        var maker = TarMaker()
        edit(&maker)
        maker.end()
        return maker.bytes
    }

    @Test("tar members stand under their paths; links and devices are counted")
    func members() throws {
        let bytes = tar {
            $0.add(Array("./d/".utf8), type: "5")
            $0.add(Array("./d/a.txt".utf8), "hello")
            $0.add(Array("l".utf8), type: "2")
            $0.add(Array("t".utf8), type: "3")
            $0.add(Array("über.csv".utf8), "a,b\n1,2\n")
        }
        let (blocks, diagnostics) = try Archives.read(bytes, Format.tar.reader())
        #expect(blocks == ["h1(d/a.txt)", "p(hello)", "h1(über.csv)", "table(head: a | b / 1 | 2)"])
        #expect(diagnostics == ["archive-links-left -", "archive-devices-left -"])
    }

    @Test("an archive that breaks off gives what it has")
    func cut() throws {
        let bytes = tar {
            $0.add(Array("a.txt".utf8), "hello")
            $0.add(Array("b.txt".utf8), "world")
        }
        let (blocks, diagnostics) = try Archives.read(Array(bytes.prefix(1_300)), Format.tar.reader())
        #expect(blocks == ["h1(a.txt)", "p(hello)"])
        #expect(diagnostics == ["archive-damaged -"])
    }

    @Test("a cpio header that asks for a name of gigabytes ends the archive there")
    func cpioName() throws {
        func member(_ name: String, _ text: String, length: String? = nil) -> [UInt8] {
            func field(_ value: Int) -> String { String(repeating: "0", count: 8 - String(value, radix: 16).utf8.count) + String(value, radix: 16) }
            let fields = [1, 0o100644, 0, 0, 1, 0, text.utf8.count, 0, 0, 0, 0].map(field).joined() + (length ?? field(name.utf8.count + 1)) + field(0)
            func padded(_ bytes: [UInt8]) -> [UInt8] { bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4) }
            return padded(Array("070701\(fields)\(name)\0".utf8)) + padded(Array(text.utf8))
        }
        let bytes = member("a.txt", "text") + member("b.txt", "more", length: "FFFFFFFF")
        let read = try Archives.read(bytes, Format.cpio.reader())
        #expect(read.blocks.contains("p(text)"))
        #expect(!read.blocks.joined().contains("more"))
        let sound = bytes.withUnsafeBytes { CPIOHeaders.sound($0).count }
        #expect(sound == member("a.txt", "text").count)
    }

    @Test("a cabinet whose data is damaged ends there, whatever its directory says comes next")
    func damagedCabinet() throws {
        func number(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
        func file(_ name: String, size: Int, at offset: Int) -> [UInt8] {
            number(size, 4) + number(offset, 4) + number(0, 2) + number(0x5A7A, 2) + number(0x6D3B, 2) + number(0x20, 2) + Array("\(name)\0".utf8)
        }
        let files = file("a.txt", size: 6, at: 0) + file("b.txt", size: 6, at: 6)
        let data = 36 + 8 + files.count
        // Twelve bytes that are said to unpack to more than they can.
        let block = number(1, 4) + number(12, 2) + number(0x7439, 2) + Array("hello\nworld\n".utf8)
        let header = Array("MSCF".utf8) + number(0, 4) + number(data + block.count, 4) + number(0, 4) + number(44, 4) + number(0, 4)
            + [3, 1] + number(1, 2) + number(2, 2) + number(0, 6)
        let bytes = header + number(data, 4) + number(1, 2) + number(0, 2) + files + block
        let read = try Archives.read(bytes, Format.cab.reader())
        #expect(read.blocks == ["h1(Not converted)", "ul(li(code(a.txt) (0 bytes): it is empty))"])
        #expect(read.diagnostics == ["archive-member-cut a.txt", "archive-damaged -"])
    }

    @Test("a part of an archive in several files is told as such")
    func volumes() throws {
        let message = "it is one part of an archive in several files; put them together with its own program"
        let zeros = [UInt8](repeating: 0, count: 19)
        let cabinet: [UInt8] = Array("MSCF\0".utf8) + zeros + [3, 1, 1, 0, 1, 0] + [1, 0] + zeros
        #expect(throws: ReadError.unsupported(message)) { try Archives.read(cabinet, Format.cab.reader()) }
        let rar: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 7, 0, 0, 0, 0x73, 1, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x74]
        #expect(throws: ReadError.unsupported(message)) { try Archives.read(rar, Format.rar.reader()) }
        let fifth: [UInt8] = [0x52, 0x61, 0x72, 0x21, 0x1A, 7, 1, 0, 1, 2, 3, 4, 4, 1, 0, 3, 1, 0, 0, 0, 0]
        #expect(throws: ReadError.unsupported(message)) { try Archives.read(fifth, Format.rar.reader()) }
    }

    @Test("a packed file of nothing is an empty text, a packed document without text is as it is unpacked")
    func nothing() throws {
        #expect(try Archives.read(TarMaker.gzip([]), Format.gz.reader()).blocks.isEmpty)
        let page = Array("<html><head></head><body></body></html>".utf8)
        let (blocks, diagnostics) = try Archives.read(TarMaker.gzip(page, name: "a.html"), Format.gz.reader())
        #expect(blocks.isEmpty)
        #expect(diagnostics.contains("empty-text a.html"))
        #expect(throws: ReadError.malformed("it is not packed in the way it seems to be")) { try Archives.read([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF], Format.gz.reader()) }
    }

    @Test("archives are told by their content, old tar by the sum in its header")
    func detection() throws {
        func kind(_ bytes: [UInt8]) throws -> String { try bytes.withUnsafeBytes { try Detection.format(of: Source($0)).name } }
        #expect(try kind(tar { $0.add(Array("a".utf8), "x") }) == "tar")
        #expect(try kind(tar { $0.add(Array("a".utf8), "x", isPOSIX: false) }) == "tar")
        #expect(try kind(Array("070701 is no archive\n".utf8)) == "txt")
        #expect(try kind(Array(("070701" + String(repeating: "0", count: 104)).utf8)) == "cpio")
        #expect(try kind(Array("!<arch>\nx".utf8)) == "ar")
    }

    @Test("a packed document is read in the place of its wrapping, by its inner name")
    func packed() throws {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        let page = TarMaker.gzip(Array("<title>T</title><h1>x</h1>".utf8))
        try page.withUnsafeBytes {
            let limits = ReadLimits()
            let source = Source($0, nameExtension: "gz", innerExtension: "html", members: MemberReader(limits: limits))
            try Format.gz.reader().read(source, limits: limits, into: builder, diagnostics: &diagnostics)
        }
        #expect(builder.document.metadata["title"] == "T")
        #expect(builder.document.blocks == [.heading(level: 1, [.text("x")])])
        #expect(try Archives.read(TarMaker.gzip(Array("a;b\n1;2\n".utf8), name: "x.csv"), Format.gz.reader()).blocks == ["table(head: a | b / 1 | 2)"])
    }

    @Test("a packed archive is read by its members")
    func packedArchive() throws {
        let bytes = TarMaker.gzip(tar { $0.add(Array("a.txt".utf8), "hello") })
        #expect(try Archives.read(bytes, Format.gz.reader()).blocks == ["h1(a.txt)", "p(hello)"])
    }

    @Test("a packed document that cannot be read fails for its own reason")
    func packedFailure() throws {
        #expect(throws: ReadError.unsupported("content is binary data of no known kind")) { try Archives.read(TarMaker.gzip([0, 1, 2, 3]), Format.gz.reader()) }
        #expect(throws: ReadError.malformed("it is not packed in the way it seems to be")) { try Archives.read([0x1F, 0x8B, 8, 1, 2, 3], Format.gz.reader()) }
        var limits = ReadLimits()
        limits.unpackedBytes = 4
        #expect(throws: ReadError.limit("it unpacks to more than is allowed")) { try Archives.read(TarMaker.gzip(Array("hello".utf8)), Format.gz.reader(), limits: limits) }
    }

    @Test("7z archives are read; those behind a password are encrypted")
    func sevenZip() throws {
        func bytes(_ base64: String) -> [UInt8] { Array(base64.utf8).withUnsafeBytes { TransferEncoding.base64.decoded($0).bytes } }
        let (blocks, diagnostics) = try Archives.read(bytes(Self.plain), Format.sevenZip.reader())
        #expect(blocks == ["h1(s.txt)", "p(hello seven)", "h1(sub/t.csv)", "table(head: a | b / 1 | 2)"])
        #expect(diagnostics == [])
        let error = ReadError.encrypted("the archive is encrypted in a way that is not read, whatever the password; unpack it with its own program")
        for archive in [Self.encrypted, Self.hidden] {
            #expect(throws: error) { try Archives.read(bytes(archive), Format.sevenZip.reader()) }
        }
    }

    private static let plain = "N3q8ryccAASeBRyKgAAAAAAAAAAgAAAAAAAAAPAOwDsBABJoZWxsbyBzZXZlbmEsYgoxLDIKAAAAgTMHrg/Pbu6MB8hDf0Gx+v3nLX3pbT0oy/wHKJtuyIbgGtBoZPUvODrHIlKYxDeEpbSjImHa4ntA1vpgRkBlcLhQdY4MfJ/dMw1VJWK0Be8h/gOnXlwWSZjcWmu/bmGLgw2F2AAAABcGFwEJaQAHCwEAASMDAQEFXQAQAAAMdgoBxYZ8uAAA"
    private static let encrypted = "N3q8ryccAARTRlkqEAAAAAAAAABiAAAAAAAAAN9Omp134OU8Z0WCTHRjXqurhwT5AQQGAAEJEAAHCwEAAiQG8QcBElMPNUegjOGyvhYP9J9Hs5bGQSEhAQABAAwPCwAICgGqrWmhAAAFARkBABENAHMALgB0AHgAdAAAABQKAQC5aPoWgn3dARUGAQAggKSBAAA="
    private static let hidden = "N3q8ryccAAQKVX0zgAAAAAAAAAAuAAAAAAAAAKPUKlGokSDGwVz8CIY9GxnpGRQDNIiZIqHYPnftAA/SF5QZF5Okgk5RsgpejCV6GbtbiQCM9mMOHpkJURJJ/L+aHt9ihzPzSsZju+9fBE2c50M5fexEpW2BuP3mMe+hfNkRjIXdVkNpAw2I0cGc8zumfsatGBPjjst5jwM9Tv3Ro1iAZRcGEAEJcAAHCwEAASQG8QcBElMPVUGFM6nnHmmeRv7tDXo23QxiCgEZvuc3AAA="
}
