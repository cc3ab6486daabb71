// SPDX-License-Identifier: Apache-2.0
import Arrivals
import DashboardModel
import FileAccess
import Glibc
import ConversionProtocol
import Settings
import Synchronization
import SystemPackage

extension ServedIntake {
    func beginUpload(route name: String, name wanted: String) async throws -> any Upload {
        let route = try route(name)
        let words = wanted.split(separator: "/", omittingEmptySubsequences: false)
        // As the API's description says it.
        let isPlain = words.count <= 16 && words.allSatisfy { !$0.isEmpty && $0.first != "." && $0.unicodeScalars.count <= 200 }
        guard isPlain, !wanted.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw Refusal(.invalid, "cannot take the file under this name: expected a name, with folders and / in front if need be, none hidden by a leading dot")
        }
        let path = FilePath(wanted)
        // What the description cannot say: the file system's bounds, and the route's rules.
        guard words.allSatisfy({ $0.utf8.count <= 240 }), wanted.utf8.count <= 2_000 else {
            throw Refusal(.conflict, "cannot take the file under this name: it is too long for the file system; give it a shorter one")
        }
        if let rule = IgnoreRules(Route.arrivals(route.settings)).rule(forFile: path) {
            throw Refusal(.conflict, "cannot take \(path.quoted): \(rule); give it another name")
        }
        guard route.settings.recursive || words.count == 1 else { throw Refusal(.conflict, "cannot take \(path.quoted): route \(name) looks into no sub-folders") }
        return try InboxUpload(path, route: route)
    }
}

/// A file that comes over the network into an inbox: under a hidden name, which no feed takes, until it is whole.
final class InboxUpload: Upload {
    private let route: Route
    private let path: FilePath
    private let inbox: Folder
    private let file: Descriptor
    private let temporary: FilePath
    private let bytes = Atomic<UInt64>(0)

    init(_ path: FilePath, route: Route) throws {
        self.route = route
        self.path = path
        inbox = try Folder(route.settings.inbox, withinMount: true)
        temporary = FilePath(".upload-\(JobID(milliseconds: WallClock.milliseconds)).part")
        file = try inbox.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o640)
    }

    func write(_ piece: [UInt8]) async throws {
        try piece.withUnsafeBytes { try file.write($0, path: inbox.absolute(temporary)) }
        bytes.wrappingAdd(UInt64(piece.count), ordering: .relaxed)
    }

    func finish() async throws -> UploadOutcome {
        let count = bytes.load(ordering: .relaxed)
        try file.sync(path: inbox.absolute(temporary))
        try inbox.makeFolders(path.removingLastComponent())
        let name = try place()
        try inbox.sync(name.removingLastComponent())
        // A watcher says so too; where changes are polled, nobody does.
        route.feed.noticed(name, .renamed, .event)
        return UploadOutcome(route: route.name, path: name.escaped, bytes: count)
    }

    /// Under its name, or with a number in it when another file has that.
    private func place() throws -> FilePath {
        let last = path.lastComponent?.string ?? ""
        let dot = last.lastIndex(of: ".").flatMap { $0 > last.startIndex ? $0 : nil } ?? last.endIndex
        for number in 1...1_000 {
            let name = path.removingLastComponent().appending(number == 1 ? last : "\(last[..<dot])~\(number)\(last[dot...])")
            do {
                try inbox.move(temporary, to: inbox, name)
                return name
            } catch let error as SystemError where error.kind == .exists { continue }
        }
        throw Refusal(.conflict, "cannot take \(path.quoted): a thousand files of that name wait in the inbox")
    }

    /// What cannot be removed is hidden, and no document.
    func abandon() async { try? inbox.remove(temporary) }
}
