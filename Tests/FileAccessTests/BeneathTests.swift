// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// Both ways to open what lies below a folder: the kernel's own, and the one for kernels without it.
@Suite("what lies beneath a folder", .serialized)
struct BeneathTests {
    enum Way: CaseIterable {
        case kernel, walk

        func open(_ folder: Int32, _ path: String, _ flags: Int32, _ mode: UInt32 = 0, oneMount: Bool = false) -> Int32 {
            switch self {
            case .kernel: linux_open_beneath(folder, path, flags, mode, oneMount)
            case .walk: linux_walk_beneath(folder, path, flags, mode, oneMount)
            }
        }
    }

    @Test("links, ways up, absolute paths and devices of /proc are refused, with the same error either way", arguments: [
        ("../secret", EXDEV), ("in/../../secret", EXDEV), ("/etc/passwd", EXDEV), ("link", ELOOP), ("up/secret", ELOOP), ("in/up/secret", ELOOP),
        ("file/x", ENOTDIR), ("none/x", ENOENT), ("none", ENOENT), ("", ENOENT),
    ])
    func refused(_ path: String, _ number: Int32) throws {
        let place = try Place()
        for way in Way.allCases {
            let opened = way.open(place.folder.raw, path, O_RDONLY | O_NONBLOCK)
            let failure = errno
            #expect(opened < 0, "\(way) opened \(path)")
            #expect(failure == number, "\(way) refuses \(path) with \(failure)")
            if opened >= 0 { close(opened) }
        }
    }

    @Test("what is there is opened and made", arguments: Way.allCases)
    func opened(_ way: Way) throws {
        let place = try Place()
        for (path, flags) in [("file", O_RDONLY), ("in/file", O_RDONLY), ("in", O_RDONLY | O_DIRECTORY), ("in//file", O_RDONLY), (".", O_RDONLY | O_DIRECTORY), ("in/new", O_WRONLY | O_CREAT)] {
            let opened = way.open(place.folder.raw, path, flags, flags & O_CREAT != 0 ? 0o600 : 0)
            #expect(opened >= 0, "\(way) does not open \(path): \(String(cString: strerror(errno)))")
            if opened >= 0 { close(opened) }
        }
    }

    @Test("what is mounted below is reached only where mounts belong to the folder", .enabled(if: Mounts.areAllowed, "mounting needs root"), arguments: Way.allCases)
    func mounts(_ way: Way) throws {
        let place = try Place()
        let mounts = Mounts(below: place.path)
        defer { mounts.undo() }
        try mounts.addSystem(of: 64, at: "memory")
        try mounts.bind(place.outside, to: "bound")
        try mounts.bind(place.outside.appending("secret"), to: "file")
        try place.path.appending("memory/file").write("mounted")
        for path in ["memory/file", "memory", "bound/secret", "bound", "file"] {
            let refused = way.open(place.folder.raw, path, O_RDONLY | O_NONBLOCK, oneMount: true)
            #expect(refused < 0 && errno == EXDEV, "\(way) opened \(path)")
            if refused >= 0 { close(refused) }
            let opened = way.open(place.folder.raw, path, O_RDONLY | O_NONBLOCK)
            #expect(opened >= 0, "\(way) does not open \(path)")
            if opened >= 0 { close(opened) }
        }
        let within = way.open(place.folder.raw, "in/file", O_RDONLY, oneMount: true)
        #expect(within >= 0)
        if within >= 0 { close(within) }
    }

