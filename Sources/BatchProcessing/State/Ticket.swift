// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess

/// The order of submission; within one priority the lower key goes first, whatever happened to the job since.
typealias JobKey = UInt64

/// What decides about a job. Its payload stays outside.
struct Ticket {
    let id: JobID
    let group: String
    let bytes: UInt64
    var priority: Priority
    let attemptsBefore: Int
    var retry: RetryPolicy?
    /// From the submission to the first start.
    var delay = Duration.zero
}

/// One job in the processor and where it stands.
///
///     queued ──▶ reading ──▶ ready ──▶ working ──▶ worked ──▶ writing ──▶ settling ──▶ gone
///       ▲  ▲     └──── only with a read ─────┘     └─ only with a write ─┘   │
///       │  └──────────────────────── environment error ──────────────────────┤
///       └──────────────── delayed ◀──────────────── another attempt ─────────┘
struct JobRecord {
    enum Phase: Equatable {
        case queued, reading, ready, working, worked, writing
        case delayed(until: Instant)
        /// The receiver is told.
        case settling(Next)
        /// Failed and reported, but `retry` still knows it.
        case kept
    }

    /// What becomes of the job once the receiver knows.
    enum Next: Equatable {
        case gone, kept, queue
        case delay(until: Instant)
    }

    /// Why a running attempt was told to stop.
    enum Stop { case cancelled, interrupted, timeout }

    var ticket: Ticket
    var phase = Phase.queued
    /// Attempts that count, the running one included.
    var attempts: Int
    var mustBeAlone = false
    var isAlone = false
    var readAgains = 0
    /// Starts so far; what a start of an earlier number reports is not heard any more.
    var run = 0
    /// Marks the queue entry that counts.
    var stamp: UInt32 = 0
    var stop: Stop?
    var deadline: Instant?
    let submitted: Instant
    var firstStart: Instant?
    var start: Instant?

    /// With a worker, or on the way to one.
    var isUnderway: Bool {
        switch phase {
        case .reading, .ready, .working: true
        case .worked, .writing, .queued, .delayed, .settling, .kept: false
        }
    }

    var isActive: Bool {
        switch phase {
        case .reading, .ready, .working, .worked, .writing: true
        case .queued, .delayed, .settling, .kept: false
        }
    }
}
