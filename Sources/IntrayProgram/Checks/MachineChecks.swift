// SPDX-License-Identifier: Apache-2.0
import CLinux
import Control
import ConversionProtocol
import FileAccess
import Glibc
import Pipeline
import Quantities
import Settings
import SystemPackage

/// What is not about one route: programs, a worker at work, memory, the state folder, the sandbox.
struct MachineChecks {
    let configuration: Settings.Configuration

    func run() async -> [Finding] {
        var findings = [user, state, memory, links] + HookChecks(configuration: configuration).run() + page
        findings.append(program("intray-watcher", Programs.watcher))
        let worker = program("intray-worker", Programs.worker)
        findings.append(worker)
        if worker.level == .ok, user.level != .fault { findings += await conversion() }
        return findings
    }

    /// Whose rights the daemon and its workers have.
    private var user: Finding {
        do {
            let worker = try WorkerAccount.user(named: configuration.workers.user)
            guard geteuid() == 0 else { return .ok("user", "this process and its workers are user \(UserName.own), not root") }
            return .warning("user", "this process is root, and its workers become user \(worker)", remedy: "run the daemon as a user of its own (packaging/intray.service), so that names and folders are handled without root's rights")
        } catch { return .fault("user", "\(error)", remedy: "set \"workers: {user: nobody}\", or run as another user") }
    }

    private var state: Finding {
        let (nearest, isMissing) = configuration.state.nearestThatIsThere
        guard nearest.withPlatformString({ access($0, R_OK | W_OK | X_OK) }) == 0 else {
            return .fault("state", "\(configuration.state.quoted) cannot be \(isMissing ? "made" : "written"): user \(UserName.own) may not write to \(nearest.quoted)\(nearest.ownership)", remedy: "give user \(UserName.own) the right to write \(nearest.quoted), or set \"state\"")
        }
        // Asked, not locked: a daemon that starts just now must find its lock free.
        if (try? ControlClient(at: configuration.controlSocketPath)) != nil { return .ok("state", "\(configuration.state.string), in use by a daemon at work") }
        return .ok("state", "\(configuration.state.string)\(isMissing ? " will be made" : "") for history, events and the control socket; commands find it by --state, --root or -c")
    }

    /// What the worker that was just started says of its lock.
    private func sandbox(_ lock: WorkerLock?) -> Finding {
        switch lock {
        case let lock? where lock.isFiltered:
            .ok("sandbox", "\(lock); refused to it when tried: \(WorkerLock.Probe.allCases.map(\.rawValue).joined(separator: ", "))\(lock.landlock > 0 ? "" : "; a newer kernel adds Landlock as a second layer")")
        default: .warning("sandbox", "off: workers have limits, and no lock", remedy: "convert only what you would open yourself, or set \"sandbox: require\"")
        }
    }

    private var memory: Finding {
        let budget = MemoryBudget(configuration)
        let text = "\(budget.workers) workers of at most \(Quantity.bytes(budget.each))" + (budget.most.map { ", \(Quantity.bytes($0)) for all" } ?? "")
        return budget.fits ? .ok("memory", text) : .warning("memory", text, remedy: "set fewer workers or a smaller limits.memory if documents are large")
    }

    /// With it off, somebody could give a name in an inbox to a file that the daemon may read and he may not.
    private var links: Finding {
        switch KernelNumber.read("/proc/sys/fs/protected_hardlinks") {
        case 0: .warning("links", "anybody may make a hard link to any file here, also into an inbox", remedy: "set fs.protected_hardlinks=1 (sysctl)")
        case nil: .ok("links", "whether hard links are protected is not known")
        default: .ok("links", "hard links are made by a file's owner only")
        }
    }

    private func program(_ name: String, _ find: () throws -> FilePath) -> Finding {
        do {
            let path = try find()
            guard path.withPlatformString({ access($0, X_OK) }) == 0 else {
                return .fault(name, "cannot start \(path.quoted): \(String(cString: strerror(errno)).lowercased())", remedy: "install it there")
            }
            return .ok(name, path.string)
        } catch { return .fault(name, "\(error)", remedy: "install it beside intray") }
    }

