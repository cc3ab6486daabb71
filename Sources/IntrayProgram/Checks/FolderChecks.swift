// SPDX-License-Identifier: Apache-2.0
import Arrivals
import CLinux
import FileAccess
import Glibc
import Hooks
import Quantities
import Settings
import Spooling
import SystemPackage

/// A route's folders: there or to be made, usable, and on file systems that can do what is asked of them.
/// Makes nothing that stays; a probe in an inbox is a hidden file, gone before the look is over.
struct FolderChecks {
    let route: RouteSettings
    /// Every route there is, by name.
    let names: [String]

    func run() -> [Finding] {
        var findings = [folder("inbox", route.inbox, writes: route.claim == .move && route.disposal != .leave)]
        findings.append(folder("outbox", route.outbox, writes: true))
        if route.disposal == .archive { findings.append(folder("archive", route.archive, writes: true)) }
        findings.append(folder("quarantine", route.quarantine, writes: true))
        if let inbox = try? Folder(route.inbox) { findings += moves(inbox) + watching(inbox) + crossings(inbox) + strandedClaims(inbox) }
        return findings + secrets + [space]
    }

    /// The file of passwords, and the program that is asked for them.
    private var secrets: [Finding] {
        var findings: [Finding] = []
        if let file = route.passwords.file {
            var facts = stat()
            if file.withPlatformString({ stat($0, &facts) }) != 0 || file.withPlatformString({ access($0, R_OK) }) != 0 {
                findings.append(.fault(subject("passwords"), "cannot read \(file.quoted): \(String(cString: strerror(errno)).lowercased())", remedy: "put it there, readable by user \(UserName.own)"))
            } else if facts.st_mode & 0o077 != 0 {
                findings.append(.warning(subject("passwords"), "\(file.quoted) can be read by others", remedy: "chmod 600 \(file.string)"))
            } else {
                findings.append(.ok(subject("passwords"), file.string))
            }
        }
        if !route.passwords.command.isEmpty {
            do {
                try HookSafety.check(route, folders: [("inbox", route.inbox), ("outbox", route.outbox), ("archive", route.archive), ("quarantine", route.quarantine)])
                findings.append(.ok(subject("passwords"), "asked from \(route.passwords.command[0])"))
            } catch { findings.append(.fault(subject("passwords"), "\(error)", remedy: "name a program that only root or user \(UserName.own) can change")) }
        }
        return findings
    }

    private func subject(_ what: String) -> String { "route \(route.name): \(what)" }

    private func folder(_ what: String, _ path: FilePath, writes: Bool) -> Finding {
        let subject = subject(what)
        let (nearest, missing) = path.nearestThatIsThere
        guard (try? Folder(nearest)) != nil else {
            return .fault(subject, "cannot use \(path.quoted): \(nearest.quoted) is no folder that can be read", remedy: "name another place, or give user \(UserName.own) the right to read it")
        }
        let needed = missing || writes ? W_OK | X_OK : X_OK
        guard nearest.withPlatformString({ access($0, R_OK | needed) }) == 0 else {
            let wanted = missing ? "make folders in" : writes ? "write to" : "enter"
            return .fault(
                subject, "\(path.quoted) cannot be \(missing ? "made" : "used"): user \(UserName.own) may not \(wanted) \(nearest.quoted)\(nearest.ownership)",
                remedy: "give user \(UserName.own) that right, or run as \(nearest.owner ?? "its owner"); if the daemon runs as another user, run this check as that one")
        }
        return .ok(subject, missing ? "\(path.string) will be made" : path.string)
    }

    /// Whether files can be taken by renaming, and whether writers are seen.
    private func moves(_ inbox: Folder) -> [Finding] {
        guard route.claim == .move, route.disposal != .leave else { return [.ok(subject("claims"), "files stay in the inbox until they are done")] }
        var findings: [Finding] = []
        let names = (from: FilePath(".intray-check-\(getpid())-1"), to: FilePath(".intray-check-\(getpid())-2"))
        defer { for name in [names.from, names.to] { try? inbox.remove(name) } }
        do {
            try inbox.write([], to: names.from)
            let renamed = linux_rename_noreplace(inbox.descriptor, names.from.string, inbox.descriptor, names.to.string)
            if renamed == 0 { findings.append(.ok(subject("claims"), "files can be moved without replacing")) } else if errno == EINVAL {
                findings.append(.warning(
                    subject("claims"), "this file system cannot rename without replacing; a second name is used instead",
                    remedy: "let only one daemon work on this inbox"))
            } else {
                findings.append(.fault(subject("claims"), "files cannot be renamed: \(String(cString: strerror(errno)).lowercased())", remedy: "set \"claim: leave\" and \"original: leave\", or give the right to write"))
            }
            let probe = try inbox.open(renamed == 0 ? names.to : names.from, O_RDONLY)
            if route.lease { findings.append(lease(linux_probe_writer(probe.raw))) }
        } catch { findings.append(.fault(subject("claims"), "\(error)", remedy: "give the right to write, or set \"claim: leave\" and \"original: leave\"")) }
        if let work = try? inbox.identityIfPresent(of: FilePath(".work-\(route.name)")), let own = try? inbox.identity(), work.device != own.device {
            findings.append(.fault(subject("work area"), "\(route.inbox.string)/.work-\(route.name) is on another file system than the inbox", remedy: "remove the mount below it"))
        }
        return findings
    }

