// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
public import SystemPackage

/// Which program converts, in how many processes at once, and how long each of them lives.
public struct WorkerConfiguration: Sendable, Hashable {
    /// What shares a process.
    public enum Isolation: Sendable, Hashable {
        /// Nothing: each document is converted in a child of its own, forked from a warmed nursery.
        case document
        /// Up to `documents` documents, one after the other: for files you made yourself.
        case batch(documents: Int)
    }

    /// Whether a worker must be locked in by the kernel.
    public enum Sandbox: String, Sendable, Hashable {
        /// Nothing is converted by a worker that is not.
        case require
        /// Workers have their limits, and no lock: for machines whose kernel has none.
        case off
    }

    /// The worker: `intray-worker`, or a program of your own that ends in `WorkerMain.run()`.
    public var program: FilePath
    /// Given to the program after its name.
    public var arguments: [String] = []
    public var isolation = Isolation.document
    public var sandbox = Sandbox.require
    /// Whom workers become when this process is root's; a worker of root's own reads nothing.
    public var user = WorkerUser.nobody
    /// Conversions at the same time; a process per core is the usual choice.
    public var count: Int
    /// A nursery is started anew after this many documents (fresh address layout)…
    public var nurseryDocuments = 500
    /// … or after this many minutes, whichever is first.
    public var nurseryMinutes = 10
    /// A document that is at work for longer than this, in milliseconds, gives way to the others: its process becomes nicer. Nil: none
    /// does. Only a process that ends with its document can; niceness is not taken back.
    public var givesWayAfter: UInt64?
    /// Longest wait for a program's first word, in milliseconds.
    public var startMilliseconds: UInt64 = 10_000

    public init(program: FilePath, count: Int = 1) {
        self.program = program
        self.count = count
    }
}
