// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import ReaderTestSupport
import Testing

@Suite("compound files")
struct CompoundFileTests {
    static let small = [UInt8]("a small stream".utf8)
    static let large = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    static let file = CompoundMaker.file([("Small", small), ("Folder/Inner/Large", large), ("Folder/Other", [1, 2, 3])])
    /// Where the maker puts the sector of the table and of the directory.
    static let tableStart = file.count - 512

    @Test("streams of either size are found at their paths, whatever the case of the letters")
    func reads() throws {
        try Self.file.withUnsafeBytes { raw in
            let file = try CompoundFile(raw)
            #expect(!file.isDamaged)
            #expect(file.entries.map { file.path(of: $0) }.sorted() == ["", "Folder", "Folder/Inner", "Folder/Inner/Large", "Folder/Other", "Small"])
            #expect(file.contents(at: "SMALL")?.bytes == Self.small)
            #expect(file.contents(at: "Folder/Inner/Large")?.bytes == Self.large)
            #expect(file.contents(at: "folder/other")?.bytes == [1, 2, 3])
            #expect(file.contents(at: "Folder/Inner/Large")?.fault == nil)
            #expect(file.contents(at: "Folder") == nil && file.contents(at: "Large") == nil)
        }
    }

    @Test("a file without its allocation table gives its streams as they lie")
    func tableMissing() throws {
        let cut = Array(Self.file.prefix(Self.tableStart))
        try cut.withUnsafeBytes { raw in
            let file = try CompoundFile(raw)
            #expect(file.isDamaged)
            let large = file.contents(at: "Folder/Inner/Large")
            #expect(large?.bytes == Self.large && large?.fault == .guessed)
        }
    }

    @Test("a chain that comes back to itself ends at the size of its stream")
    func circle() throws {
        var bytes = Self.file
        for index in 0..<40 { bytes.replaceSubrange((Self.tableStart + 4 * index)..<(Self.tableStart + 4 * index + 4), with: [0, 0, 0, 0]) }
        // The directory's own chain must stay: it lies behind the streams.
        #expect(try Self.contents("Folder/Inner/Large", of: bytes)?.bytes.count == Self.large.count)
    }

    @Test("a tree that points to itself is walked once, and what it hides is found")
    func treeInCircles() throws {
        var bytes = Self.file
        let root = try #require(Self.find("Root Entry", in: bytes)), small = root + 128
        // Small's right neighbour, Folder, is no longer pointed to.
        bytes.replaceSubrange((small + 72)..<(small + 76), with: [1, 0, 0, 0])
        try bytes.withUnsafeBytes { raw in
            let file = try CompoundFile(raw)
            #expect(file.isDamaged)
            #expect(file.contents(at: "Small")?.bytes == Self.small)
            #expect(file.contents(at: "Large")?.bytes == Self.large)
        }
    }

    @Test("a directory that the header does not find is searched for")
    func directoryLost() throws {
        var bytes = Self.file
        bytes.replaceSubrange(48..<52, with: [0, 0, 0, 0])
        #expect(try Self.contents("Folder/Inner/Large", of: bytes)?.bytes == Self.large)
    }

    @Test("a stream that the file ends in is cut there and says so")
    func cut() throws {
        let bytes = CompoundMaker.file([("A", [1]), ("Large", Self.large)])
        var moved = bytes
        let root = try #require(Self.find("Root Entry", in: bytes))
        // The stream claims more than there is.
        moved.replaceSubrange((root + 256 + 120)..<(root + 256 + 124), with: [0, 0, 0, 0x70])
        try moved.withUnsafeBytes { raw in
            let found = try CompoundFile(raw).contents(at: "Large")
            #expect(found?.fault == .cut)
            #expect(found?.bytes.starts(with: Self.large) == true)
        }
    }

    @Test("a file that ends in its directory's first entry is no compound file")
    func directoryCut() {
        var bytes = CompoundMaker.file([])
        bytes.removeLast(bytes.count - 512 - 100)
        #expect(throws: CompoundFileError.self) { _ = try bytes.withUnsafeBytes { try CompoundFile($0) } }
    }

    @Test("any flipped byte or cut ends in streams or in an error", .timeLimit(.minutes(1)))
    func mutations() {
        var seed = UInt64(7)
        func next() -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33)
        }
        for round in 0..<2_000 {
            var bytes = Self.file
            for _ in 0..<(1 + round % 16) {
                let at = round % 2 == 0 ? next() % 512 : Self.tableStart - 1_024 + next() % 1_536
                bytes[at] = UInt8(truncatingIfNeeded: next())
            }
            if round % 5 == 0 { bytes.removeLast(next() % bytes.count) }
            bytes.withUnsafeBytes { raw in
                guard let file = try? CompoundFile(raw) else { return }
                for entry in file.entries { #expect(file.contents(of: entry).bytes.count <= bytes.count) }
            }
        }
    }

    private static func contents(_ path: String, of bytes: [UInt8]) throws -> CompoundContents? {
        try bytes.withUnsafeBytes { try CompoundFile($0).contents(at: path) }
    }

    private static func find(_ name: String, in bytes: [UInt8]) -> Int? {
        let wanted = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return stride(from: 512, to: bytes.count - wanted.count, by: 128).first { bytes[$0...].starts(with: wanted) }
    }
}