    private func lease(_ answer: Int32) -> Finding {
        answer >= 0 ? .ok(subject("lease"), "the kernel tells whether somebody is writing a file")
            : .warning(subject("lease"), "this file system or user cannot ask whether somebody is writing a file", remedy: "let producers rename into the inbox, use settle.marker, or a longer settle.quiet")
    }

    /// Folders to watch against what the kernel allows, and those that cannot be looked into.
    private func watching(_ inbox: Folder) -> [Finding] {
        let subject = subject("watching")
        let isRemote = inbox.isRemote
        guard !isRemote || route.mode != .inotify else {
            return [.warning(subject, "a network file system tells of no changes made elsewhere", remedy: "set \"find: {mode: auto}\"")]
        }
        let tree = FolderTree(inbox, isRecursive: route.recursive, atMost: isRemote ? 10_000 : 1_000_000)
        let hidden = tree.hidden.first.map { first in
            [Finding.warning(
                self.subject("sub-folders"), "\(first)\(tree.hidden.count > 1 ? ", and \(Quantity.count(tree.hidden.count - 1)) more like that" : ""): what lies there is passed over",
                remedy: "let user \(UserName.own) read and enter such folders")]
        } ?? []
        if route.mode == .poll || isRemote {
            return [.ok(subject, "polled each \(Quantity.duration(seconds: Double(route.pollInterval.wholeMilliseconds) / 1_000))\(isRemote ? ": a network file system tells of no changes" : "")")] + hidden
        }
        guard let most = KernelNumber.read("/proc/sys/fs/inotify/max_user_watches") else { return [.ok(subject, "\(tree.count) folders")] + hidden }
        guard tree.count * 10 < most * 9 else {
            return [.warning(subject, "\(tree.count) folders to watch; this user may watch \(most) in all", remedy: "raise fs.inotify.max_user_watches (sysctl), or set \"find: {mode: poll}\"")] + hidden
        }
        return [.ok(subject, "\(tree.count) of \(most) watches")] + hidden
    }

    private func crossings(_ inbox: Folder) -> [Finding] {
        guard route.claim == .move, route.disposal == .archive, let here = try? inbox.identity().device else { return [] }
        let others = [("archive", route.archive), ("quarantine", route.quarantine)].filter { (try? Folder($0.1.nearestThatIsThere.path).identity().device) != here }
        guard !others.isEmpty else { return [] }
        return [.warning(
            subject("moves"), "\(others.map(\.0).joined(separator: " and ")) on another file system than the inbox: originals are copied there, verified and then removed",
            remedy: "nothing is wrong; on one file system it would be a rename")]
    }

    /// What a route has claimed here that is set no more: hidden from whoever looks for it in the inbox.
    private func strandedClaims(_ inbox: Folder) -> [Finding] {
        let former = ((try? SpoolLayout.workAreas(in: inbox)) ?? []).filter { !names.contains($0) }
        return former.compactMap { name in
            let count = SpoolLayout.claims(of: name, in: inbox)
            guard count > 0 else { return nil }
            return .warning(
                subject("claims"), "\(Quantity.count(count, "file", "files")) of a route \"\(name)\", which is not set, in \(route.inbox.string)/.work-\(name)",
                remedy: "nothing, if that route was renamed or ended: the daemon takes them up when it starts next; else leave them to the daemon that has that route")
        }
    }

    private var space: Finding {
        let place = route.outbox.nearestThatIsThere.path
        guard let free = try? (try? Folder(place)).map({ try $0.freeBytes() }) ?? Folder(place.removingLastComponent()).freeBytes() else { return .warning(subject("space"), "the free space at \(place.string) is unknown", remedy: "look at the folder") }
        let text = "\(Quantity.bytes(free)) free for the outbox, \(Quantity.bytes(route.minimumFree)) to be kept"
        if free < route.minimumFree { return .fault(subject("space"), text, remedy: "make room, or set a smaller minimum_free; the route would pause") }
        return free / 2 < route.minimumFree ? .warning(subject("space"), text, remedy: "make room soon") : .ok(subject("space"), text)
    }
}
