// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
import SystemPackage

/// A move between file systems: copy beside the target, make durable, verify, rename, and only then remove the source.
struct CrossingMove {
    let from: Folder
    let path: FilePath
    let to: Folder
    let target: FilePath

    init(from: Folder, _ path: FilePath, to: Folder, _ target: FilePath) {
        self.from = from
        self.path = path
        self.to = to
        self.target = target
    }

    /// Whether the target has the source's content already.
    func isCopied() throws -> Bool {
        guard let there = try to.identityIfPresent(of: target), there.isRegular else { return false }
        let (copy, source) = (try to.open(target, O_RDONLY | O_NOFOLLOW), try from.open(path, O_RDONLY | O_NOFOLLOW))
        return try ContentHash.of(copy, path: to.absolute(target)) == ContentHash.of(source, path: from.absolute(path))
    }

    func run() throws {
        let source = try from.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        let identity = try FileIdentity.of(source.raw, path: from.absolute(path))
        let name = target.sibling(Array(".moving-\(identity.inode)-\(getpid())".utf8))
        do {
            let copy = try to.open(name, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: identity.mode & 0o777)
            try fill(copy, from: source)
            try copy.sync(path: to.absolute(name))
            guard try ContentHash.of(copy, path: to.absolute(name)) == ContentHash.of(source, path: from.absolute(path)) else {
                throw SystemError("verify the copy of", from.absolute(path), errno: EIO)
            }
            var times = (timespec(tv_sec: Int(identity.modified / 1_000_000_000), tv_nsec: Int(identity.modified % 1_000_000_000)))
            _ = withUnsafePointer(to: &times) { time in withUnsafeTemporaryAllocation(of: timespec.self, capacity: 2) { pair in
                pair.initialize(repeating: time.pointee)
                return futimens(copy.raw, pair.baseAddress)
            } }
            try to.move(name, to: to, target)
        } catch {
            // What is half done goes; the source stays.
            try? to.remove(name)
            throw error
        }
        try to.sync(target.removingLastComponent())
        try from.remove(path)
    }

    private func fill(_ copy: Descriptor, from source: Descriptor) throws {
        while true {
            let n = linux_copy_range(source.raw, copy.raw, 8 << 20)
            if n == 0 { return }
            if n > 0 { continue }
            if errno == EINTR { continue }
            guard errno == EXDEV || errno == EINVAL || errno == EOPNOTSUPP || errno == ENOSYS else { throw SystemError("copy", from.absolute(path)) }
            return try fillByHand(copy, from: source)
        }
    }

    /// For file systems between which the kernel does not copy.
    private func fillByHand(_ copy: Descriptor, from source: Descriptor) throws {
        var offset = Int(lseek(copy.raw, 0, SEEK_CUR))
        while true {
            let piece = try source.read(1 << 20, at: offset, path: from.absolute(path))
            if piece.isEmpty { return }
            try piece.withUnsafeBytes { try copy.write($0, path: to.absolute(target)) }
            offset += piece.count
        }
    }
}
