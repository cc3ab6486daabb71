// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import Glibc

/// A worker program's main: locks the process, waits for documents and gives each to the converter.
///
///     // main.swift of a program of your own
///     WorkerMain(converter: MyConverter(), warmUp: { loadTables() }).run()
///
/// The process has one thread and must keep it so: no `Task`, no Dispatch. Forked children share what `warmUp` loaded
/// and what the converter touched in its rehearsals: a small `rehearsal.txt` before the first document, its reply going nowhere,
/// and `rehearsals` in the pauses after the second.
/// Started by root it becomes the user of `--user=UID:GID`, and serves nothing without one.
/// With `--no-sandbox` the kernel's part of the lock stays open, for machines that have none.
/// Hidden: with `--mock`, each document's text is an instruction for misbehaving (see `Mock`).
public struct WorkerMain {
    private let converter: any Converter
    private let warmUp: () -> Void
    private let rehearsals: [@Sendable () -> Void]

    /// `warmUp` runs once, before the process is locked: load libraries and tables, touch locale and time zone. Each of `rehearsals`
    /// runs once in the locked process, when no document waits: convert something of your own, so that caches are filled.
    public init(converter: any Converter, warmUp: @escaping () -> Void = {}, rehearsals: [@Sendable () -> Void] = []) {
        self.converter = converter
        self.warmUp = warmUp
        self.rehearsals = rehearsals
    }

    /// Serves documents until the daemon goes away.
    public func run() -> Never {
        let isLocked = !CommandLine.arguments.contains("--no-sandbox")
        let mock = CommandLine.arguments.dropFirst().lazy.compactMap(Mock.init(argument:)).first
        do {
            let parent = try Lockdown.begin(as: CommandLine.arguments.lazy.compactMap(WorkerUser.init(argument:)).first)
            mock?.atStart()
            warmUp()
            var nursery = Nursery(
                converter: mock ?? converter, parent: parent, version: mock?.version ?? RequestMessage.version, isLocked: isLocked, rehearsals: mock == nil ? rehearsals : [])
            nursery.rehearse()
            try nursery.lockIn()
            nursery.serve()
        } catch {
            Lockdown.complain(error.description)
            _exit(error.status)
        }
    }
}
