// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
package import SystemPackage

extension DirectorySpool {
    /// Puts the file aside with a report of why, `NAME.error.json`. A file that is to stay where it is stays; its report comes alone.
    /// Returns the report's place.
    @discardableResult
    package func quarantine(_ claim: Claim, _ report: QuarantineReport) throws -> FilePath {
        let bytes = try RecordCoding.bytes(report)
        try folders.work.write(bytes, to: claim.folder.appending("failed.json"))
        crash.pass(.quarantineRecord)
        try withdraw(claim)
        try folders.outbox.removeTree(folders.stage.appending(claim.job.text))
        guard let last = claim.path.lastComponent else { throw ConversionError(.access, "the path has no name") }
        let base = OutputNames.base(of: last)
        try folders.quarantine.makeFolders(claim.path.removingLastComponent())
        for number in 1...10_000 {
            let target = claim.path.sibling(OutputNames.version(base, number))
            let name = FilePath(root: nil, target.lastComponent.map { [$0] } ?? []).bytes
            let reportPath = target.sibling(name + Array(".error.json".utf8))
            let present = try folders.quarantine.readIfPresent(reportPath)
            if let present, RecordCoding.record(ReportOwner.self, from: present)?.job != claim.job { continue }
            if present == nil, try folders.quarantine.identityIfPresent(of: target) != nil { continue }
            // A report of this very job is from before a crash, and whole: a second one could only be left half by the next.
            if present == nil {
                let temporary = reportPath.sibling(Array(".\(claim.job.text)".utf8))
                try folders.quarantine.write(bytes, to: temporary, mode: 0o644)
                try syncFile(temporary)
                try folders.quarantine.replace(temporary, to: folders.quarantine, reportPath)
            }
            crash.pass(.quarantineReport)
            if !layout.leavesFiles, try folders.work.identityIfPresent(of: source(of: claim)) != nil { try setAside(claim, target) }
            if layout.durability != .none { try folders.quarantine.sync(reportPath.removingLastComponent()) }
            crash.pass(.quarantineMoved)
            return folders.quarantine.absolute(reportPath)
        }
        throw SystemError("move", claim.path, errno: EEXIST)
    }

    private func setAside(_ claim: Claim, _ target: FilePath) throws {
        do { try folders.work.move(source(of: claim), to: folders.quarantine, target) } catch let error as SystemError where error.errno == EXDEV {
            let move = CrossingMove(from: folders.work, source(of: claim), to: folders.quarantine, target)
            // A crash between the copy's rename and the original's end has left both.
            if try move.isCopied() { try folders.work.remove(source(of: claim)) } else { try move.run() }
        }
    }

    private func syncFile(_ path: FilePath) throws {
        guard layout.durability != .none else { return }
        try folders.quarantine.open(path, O_RDONLY | O_NOFOLLOW).sync(path: path)
    }

    /// As `QuarantineReturn.requeue`.
    package func requeue(_ path: FilePath, of job: String) throws -> FilePath? {
        try QuarantineReturn(quarantine: folders.quarantine, inbox: folders.inbox).requeue(path, of: job)
    }
}
