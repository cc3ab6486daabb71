// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import SystemPackage
import TestSupport
import Testing
import Workers

/// The examples of the articles, where the compiler sees them. They are not run: what they call is tested by itself.
private enum Examples {
    static func smallest(_ addresses: [String], download: @escaping @Sendable (String) async throws -> Int) async throws {
        let processor = BatchProcessor<String, Int>(.async(limit: 16) { attempt in
            try await download(attempt.payload)          // the output: bytes received
        })

        try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                for address in addresses { try await processor.submit(BatchJob(name: address, payload: address)) }
                processor.finish()
            }
            await processor.run { result in
                switch result.outcome {
                case .done(let bytes): print(result.job.name, bytes)
                case .failed(let error): print(result.job.name, error, "after", result.attempts)
                case .cancelled, .interrupted: break
                }
            }
            try await tasks.waitForAll()
        }
    }

    static func control(_ processor: BatchProcessor<String, Int>, _ id: JobID) {
        processor.pause("invoices")            // a group; without a name, everything
        processor.resume()
        processor.cancel(id); processor.cancelAll()
        processor.retry(id); processor.retryAll()      // failed ones (the last 1,000), and those that wait for their next attempt
        processor.setLimit(4)                  // a worker pool follows
        processor.stop()                       // running jobs end, waiting ones are handed back as interrupted
        print(processor.statistics.progress, processor.statistics.remaining ?? .zero)
    }

    static func files(_ files: [FilePath]) async throws {
        var conversion = FolderConversion(outbox: "out", worker: "/usr/bin/intray-worker")
        let statistics = try await conversion.run(files.map { .init($0, below: "inbox") }) { result in
            if case .failed(let error) = result.outcome { print(result.job.name, error) }
        }
        print(statistics.done, "converted")
        conversion.workers = 1
    }

    static func selection(_ conversion: FolderConversion, _ files: [FolderConversion.Source]) throws {
        var conversion = conversion
        conversion.filter.excluded = [try Glob("**/old/**"), try Glob("~$*")]
        for entry in try conversion.plan(files).entries { print(entry) }
    }

    static func pool() async throws {
        let pool = WorkerPool(configuration: WorkerConfiguration(program: "/usr/local/bin/word-count", count: 4))
        try await pool.start()
        let processor = BatchProcessor(.workers(pool, limit: 4))
        processor.finish()
    }
}

@Suite("The articles' examples")
struct ArticleExamplesTests {
    @Test("each line of Swift in them is one that is compiled here, or in the example program", arguments: ["Using-the-batch-processor.md", "BatchProcessing.md"])
    func compiled(article: String) throws {
        let package = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
        var known: Set<String> = []
        for source in ["Tests/BatchProcessingTests/ArticleExamplesTests.swift", "Sources/Examples/BatchExample/ArticleExample.swift"] {
            known.formUnion(try Self.lines(package.appending(source)).map(Self.trimmed))
        }
        var isSwift = false
        var count = 0
        for line in try Self.lines(package.appending("Sources/BatchProcessing/Documentation.docc").appending(article)) {
            if line.hasPrefix("```") {
                isSwift = line == "```swift"
                continue
            }
            let code = Self.trimmed(line)
            guard isSwift, !code.isEmpty, !code.hasPrefix("//") else { continue }
            count += 1
            #expect(known.contains(code), "\(article): \(code)")
        }
        #expect(count >= 5)
    }

    private static func lines(_ path: FilePath) throws -> [String] {
        try path.readText().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func trimmed(_ line: String) -> String {
        String(line.drop { $0 == " " })
    }
}
