// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc

/// The one thread that starts worker programs. It never ends, because a worker's parent-death signal comes when the
/// *thread* that started it ends (prctl(2), PR_SET_PDEATHSIG), and the threads of a Swift pool come and go.
final class Spawner: Sendable {
    static let shared = Spawner()

    /// What one worker program starts with. Descriptors stay the caller's.
    struct Plan: Sendable {
        var program: String
        var arguments: [String]
        var errors: Int32
        var control: Int32
        var documents: Int32
    }

    private struct Desk {
        var orders: [(number: UInt64, plan: Plan)] = []
        var results: [UInt64: pid_t] = [:]
        var last: UInt64 = 0
    }

    private let desk = Monitor(Desk())

    /// Workers have no environment but this: the C locale with UTF-8, one heap, symbols bound
    /// before the first fork, and crashes without a backtrace.
    private static let environment = ["LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1", "LD_BIND_NOW=1", "SWIFT_BACKTRACE=enable=no", tunables]

    /// A worker lives for one document: it keeps what it frees for itself, and takes large pieces from the heap as well, instead of asking the
    /// kernel for new pages each time (glibc manual, 3.2.3; mallopt(3)).
    private static let tunables = "GLIBC_TUNABLES=glibc.malloc.tcache_count=8192:glibc.malloc.trim_threshold=67108864:glibc.malloc.mmap_threshold=16777216"

    private init() {
        let desk = desk
        startThread(named: "worker-spawner") {
            while true {
                let (number, plan) = desk.wait { $0.orders.isEmpty ? nil : $0.orders.removeFirst() }
                let pid = Self.start(plan)
                desk.change { $0.results[number] = pid }
            }
        }
    }

    /// Blocks until the program has been exec'ed: its process id, or the negative error number.
    func spawn(_ plan: Plan) -> pid_t {
        var number: UInt64 = 0
        desk.change {
            $0.last += 1
            number = $0.last
            $0.orders.append((number, plan))
        }
        return desk.wait { $0.results.removeValue(forKey: number) }
    }

    private static func start(_ plan: Plan) -> pid_t {
        withStrings([plan.program] + plan.arguments) { arguments in
            withStrings(environment) { environment in
                plan.program.withCString { program in
                    var worker = linux_worker(
                        program: program, arguments: arguments, environment: environment,
                        errors: plan.errors, control: plan.control, documents: plan.documents)
                    return linux_spawn_worker(&worker)
                }
            }
        }
    }

    /// A NULL-terminated array of C strings for the time of `body`.
    private static func withStrings<Result>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
        var pointers = strings.map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array with a NULL in it is not empty") }
            return body(start)
        }
    }
}
