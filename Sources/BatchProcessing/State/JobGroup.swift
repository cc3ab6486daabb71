// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess

/// The jobs that are paused together, and whether they are.
struct JobGroup {
    /// A pause that the environment made.
    struct Outage {
        let error: ConversionError
        /// When to look again; nil while somebody looks.
        var look: Instant?
    }

    var queue = JobQueue()
    var isPaused = false
    var outage: Outage?
    /// After an outage that nobody probes: one job at a time, until one has succeeded.
    var isOnTrial = false
    /// The next wait for a look; longer each time, until a job has succeeded.
    var wait: Duration
    /// Started and not ended.
    var active = 0
    /// Of these, with a worker, or on the way to one.
    var underway = 0
    /// Of these, with a worker.
    var working = 0
    /// Jobs that hold a place in the processor.
    var held = 0

    var mayStart: Bool { !isPaused && outage == nil && (!isOnTrial || active == 0) }
}