    @Test("a folder that turns into a link again and again never leads outside", arguments: Way.allCases)
    func race(_ way: Way) throws {
        let place = try Place()
        try place.path.appending("there/file").write("inside")
        let (there, real, link) = (place.path.appending("there").string, place.path.appending("real").string, place.path.appending("false").string)
        #expect(symlink(place.outside.string, link) == 0)
        let isDone = Atomic(false)
        let swaps = Atomic(0)
        withExtendedLifetime(place) {
            let thread = Swapping {
                while !isDone.load(ordering: .relaxed) {
                    // The folder goes aside, a link to the outside stands in its place, and back.
                    rename(there, real)
                    rename(link, there)
                    rename(there, link)
                    rename(real, there)
                    swaps.add(1, ordering: .relaxed)
                }
            }
            var (inside, refused) = (0, 0)
            for _ in 0..<200_000 where inside < 2_000 || refused < 200 || swaps.load(ordering: .relaxed) < 100 {
                let opened = way.open(place.folder.raw, "there/file", O_RDONLY)
                guard opened >= 0 else {
                    refused += 1
                    continue
                }
                var room = [UInt8](repeating: 0, count: 16)
                let count = read(opened, &room, room.count)
                close(opened)
                #expect(room.prefix(max(0, count)).elementsEqual("inside".utf8))
                inside += 1
            }
            isDone.store(true, ordering: .relaxed)
            thread.wait()
            #expect(inside > 0 && refused > 0, "opened \(inside) times, refused \(refused) times in \(swaps.load(ordering: .relaxed)) swaps")
        }
    }

    @Test("a file on which somebody has a lease is said to be busy, not asked for until the lease ends")
    func leased() throws {
        let place = try Place()
        let file = try Descriptor.open(place.path.appending("file"), O_RDWR)
        // F_SETLEASE of fcntl(2), a macro that Swift does not import.
        let setLease: Int32 = 1_024
        let before = signal(SIGIO, SIG_IGN)
        defer { signal(SIGIO, before) }
        #expect(fcntl(file.raw, setLease, F_WRLCK) == 0)
        let start = Instant.now
        let error = #expect(throws: SystemError.self) { try Folder(place.path).open("file", O_RDONLY | O_NONBLOCK) }
        #expect(error?.errno == EAGAIN)
        // fs.lease-break-time is 45 s.
        #expect(Instant.now.since(start) < .seconds(20))
        fcntl(file.raw, setLease, F_UNLCK)
    }

    @Test("nothing is written, moved, made or removed by a name that leads up")
    func namesUp() throws {
        let place = try Place()
        let folder = try Folder(place.path)
        for name in ["..", ".", "in/..", "up/x", "in/up/secret"] as [FilePath] {
            #expect(throws: SystemError.self) { try folder.identity(of: name) }
            #expect(throws: SystemError.self) { try folder.write([1], to: name) }
            #expect(throws: SystemError.self) { try folder.move("file", to: folder, name) }
            #expect(throws: SystemError.self) { try folder.replace("file", to: folder, name) }
            #expect(throws: SystemError.self) { try folder.link("file", name) }
        }
        #expect(try place.outside.appending("secret").readText() == "outside")
        try folder.removeTree("up")
        #expect(try place.outside.appending("secret").readText() == "outside")
    }

    /// `in` with links out of it, and a secret beside.
    private struct Place {
        let outer: TemporaryFolder
        let path: FilePath
        let outside: FilePath
        let folder: Descriptor

        init() throws {
            outer = try TemporaryFolder()
            path = outer.path.appending("inbox")
            outside = outer.path.appending("outside")
            try outer.path.appending("secret").write("outside")
            try outside.appending("secret").write("outside")
            try outside.appending("file").write("outside")
            try path.appending("file").write("inside")
            try path.appending("in/file").write("inside")
            for (target, name) in [("file", "link"), ("../outside", "up"), ("../../outside", "in/up")] {
                guard symlink(target, path.appending(FilePath(name).components).string) == 0 else { throw SystemError("link", FilePath(name)) }
            }
            folder = try Descriptor.open(path, O_RDONLY | O_DIRECTORY)
        }
    }

    /// A thread of its own.
    private final class Swapping: Sendable {
        private let isOver = Wake()

        init(_ body: @escaping @Sendable () -> Void) {
            let isOver = isOver
            startThread(named: "swapping") {
                body()
                isOver.signal()
            }
        }

        func wait() { isOver.wait() }
    }
}
