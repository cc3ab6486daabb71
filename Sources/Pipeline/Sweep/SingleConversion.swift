// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
package import FileAccess
import Glibc
import Spooling
import Synchronization
package import SystemPackage
import Workers

/// `intray convert`: one file after the other through a worker, no folders and no state.
package final class SingleConversion: Sendable {
    private let pool: WorkerPool
    private let options: RenderOptions
    private let limits = ConversionLimits()
    private let passwords: DocumentPasswords

    /// `user` is whom the worker becomes when this process is root's.
    package init(options: RenderOptions, passwords: DocumentPasswords = DocumentPasswords(), isLocked: Bool = true, user: String? = nil) throws {
        self.options = options
        self.passwords = passwords
        var configuration = WorkerConfiguration(program: try Programs.worker(), count: 1)
        configuration.sandbox = isLocked ? .require : .off
        configuration.user = try WorkerAccount.user(named: user)
        pool = WorkerPool(configuration: configuration)
    }

    package func start() async throws { try await pool.start() }
    /// What holds the worker in; nil before it has started.
    package var lock: WorkerLock? { pool.counters.lock }

    package func stop() async { await pool.stop() }

    /// Converts the file at `path`, or what is in `file`, with `path` as its name. Text goes to `outputs` as it comes, one for each format in
    /// their order; assets and parts into `NAME.assets` and `NAME.parts` in `folder`, or nowhere.
    package func convert(_ path: FilePath, in file: Descriptor? = nil, to outputs: [Int32], beside folder: FilePath?) async throws -> ConversionReply {
        let file = try file ?? Descriptor.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        let identity = try FileIdentity.of(file.raw, path: path)
        guard identity.isRegular else { throw ConversionError(.unsupported, "it is not a regular file") }
        let input: ConversionInput = identity.size <= 128 << 10
            ? .bytes(try file.read(Int(identity.size), path: path)) : .descriptor(file.raw, size: identity.size)
        let name = OutputForecast.plainName(for: path)
        var options = options
        if folder == nil {
            if options.images == .assets { options.images = .none }
            options.split = .none
        }
        func beside(_ suffix: String) -> FilePath? { folder?.appending(FilePath(bytes: name + Array(suffix.utf8)).components) }
        let request = ConversionRequest(job: JobID(milliseconds: WallClock.milliseconds), name: name, options: options, limits: limits, passwords: passwords)
        let reply = try await pool.convert(request, input: input, into: Outflow(outputs: outputs, assets: beside(".assets"), parts: beside(".parts"), formats: options.formats))
        withExtendedLifetime(file) {}
        return reply
    }
}

/// Takes a reply as it comes and lets it go at once.
private final class Outflow: ReplyReceiver {
    private let outputs: [Int32]
    private let assets: FilePath?
    private let parts: FilePath?
    private let formats: [OutputFormat]
    /// The asset that is coming in, and the part in each format.
    private let asset = Mutex<Descriptor?>(nil)
    private let piece = Mutex<[Descriptor]>([])

    init(outputs: [Int32], assets: FilePath?, parts: FilePath?, formats: [OutputFormat]) {
        self.outputs = outputs
        self.assets = assets
        self.parts = parts
        self.formats = formats
    }

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {
        guard outputs.indices.contains(rendition) else { return }
        var rest = chunk
        while !rest.isEmpty {
            let n = write(outputs[rendition], rest.baseAddress, rest.count)
            if n < 0 {
                if errno == EINTR { continue }
                throw SystemError("write", "the output")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(n))
        }
    }

    func beginPart(name: String) throws {
        guard let parts else { return }
        let folder = try Folder(parts, making: true)
        try folder.makeFolders(FilePath(name).removingLastComponent())
        let files = try formats.map { try folder.open(FilePath("\(name).\($0.fileExtension)"), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644) }
        piece.withLock { $0 = files }
    }

    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {
        let files = piece.withLock { $0 }
        guard files.indices.contains(rendition) else { return }
        try files[rendition].write(chunk, path: parts ?? "")
    }

    func endPart() { piece.withLock { $0 = [] } }

    func beginAsset(name: String, mediaType: String) throws {
        guard let assets else { return }
        let folder = try Folder(assets, making: true)
        let file = try folder.open(FilePath(name), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644)
        asset.withLock { $0 = file }
    }

    func asset(_ chunk: UnsafeRawBufferPointer) throws {
        guard let file = asset.withLock({ $0 }) else { return }
        try file.write(chunk, path: assets ?? "")
    }

    func endAsset() { asset.withLock { $0 = nil } }
    func progress(_ done: UInt64) {}
}