    /// Where the page is to listen; a daemon at work holds it already.
    private var page: [Finding] {
        guard case .tcp(let host, let port)? = configuration.dashboard.listen, (try? ControlClient(at: configuration.controlSocketPath)) == nil else { return [] }
        var hints = addrinfo(), found: UnsafeMutablePointer<addrinfo>?
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let address = found else {
            return [.fault("dashboard", "there is no address \"\(host)\" on this machine", remedy: "set \"dashboard: {listen: 127.0.0.1:8088}\"")]
        }
        defer { freeaddrinfo(found) }
        let end = Descriptor(owning: socket(address.pointee.ai_family, address.pointee.ai_socktype, 0))
        var yes: Int32 = 1
        setsockopt(end.raw, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(end.raw, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0, listen(end.raw, 1) == 0 else {
            return [.fault("dashboard", "cannot listen on \(host):\(port): \(String(cString: strerror(errno)).lowercased())", remedy: "end what listens there (ss -ltnp shows it), or set another port")]
        }
        return [.ok("dashboard", "\(host):\(port) is free")]
    }

    /// Starts a worker and has one line converted, and the same line as a page.
    private func conversion() async -> [Finding] {
        let line = Array("one line\n".utf8)
        do {
            let started = Instant.now
            let plain = try await converted(line)
            let spent = Instant.now.since(started).wholeMilliseconds
            guard plain.bytes == line else { throw ConversionError(.internalError, "it gave back something else") }
            let said = [sandbox(plain.lock), Finding.ok("conversion", "a worker converted one line in \(spent) ms")]
            do {
                guard try await converted(Self.page(saying: "one line")).bytes == line else { throw ConversionError(.internalError, "it gave back something else") }
                return said + [.ok("PDF", "a worker converted one page")]
            } catch {
                return said + [.warning("PDF", "a worker could not convert one page: \(error)", remedy: "put libpdfium.so into \"lib\" beside intray-worker (packaging/setup fetches it); every other format works without")]
            }
        } catch {
            return [.fault(
                "conversion", "a worker could not convert one line: \(error)",
                remedy: "install intray-worker of this version (\(Version.text)) and the libraries it needs (ldd intray-worker); where the kernel cannot lock it in, set \"sandbox: off\"")]
        }
    }

    /// The smallest PDF of one page (ISO 32000-1, 7.5), without a cross-reference table: a reader makes it anew.
    private static func page(saying line: String) -> [UInt8] {
        let text = "BT /F1 12 Tf 10 20 Td (\(line)) Tj ET"
        return Array("""
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 50]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
            4 0 obj<</Length \(text.utf8.count)>>stream
            \(text)
            endstream endobj
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            trailer<</Root 1 0 R/Size 6>>
            %%EOF

            """.utf8)
    }

    /// What a worker of its own makes of a small document, and how it was locked in.
    private func converted(_ document: [UInt8]) async throws -> (bytes: [UInt8], lock: WorkerLock?) {
        let memory = document.withUnsafeBytes { linux_sealed_memory($0.baseAddress, $0.count) }
        guard memory >= 0 else { throw SystemError("create", "a file in memory") }
        let input = Descriptor(owning: memory)
        var ends: [Int32] = [-1, -1]
        guard linux_pipe(&ends) == 0 else { throw SystemError("open", "a pipe") }
        let (reading, writing) = (Descriptor(owning: ends[0]), Descriptor(owning: ends[1]))
        let single = try SingleConversion(options: RenderOptions(), isLocked: configuration.sandbox == .require, user: configuration.workers.user)
        try await single.start()
        // The document is far smaller than what a pipe holds.
        let result: Result<ConversionReply, any Error>
        do { result = .success(try await single.convert(FilePath("/proc/self/fd/\(input.raw)"), to: [writing.raw], beside: nil)) } catch { result = .failure(error) }
        await single.stop()
        _ = try result.get()
        var room = [UInt8](repeating: 0, count: 64)
        let count = read(reading.raw, &room, room.count)
        return (Array(room.prefix(max(0, count))), single.lock)
    }
}
