// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import FileAccess
import Glibc
import Testing

@testable import Workers

@Suite("what a pool decides")
struct DecisionTests {
    private static func at(_ milliseconds: UInt64) -> Instant { Instant(nanoseconds: milliseconds * 1_000_000) }

    @Test("silence and length are limited apart")
    func clock() {
        var limits = ConversionLimits()
        limits.wallMilliseconds = 1_000
        limits.stallMilliseconds = 300
        var clock = ExchangeClock(limits, now: Self.at(0))
        #expect(clock.verdict(at: Self.at(299)) == nil)
        #expect(clock.patience(at: Self.at(200), most: 5_000) == 101)
        #expect(clock.patience(at: Self.at(0), most: 50) == 50)
        if case .stall = clock.verdict(at: Self.at(300)) {} else { Issue.record("silence is not noticed") }
        for time in stride(from: 250, to: 1_000, by: 250) { clock.heard(at: Self.at(UInt64(time))) }
        #expect(clock.verdict(at: Self.at(999)) == nil)
        if case .wall = clock.verdict(at: Self.at(1_000)) {} else { Issue.record("length is not noticed") }
    }

    @Test("a long document gives way once, and is looked at in time for it")
    func givingWay() {
        var limits = ConversionLimits()
        limits.wallMilliseconds = 1_000
        limits.stallMilliseconds = 900
        var clock = ExchangeClock(limits, givesWayAfter: 100, now: Self.at(0))
        #expect(clock.patience(at: Self.at(20), most: 5_000) == 81)
        let turns = [99, 100, 101].map { clock.isToGiveWay(at: Self.at($0)) }
        #expect(turns == [false, true, false])
        #expect(clock.patience(at: Self.at(100), most: 5_000) == 801)
        var other = ExchangeClock(limits, now: Self.at(0))
        let never = other.isToGiveWay(at: Self.at(899))
        #expect(!never)
    }

    @Test("a nursery that dies young waits longer each time; one that worked starts at once")
    func pacing() {
        var pacing = NurseryPacing()
        var now = Self.at(0)
        var delays: [Duration] = []
        for _ in 0..<7 {
            pacing.died(after: .milliseconds(5), at: now)
            delays.append(pacing.delay(at: now))
            now = now + pacing.delay(at: now)
            #expect(pacing.delay(at: now) == .zero)
        }
        #expect(delays == [.zero, .milliseconds(100), .milliseconds(500), .seconds(2), .seconds(10), .seconds(30), .seconds(30)])
        pacing.died(after: .seconds(60), at: now)
        #expect(pacing.delay(at: now) == .zero)
        pacing.failed(at: now)
        pacing.worked()
        #expect(pacing.delay(at: now) == .zero)
    }

    @Test("how a process ends has one name")
    func names() {
        let limits = ConversionLimits()
        func code(signal: Int32 = 0, status: Int32 = 0, cpu: UInt64 = 0, peak: UInt64 = 0, isComplete: Bool = true) -> FailureCode? {
            let end = linux_exit(signal: signal, status: status, cpu_us: cpu, peak_bytes: peak)
            let exit = WorkerExit(
                stop: nil, end: end, isComplete: isComplete, complaint: nil, endsWithDocument: true, limits: limits, inputSize: 0)
            return (exit.failure as? ConversionError)?.code
        }
        #expect(code() == nil)
        #expect(code(isComplete: false) == .protocolViolation)
        #expect(code(status: 70) == .memory)
        #expect(code(status: 71) == .workerUnavailable)
        #expect(code(status: 72) == .inputChanged)
        #expect(code(status: 1) == .internalError)
        #expect(code(signal: SIGSEGV) == .crash)
        #expect(code(signal: SIGSEGV, peak: limits.addressSpaceBytes) == .memory)
        #expect(code(signal: SIGXCPU) == .timeoutCPU)
        #expect(code(signal: SIGPROF) == .timeoutCPU)
        #expect(code(signal: SIGKILL) == .crash)
        #expect(code(signal: SIGKILL, cpu: 60_000_000) == .timeoutCPU)
        #expect(code(signal: SIGSYS) == .sandboxViolation)
    }

    @Test("an end that is not known is never a success, and why the daemon stopped comes first")
    func order() {
        var exit = WorkerExit(
            stop: nil, end: nil, isComplete: true, complaint: nil, endsWithDocument: true, limits: ConversionLimits(), inputSize: 0)
        #expect((exit.failure as? ConversionError)?.code == .internalError)
        exit.endsWithDocument = false
        #expect(exit.failure == nil)
        exit.complaint = ConversionError(.encrypted, "it has a password")
        #expect((exit.failure as? ConversionError)?.code == .encrypted)
        exit.stop = .cancelled
        exit.end = linux_exit(signal: SIGKILL, status: 0, cpu_us: 0, peak_bytes: 0)
        #expect((exit.failure as? ConversionError)?.code == .cancelled)
    }
}
