// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import Glibc
import Synchronization
import SystemPackage

/// Converts files into a folder, with progress on standard error and a summary at the end.
struct ConvertCommand {
    private let conversion: FolderConversion
    private let sources: [FolderConversion.Source]

    init(worker: String, outbox: String, files: some Sequence<String>) throws {
        let isSelf = worker == "self"
        var conversion = FolderConversion(outbox: FilePath(outbox), worker: FilePath(isSelf ? "/proc/self/exe" : worker))
        if isSelf { conversion.arguments = ["worker"] }
        conversion.filter.excluded = [try Glob(".*"), try Glob("*~")]
        conversion.priorities = PriorityRules([.init(try Glob("urgent*"), .urgent)])
        conversion.duplicates = .link
        self.conversion = conversion
        sources = files.map { FolderConversion.Source(FilePath($0)) }
    }

    func plan() throws {
        for entry in try conversion.plan(sources).entries { print(entry) }
    }

    func run() async throws {
        let handle = Handle()
        let summary = try await withThrowingTaskGroup(of: Statistics?.self) { group in
            group.addTask {
                while true {
                    // Ends with the group: sleeping throws when it is cancelled.
                    try await Task.sleep(for: .seconds(1))
                    if let processor = handle.processor { Self.note(Self.line(processor.statistics)) }
                }
            }
            group.addTask {
                try await conversion.run(sources) { result in
                    if case .failed(let error) = result.outcome { Self.note("failed: \(result.job.name): \(error)") }
                } started: {
                    handle.processor = $0
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        if let summary { Self.note(Self.line(summary)) }
    }

    private static func line(_ s: Statistics) -> String {
        let left = s.remaining.map { ", \($0.components.seconds) s left" } ?? ""
        return "\(Int(s.progress * 100)) %: \(s.done) done, \(s.failed) failed, \(s.retries) retries, \(Int(s.jobsPerSecond.rounded())) files/s\(left)"
    }

    private static func note(_ line: String) {
        // A line of progress that cannot be written is not worth stopping for.
        _ = try? FileDescriptor.standardError.writeAll((line + "\n").utf8)
    }
}

/// Carries the processor to the progress display.
private final class Handle: Sendable {
    private let inner = Mutex<FolderConversion.Processor?>(nil)
    var processor: FolderConversion.Processor? {
        get { inner.withLock { $0 } }
        set { inner.withLock { $0 = newValue } }
    }
}
