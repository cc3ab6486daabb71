// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import Synchronization
import SystemPackage
import Workers

/// A document of a run: made when its turn comes.
struct Subject: Sendable {
    var name: String
    var kind: String
    var bytes: [UInt8]
}

/// Converts one subject after the other in real workers and judges how each ends.
final class Run: Sendable {
    private struct State {
        var next = 0
        var tally = Tally()
    }

    private let pool: WorkerPool
    private let workers: Int
    /// Where documents are kept that end as none may; nowhere when nil.
    private let keep: String?
    private let showsEach: Bool
    private let end: UInt64?
    private let state = Mutex(State())

    init(_ configuration: WorkerConfiguration, keep: String?, showsEach: Bool, minutes: Int?) {
        pool = WorkerPool(configuration: configuration) { _, printed in say("  " + String(decoding: printed.prefix(400), as: UTF8.self)) }
        workers = configuration.count
        self.keep = keep
        self.showsEach = showsEach
        end = minutes.map { Self.seconds() + UInt64($0) * 60 }
    }

    /// Subjects 0, 1, … until `subject` has no more or the time is over.
    func convert(_ subject: @escaping @Sendable (Int) -> Subject?) async throws -> Tally {
        try await pool.start()
        await withTaskGroup { group in
            for _ in 0..<workers {
                group.addTask {
                    while self.end.map({ Self.seconds() < $0 }) ?? true, let next = subject(self.takeNumber()) { await self.judge(next) }
                }
            }
        }
        await pool.stop()
        return state.withLock(\.tally)
    }

    private func takeNumber() -> Int {
        state.withLock { state in
            defer { state.next += 1 }
            if state.next % 10_000 == 0, state.next > 0 { say("\(state.next) so far, \(state.tally.findings) findings") }
            return state.next
        }
    }

    private func judge(_ subject: Subject) async {
        var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array(subject.name.utf8.suffix(200)))
        request.limits.cpuMilliseconds = Verdict.mostSeconds * 1_000
        request.limits.wallMilliseconds = 120_000
        request.limits.stallMilliseconds = 120_000
        let verdict: Verdict
        do {
            verdict = Verdict(try await convert(request, subject.bytes))
        } catch let error as ConversionError {
            verdict = Verdict(error)
        } catch {
            verdict = Verdict(ConversionError(.internalError, "\(error)"))
        }
        state.withLock { $0.tally.count(verdict, subject.name, kind: subject.kind) }
        if showsEach {
            let usage = verdict.usage
            say("\(verdict.name)\t\(verdict.format)\t\(usage.cpuMicroseconds / 1_000) ms\t\(usage.peakBytes >> 20) MiB\t\(subject.name)\t\(verdict.detail)")
        }
        guard !verdict.isFine(Expectation(path: subject.name)) else { return }
        say("finding: \(subject.name): \(verdict.name): \(verdict.detail)")
        if let keep { store(subject, "\(keep)/\(verdict.name)--\(subject.name.split(separator: "/").joined(separator: "-"))") }
    }

    /// Small documents cross inline; others as an open file, as the daemon does it.
    private func convert(_ request: ConversionRequest, _ bytes: [UInt8]) async throws -> ConversionReply {
        if bytes.count <= 1 << 20 { return try await pool.convert(request, input: .bytes(bytes), into: Dropped()) }
        guard let file = tmpfile() else { throw ConversionError(.ioError, "cannot make a file for a large document") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
            throw ConversionError(.ioError, "cannot write a large document")
        }
        return try await pool.convert(request, input: .descriptor(fileno(file), size: UInt64(bytes.count)), into: Dropped())
    }

    private func store(_ subject: Subject, _ path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return say("cannot keep \"\(path)\": \(String(cString: strerror(errno)))") }
        _ = subject.bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }

    private static func seconds() -> UInt64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec)
    }
}

func say(_ line: String) {
    print(line)
    fflush(nil)
}

private final class Dropped: ReplyReceiver {
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) {}
    func beginAsset(name: String, mediaType: String) {}
    func asset(_ chunk: UnsafeRawBufferPointer) {}
    func endAsset() {}
    func progress(_ done: UInt64) {}
}
