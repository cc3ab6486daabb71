// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
package import SystemPackage

/// A directory held open, and names below it. Nothing reached through it lies outside: links and `..` that somebody puts in
/// the way are refused (openat2 with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS). What is mounted below belongs to it, unless
/// it was opened with `withinMount`: then it is refused with EXDEV.
package final class Folder: Sendable {
    package let path: FilePath
    private let root: Descriptor
    private let withinMount: Bool

    /// Opens the folder; with `making`, it and those above it are made when they are missing.
    package init(_ path: FilePath, making: Bool = false, mode: UInt32 = 0o755, withinMount: Bool = false) throws {
        self.path = path
        self.withinMount = withinMount
        if making { try Self.makePath(path, mode: mode) }
        root = try Descriptor.open(path, O_RDONLY | O_DIRECTORY)
    }

    package var descriptor: Int32 { root.raw }
    package func identity() throws -> FileIdentity { try .of(root.raw, path: path) }

    /// Runs `body` with the open parent of `relative` and the last name.
    private func withParent<Result>(of relative: FilePath, _ body: (Int32, UnsafePointer<CChar>) throws -> Result) throws -> Result {
        try relative.withPlatformString { text in
            guard text[0] != 0, text[0] != CChar(UInt8(ascii: "/")) else { throw SystemError("reach", absolute(relative), errno: EINVAL) }
            guard let slash = strrchr(text, Int32(UInt8(ascii: "/"))) else {
                try refuseWayUp(text, relative)
                return try body(root.raw, text)
            }
            try refuseWayUp(slash + 1, relative)
            var above = Array(UnsafeBufferPointer(start: text, count: text.distance(to: slash)))
            above.append(0)
            let raw = linux_open_beneath(root.raw, above, O_RDONLY | O_DIRECTORY, 0, withinMount)
            guard raw >= 0 else { throw SystemError("open", absolute(relative)) }
            let parent = Descriptor(owning: raw)
            return try body(parent.raw, slash + 1)
        }
    }

    /// The last name is looked up by calls that do not know how to stay beneath.
    private func refuseWayUp(_ name: UnsafePointer<CChar>, _ relative: FilePath) throws {
        guard strcmp(name, "..") != 0, strcmp(name, ".") != 0 else { throw SystemError("reach", absolute(relative), errno: EXDEV) }
    }

    package func open(_ relative: FilePath, _ flags: Int32, mode: UInt32 = 0o600) throws -> Descriptor {
        var raw: Int32
        let wanted = flags & O_CREAT != 0 ? mode : 0
        // EAGAIN: something was renamed while the way was looked up (openat2(2)); with O_NONBLOCK also that somebody has a
        // lease on the file and takes his time to give it up, which no asking again makes shorter.
        var races = 0
        repeat {
            raw = relative.withPlatformString { linux_open_beneath(root.raw, $0, flags, wanted, withinMount) }
            if raw < 0 && errno == EAGAIN { races += 1 }
        } while raw < 0 && (errno == EINTR || (errno == EAGAIN && races < Self.mostRaces))
        guard raw >= 0 else { throw SystemError(flags & O_CREAT != 0 ? "create" : "open", absolute(relative)) }
        return Descriptor(owning: raw)
    }

    package func identity(of relative: FilePath) throws -> FileIdentity {
        try withParent(of: relative) { parent, name in try FileIdentity.of(FilePath(platformString: name), in: parent) }
    }

    /// nil when there is nothing of that name.
    package func identityIfPresent(of relative: FilePath) throws -> FileIdentity? {
        do { return try identity(of: relative) } catch let error as SystemError where error.kind == .missing { return nil }
    }

    /// Makes the folder and those above it; fine when they are there.
    package func makeFolders(_ relative: FilePath, mode: UInt32 = 0o755) throws {
        if relative.isEmpty { return }
        let made = try? withParent(of: relative) { parent, name in mkdirat(parent, name, mode) == 0 || errno == EEXIST }
        if made == true { return }
        try makeFolders(relative.removingLastComponent(), mode: mode)
        try withParent(of: relative) { parent, name in
            guard mkdirat(parent, name, mode) == 0 || errno == EEXIST else { throw SystemError("create", absolute(relative)) }
        }
    }

    /// Moves within one file system and replaces nothing; EEXIST and EXDEV are the caller's to look at.
    package func move(_ relative: FilePath, to folder: Folder, _ target: FilePath) throws {
        try withParent(of: relative) { from, name in
            try folder.withParent(of: target) { to, newName in
                if linux_rename_noreplace(from, name, to, newName) == 0 { return }
                guard errno == EINVAL else { throw SystemError("move", absolute(relative)) }
                // A file system without RENAME_NOREPLACE: a second name, then the first one goes.
                guard linkat(from, name, to, newName, 0) == 0, unlinkat(from, name, 0) == 0 else { throw SystemError("move", absolute(relative)) }
            }
        }
    }

    /// Gives a file a second name in the same file system; replaces nothing.
    package func link(_ relative: FilePath, _ target: FilePath) throws {
        try withParent(of: relative) { from, name in
            try withParent(of: target) { to, newName in
                guard linkat(from, name, to, newName, 0) == 0 else { throw SystemError("link", absolute(relative)) }
            }
        }
    }

    /// Moves over whatever is there.
    package func replace(_ relative: FilePath, to folder: Folder, _ target: FilePath) throws {
        try withParent(of: relative) { from, name in
            try folder.withParent(of: target) { to, newName in
                guard renameat(from, name, to, newName) == 0 else { throw SystemError("move", absolute(relative)) }
            }
        }
    }

    /// Removes one file; fine when it has gone.
    package func remove(_ relative: FilePath) throws {
        do {
            try withParent(of: relative) { parent, name in
                guard unlinkat(parent, name, 0) == 0 || errno == ENOENT else { throw SystemError("remove", absolute(relative)) }
            }
        } catch let error as SystemError where error.kind == .missing { return }
    }

    /// Leaves a file without content; fine when there is none.
    package func empty(_ relative: FilePath) throws {
        do { _ = try open(relative, O_WRONLY | O_TRUNC | O_NOFOLLOW) } catch let error as SystemError where error.kind == .missing { return }
    }

    /// Removes a folder that is empty; false when it is not, true also when it has gone.
    @discardableResult
    package func removeFolder(_ relative: FilePath) throws -> Bool {
        do {
            return try withParent(of: relative) { parent, name in
                if unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
                guard errno == ENOTEMPTY || errno == EEXIST else { throw SystemError("remove", absolute(relative)) }
                return false
            }
        } catch let error as SystemError where error.kind == .missing { return true }
    }

    /// Removes a folder with everything in it; links are removed, not followed.
    package func removeTree(_ relative: FilePath) throws {
        guard let identity = try identityIfPresent(of: relative) else { return }
        guard identity.isDirectory else { return try remove(relative) }
        for name in try names(in: relative) { try removeTree(relative.appending(name)) }
        try removeFolder(relative)
    }

    /// All names in a folder; only for folders of our own, which are small.
    package func names(in relative: FilePath) throws -> [FilePath.Component] {
        let directory = relative.isEmpty ? nil : try open(relative, O_RDONLY | O_DIRECTORY)
        var listing = try DirectoryListing(of: directory?.raw ?? root.raw, path: absolute(relative))
        var names: [FilePath.Component] = []
        while let entry = try listing.next() { names.append(entry.name) }
        return names
    }

    /// Writes a whole small file under a new name; what stands there is replaced.
    package func write(_ bytes: [UInt8], to relative: FilePath, mode: UInt32 = 0o600) throws {
        let file = try open(relative, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: mode)
        try bytes.withUnsafeBytes { try file.write($0, path: absolute(relative)) }
    }

    /// nil when there is no such file; at most 16 MiB.
    package func readIfPresent(_ relative: FilePath) throws -> [UInt8]? {
        do {
            let file = try open(relative, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
            let size = try FileIdentity.of(file.raw, path: absolute(relative)).size
            return try file.read(Int(min(size, 16 << 20)), path: absolute(relative))
        } catch let error as SystemError where error.kind == .missing { return nil }
    }

    /// Makes the names in a folder durable.
    package func sync(_ relative: FilePath = FilePath("")) throws {
        if relative.isEmpty { return try root.sync(path: path) }
        try open(relative, O_RDONLY | O_DIRECTORY).sync(path: absolute(relative))
    }

    /// Makes everything on the folder's file system durable.
    package func syncFileSystem() throws {
        guard linux_syncfs(root.raw) == 0 else { throw SystemError("make durable", path) }
    }

    package func freeBytes() throws -> UInt64 {
        var s = statvfs()
        guard fstatvfs(root.raw, &s) == 0 else { throw SystemError("inspect", path) }
        return UInt64(s.f_bavail) * UInt64(s.f_frsize)
    }

    package func absolute(_ relative: FilePath) -> FilePath { path.appending(relative.components) }

    /// Whether the path still leads to this folder: one that was removed and made again is another.
    package func isInPlace() -> Bool {
        guard let there = try? Folder(path).identity(), let held = try? identity() else { return false }
        return there.inode == held.inode && there.device == held.device
    }

    private static let mostRaces = 100

    private static func makePath(_ path: FilePath, mode: UInt32) throws {
        if path.isEmpty || path.withPlatformString({ mkdir($0, mode) }) == 0 || errno == EEXIST { return }
        guard errno == ENOENT else { throw SystemError("create", path) }
        try makePath(path.removingLastComponent(), mode: mode)
        guard path.withPlatformString({ mkdir($0, mode) }) == 0 || errno == EEXIST else { throw SystemError("create", path) }
    }
}

extension Folder {
    /// f_type of statfs(2); -1 when it cannot be had.
    package var linuxType: Int64 { linux_fs_type(descriptor) }
}
