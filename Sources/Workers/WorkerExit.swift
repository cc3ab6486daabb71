// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import Glibc

/// What one conversion came to, and the only place that gives it a name.
struct WorkerExit {
    /// Why the daemon ended the conversion itself.
    enum Stop {
        case wall, stall
        case cancelled
        /// The reply was wrong or too large.
        case reply(ConversionError)
        /// The receiver of the reply gave up.
        case receiver(any Error)
        case stderr
        /// The reply has ended and the process has not.
        case lingering
    }

    var stop: Stop?
    /// How the process ended; nil when it converts on (a batch) or could not be waited for.
    var end: linux_exit?
    /// Whether the end frame came and was right.
    var isComplete: Bool
    /// What the worker said against the document.
    var complaint: ConversionError?
    /// Whether the process should have ended with the document.
    var endsWithDocument: Bool
    var limits: ConversionLimits
    var inputSize: UInt64

    /// Nil: done. That is: end seen, counts right, end of file, exit 0.
    var failure: (any Error)? {
        switch stop {
        case .receiver(let error): return error
        case .cancelled: return ConversionError(.cancelled, "cancelled while it was converted")
        case .wall: return ConversionError(.timeoutWall, "not done after \(limits.wallMilliseconds) ms")
        case .stall: return ConversionError(.timeoutStall, "no sign of life for \(limits.stallMilliseconds) ms")
        case .reply(let error): return error
        case .stderr: return ConversionError(.stderrLimit, "too much on the worker's standard error")
        case .lingering: return ConversionError(.protocolViolation, "the worker did not end after its reply")
        case nil: break
        }
        if let end, let error = Self.name(end, limits: limits, inputSize: inputSize, isForked: endsWithDocument) { return error }
        if end == nil && endsWithDocument { return ConversionError(.internalError, "the worker's end is not known") }
        guard isComplete else { return ConversionError(.protocolViolation, "the worker's reply ends without an end frame") }
        return complaint
    }

    /// Whether the nursery is not to be trusted with another document.
    var spoilsNursery: Bool {
        switch failure as? ConversionError {
        case let error?: error.code == .protocolViolation || error.code == .sandboxViolation || error.code == .workerUnavailable
        case nil: false
        }
    }

    private static func name(_ end: linux_exit, limits: ConversionLimits, inputSize: UInt64, isForked: Bool) -> ConversionError? {
        if end.signal == 0 { return name(status: end.status) }
        let signal = signalName(end.signal)
        switch end.signal {
        case SIGXCPU, SIGPROF: return cpu(limits)
        case SIGKILL where end.cpu_us >= limits.cpuMilliseconds * 1_000: return cpu(limits)
        case SIGSYS: return ConversionError(.sandboxViolation, "the worker made a call it may not make (\(signal))")
        case SIGKILL: return ConversionError(.crash, "the worker was killed from outside (\(signal))")
        case SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS:
            // Whoever died with all its memory in use most likely died of that. The peak of a program that was exec'ed is
            // no less than its parent's was at that time, so it tells nothing there (getrusage(2), ru_maxrss).
            let space = Double(limits.addressSpaceBytes) + Double(inputSize)
            if isForked, Double(end.peak_bytes) > 0.9 * space { return memory(limits) }
            return ConversionError(.crash, "the worker died of \(signal)")
        default: return ConversionError(.crash, "the worker died of \(signal)")
        }
    }

    private static func name(status: Int32) -> ConversionError? {
        switch status {
        case 0: nil
        case WorkerExitStatus.memory: ConversionError(.memory, "the worker ran out of its memory limit")
        case WorkerExitStatus.notLocked: ConversionError(.workerUnavailable, "the worker could not lock itself; nothing was converted")
        case WorkerExitStatus.inputChanged: ConversionError(.inputChanged, "the file changed while it was read")
        default: ConversionError(.internalError, "the worker ended with status \(status)")
        }
    }

    private static func cpu(_ limits: ConversionLimits) -> ConversionError {
        ConversionError(.timeoutCPU, "more than \(limits.cpuMilliseconds) ms of processor time")
    }

    private static func memory(_ limits: ConversionLimits) -> ConversionError {
        ConversionError(.memory, "the worker died with all of its \(limits.addressSpaceBytes) bytes in use")
    }

    /// `status 71`, `SIGSEGV`.
    static func describe(_ end: linux_exit) -> String {
        end.signal == 0 ? "status \(end.status)" : signalName(end.signal)
    }

    static func signalName(_ number: Int32) -> String {
        let names: [Int32: String] = [
            SIGSEGV: "SIGSEGV", SIGABRT: "SIGABRT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
            SIGKILL: "SIGKILL", SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGPIPE: "SIGPIPE", SIGSYS: "SIGSYS", SIGXCPU: "SIGXCPU",
            SIGXFSZ: "SIGXFSZ", SIGPROF: "SIGPROF", SIGHUP: "SIGHUP", SIGQUIT: "SIGQUIT",
        ]
        return names[number] ?? "signal \(number)"
    }
}
