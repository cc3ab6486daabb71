// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import Hooks
import Settings
import Spooling
import Synchronization
import SystemPackage

/// The passwords that a route knows, and the program that may know more. None of them is ever told on.
final class RoutePasswords: Sendable {
    private struct Known {
        var identity: FileIdentity
        var passwords: DocumentPasswords
    }

    private let settings: RouteSettings.Passwords
    private let route: String
    private let known = Mutex<Known?>(nil)

    init(_ settings: RouteSettings) {
        self.settings = settings.passwords
        route = settings.name
    }

    /// Whether there is a program to ask.
    var canAsk: Bool { !settings.command.isEmpty }

    /// What every document is tried with. The file is read again when it has changed.
    /// - Throws: an environment's error when the file cannot be read: it is not the document's fault.
    func current() throws -> DocumentPasswords {
        guard let path = settings.file else { return settings.list }
        do {
            let file = try Descriptor.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
            let identity = try FileIdentity.of(file.raw, path: path)
            if let known = known.withLock({ $0 }), known.identity == identity { return known.passwords }
            guard identity.isRegular else { throw SystemError("read", path, errno: EINVAL) }
            let lines = DocumentPasswords(lines: try file.read(Self.mostBytes, path: path))
            let all = DocumentPasswords(settings.list.candidates + lines.candidates)
            known.withLock { $0 = Known(identity: identity, passwords: all) }
            return all
        } catch let error as SystemError {
            throw ConversionError(.ioError, "cannot read the passwords of route \(route): \(error.description)")
        }
    }

    /// What the program says about one document; empty when it knows nothing.
    /// - Throws: `hook` when it failed: the document is tried again later.
    func asked(about claim: Claim, sha256: String?) async throws -> DocumentPasswords {
        var variables: [(String, [UInt8])] = [("INTRAY_ROUTE", Array(route.utf8)), ("INTRAY_PATH", claim.path.bytes), ("INTRAY_JOB", Array(claim.job.text.utf8))]
        if let name = claim.path.lastComponent { variables.append(("INTRAY_NAME", FilePath(root: nil, [name]).bytes)) }
        if let sha256 { variables.append(("INTRAY_SHA256", Array(sha256.utf8))) }
        let run = await HookCall(command: settings.command, variables: variables, timeout: settings.timeout).run(stop: Wake())
        guard run.ending == .exited(0) else { throw ConversionError(.hook, "the program that is asked for passwords failed: \(run.text)") }
        return DocumentPasswords(lines: run.output)
    }

    private static let mostBytes = 256 << 10
}
