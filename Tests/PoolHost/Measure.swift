// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import Glibc
import SystemPackage
import Workers

/// Prints what handing over one small document costs, daemon and workers together.
func measure(_ base: WorkerConfiguration, _ isolation: String, documents: Int, file: FilePath) async throws {
    var configuration = base
    if isolation == "batch" { configuration.isolation = .batch(documents: 10_000) }
    let count = configuration.count
    let descriptor = open(file.string, O_RDONLY)
    guard descriptor >= 0 else { exit(66) }
    var facts = stat()
    fstat(descriptor, &facts)
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(facts.st_size)) { room, filled in
        filled = max(read(descriptor, room.baseAddress, room.count), 0)
    }
    let pool = WorkerPool(configuration: configuration)
    let beforeStart = Used()
    try await pool.start()
    let started = Used()
    print("start: wall \(micros(started.wall - beforeStart.wall)) for \(configuration.count) nurseries")
    let usages = await withTaskGroup { group in
        for worker in 0..<count {
            group.addTask {
                var total: (cpu: UInt64, peak: UInt64) = (0, 0)
                for _ in stride(from: worker, to: documents, by: count) {
                    let request = ConversionRequest(job: JobID(milliseconds: 0), name: Array(file.lastComponent?.string.utf8 ?? "".utf8))
                    do {
                        let reply = try await pool.convert(request, input: .bytes(bytes), into: Dropped())
                        total.cpu += reply.usage.cpuMicroseconds
                        total.peak = max(total.peak, reply.usage.peakBytes)
                    } catch {
                        print("failed: \(error)")
                        exit(1)
                    }
                }
                return total
            }
        }
        return await group.reduce((cpu: 0, peak: 0)) { ($0.cpu + $1.cpu, max($0.peak, $1.peak)) }
    }
    let ended = Used()
    await pool.stop()
    let stopped = Used()
    let each = { (value: UInt64) in micros(value / UInt64(documents)) }
    print("\(isolation), \(documents) documents of \(bytes.count) bytes: wall \(each(ended.wall - started.wall)) each")
    print("  cpu \(each(stopped.own + stopped.children - started.own)) each with nurseries' start and end")
    print("  daemon \(each(ended.own - started.own)), children as reported \(each(usages.cpu)), all children \(each(stopped.children))")
    print("  child peak \(usages.peak >> 10) KiB")
}

private func micros(_ value: UInt64) -> String { "\(value) µs" }

/// CPU and wall time so far, in microseconds.
private struct Used {
    var own = Used.cpu(RUSAGE_SELF)
    var children = Used.cpu(RUSAGE_CHILDREN)
    var wall = linux_monotonic_ns() / 1_000

    private static func cpu(_ who: __rusage_who) -> UInt64 {
        var used = rusage()
        getrusage(__rusage_who_t(who.rawValue), &used)
        return UInt64(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1_000_000 + UInt64(used.ru_utime.tv_usec + used.ru_stime.tv_usec)
    }
}
