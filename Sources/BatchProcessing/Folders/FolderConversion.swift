// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import FileAccess
import Glibc
public import SystemPackage
import Workers

/// Converts files into a folder with worker processes, for programs of one's own: no daemon, no inbox, no ledger.
///
///     var conversion = FolderConversion(outbox: "out", worker: "/usr/bin/intray-worker")
///     conversion.workers = 4
///     let summary = try await conversion.run(files)
///
/// Outputs keep the source's whole name (`report.docx.md`, pictures in `report.docx.assets/`) and appear complete or not at all.
/// The sources stay as they are.
public struct FolderConversion: Sendable {
    public var outbox: FilePath
    /// The program that converts: `intray-worker` or one of your own.
    public var worker: FilePath
    /// Given to the program after its name.
    public var arguments: [String] = []
    /// Conversions at the same time.
    public var workers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    public var options = RenderOptions()
    public var limits = ConversionLimits()
    /// Tried on encrypted documents.
    public var passwords = DocumentPasswords()
    public var settings = BatchSettings()
    public var filter = FileFilter()
    public var priorities = PriorityRules()
    public var duplicates = DuplicatePolicy.convert
    public var existing = ExistingOutput.skip
    /// Outputs are on the disk before they are reported, at the price of a sync each.
    public var isDurable = false

    /// What happens to a file whose output is there already.
    public enum ExistingOutput: Sendable, Hashable {
        case skip, replace
        /// The file fails with `output-exists`.
        case fail
    }

    public init(outbox: FilePath, worker: FilePath) {
        self.outbox = outbox
        self.worker = worker
    }

    /// One file and where its outputs go.
    public struct Source: Sendable, Hashable {
        public var path: FilePath
        /// Relative to the outbox, without the output's own extension; it never leads out of the outbox.
        public var name: FilePath

        /// The name is the file's own, or its path below `base`.
        public init(_ path: FilePath, below base: FilePath? = nil) {
            self.path = path
            var name = path
            let isBelow = base.map { name.removePrefix($0) } ?? false
            if !isBelow, let last = path.lastComponent { name = FilePath(root: nil, components: last) }
            self.name = FilePath(root: nil, name.lexicallyNormalized().components.filter { $0.kind == .regular })
        }
    }

    /// What became of one file that did not fail.
    public struct Delivery: Sendable, Hashable {
        public enum Kind: Sendable, Hashable { case converted, existed, duplicate(of: FilePath) }
        public var kind: Kind
        /// Relative to the outbox, one per format; none for a skipped duplicate.
        public var outputs: [FilePath]
        public var reply = ConversionReply()
    }

    public typealias Processor = BatchProcessor<Source, Delivery>
    public typealias Result = BatchResult<Source, Delivery>

    /// What a run would do, without a worker: filters, priorities, duplicates by content, outputs.
    public func plan(_ sources: some Sequence<Source>) throws -> BatchPlan {
        var plan = BatchPlan()
        var seen: [String: FilePath] = [:]
        for source in sources {
            let facts = try Self.facts(of: source)
            try plan.add(
                facts, filter: filter, priorities: priorities, outputs: outputs(of: source), mediaType: { Self.mediaType(of: source) },
                duplicate: {
                    guard duplicates != .convert else { return nil }
                    let hash = try ContentHash.of(Descriptor.open(source.path, O_RDONLY | O_NONBLOCK), path: source.path)
                    defer { seen[hash] = seen[hash] ?? source.name }
                    return seen[hash]
                })
        }
        return plan
    }

    /// Converts what the filter takes.
    ///
    /// - Parameter started: gets the processor before the first file, to ask for statistics or to control it from another task.
    /// - Throws: `ConversionError` with `worker-unavailable` when the workers do not start; what happens to a file is in its result.
    @discardableResult
    public func run(
        _ sources: some Sequence<Source> & Sendable, report: @escaping @Sendable (Result) async -> Void = { _ in },
        started: @Sendable (Processor) -> Void = { _ in }
    ) async throws -> Statistics {
        var configuration = WorkerConfiguration(program: worker, count: workers)
        configuration.arguments = arguments
        let pool = WorkerPool(configuration: configuration)
        try await pool.start()
        let statistics = await run(sources, with: pool, report: report, started: started)
        await pool.stop()
        return statistics
    }

    /// The same with an engine that is running already.
    public func run(
        _ sources: some Sequence<Source> & Sendable, with engine: any ConversionEngine,
        report: @escaping @Sendable (Result) async -> Void = { _ in }, started: @Sendable (Processor) -> Void = { _ in }
    ) async -> Statistics {
        let processor = Processor(
            .hybrid(FolderStages(self), engine: engine, limits: HybridLimits(work: workers, write: isDurable ? 64 : 16)), settings: settings)
        started(processor)
        await withTaskGroup { group in
            group.addTask {
                for source in sources {
                    guard let facts = try? Self.facts(of: source) else {
                        // Not there, or not ours to see: its read says so.
                        guard (try? await processor.submit(job(source, bytes: 0))) != nil else { break }
                        continue
                    }
                    guard filter.verdict(on: facts, mediaType: { Self.mediaType(of: source) }) == .taken else { continue }
                    guard (try? await processor.submit(job(source, bytes: facts.size))) != nil else { break }
                }
                processor.finish()
            }
            await processor.run(report)
            await group.waitForAll()
        }
        return processor.statistics
    }

    private func job(_ source: Source, bytes: UInt64) -> BatchJob<Source> {
        BatchJob(name: source.name.escaped, bytes: bytes, priority: priorities.priority(of: source.name), payload: source)
    }

    /// Relative to the outbox.
    func outputs(of source: Source) -> [FilePath] {
        options.formats.map { FilePath(bytes: source.name.bytes + Array(".\($0.fileExtension)".utf8)) }
    }

    static func facts(of source: Source) throws -> FileFacts {
        let identity = try FileIdentity.of(source.path)
        let age = Int64(clamping: WallClock.milliseconds) - identity.modified / 1_000_000
        return FileFacts(path: source.name, size: identity.size, age: .milliseconds(max(0, age)))
    }

    static func mediaType(of source: Source) -> String? {
        guard let file = try? Descriptor.open(source.path, O_RDONLY | O_NONBLOCK), let head = try? file.read(MediaType.headSize, path: source.path)
        else { return nil }
        return MediaType.of(head: head, name: source.name)
    }
}
