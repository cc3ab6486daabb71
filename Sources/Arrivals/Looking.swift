// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
import SystemPackage

/// Looks at one file of an inbox: what it is, and whether anybody has it open for writing.
struct Looking: Sendable {
    let inbox: InboxFolder
    let useLease: Bool
    let marker: MarkerPattern?

    static let mounted = "it is on a mount within the inbox, which is no part of it; give that folder a route of its own"

    func look(at path: FilePath) -> Settling.Look {
        let inbox = inbox.folder
        do {
            let identity = try inbox.identity(of: path)
            guard identity.isRegular else { return .notRegular }
            let marker = marker?.marker(for: path)
            return .file(identity, try writer(of: path, in: inbox), isOld: isOld(identity), marker: marker.flatMap { isThere($0) ? $0 : nil })
        } catch let error as SystemError where error.errno == EXDEV {
            return .mounted
        } catch {
            return .gone
        }
    }

    /// The folder on the way to a file, or at its end, that may not be read or entered.
    func obstacle(on path: FilePath) -> SystemError? {
        var folder = FilePath("")
        for name in path.components {
            folder = folder.appending(name)
            do { _ = try list(folder) } catch {
                guard error.kind == .access else { return nil }
                return error
            }
        }
        return nil
    }

    /// A folder of the inbox, open, whose files can be reached.
    /// - Throws: EACCES where it may be listed and not entered, too: a look at a file in it would find none.
    func list(_ folder: FilePath) throws(SystemError) -> Descriptor {
        do {
            let opened = try inbox.folder.open(folder, O_RDONLY | O_DIRECTORY)
            guard faccessat(opened.raw, ".", X_OK, AT_EACCESS) == 0 else { throw SystemError("enter", inbox.folder.absolute(folder)) }
            return opened
        } catch { throw error as? SystemError ?? SystemError("open", inbox.folder.absolute(folder), errno: EIO) }
    }

    func isThere(_ path: FilePath) -> Bool { (try? inbox.folder.identity(of: path))?.isRegular ?? false }

    /// A read lease is refused while anyone on this host has the file open for writing, a mapping included (fcntl(2), F_SETLEASE).
    /// It needs the file's owner or CAP_LEASE.
    /// - Throws: EXDEV for a file that is itself mounted there; without leases the claim finds that out.
    private func writer(of path: FilePath, in inbox: Folder) throws -> Settling.Writer {
        guard useLease else { return .unknown }
        let file: Descriptor
        do {
            file = try inbox.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        } catch let error as SystemError where error.errno != EXDEV {
            return .unknown
        }
        switch linux_probe_writer(file.raw) {
        case 0: return .none
        case 1: return .some
        default: return .unknown
        }
    }

    /// Nothing has happened to it for a minute; on a local file system its times and ours are one clock.
    private func isOld(_ identity: FileIdentity) -> Bool {
        identity.changed / 1_000_000 + 60_000 < Int64(WallClock.milliseconds)
    }
}

/// File systems on which a change made elsewhere raises no event here (statfs(2), f_type).
enum RemoteFileSystems {
    static func isRemote(_ type: Int64) -> Bool { known.contains(type) }

    /// NFS, SMB, CIFS, SMB2, FUSE, 9p, AFS, Ceph, Coda, NCP, GFS2, OCFS2, Lustre.
    private static let known: Set<Int64> = [
        0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x6573_5546, 0x0102_1997, 0x5346_414F, 0x00C3_6400, 0x7375_7245, 0x564C,
        0x0116_1970, 0x7461_636F, 0x0BD0_0BD0,
    ]
}
