// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import FileAccess
import Glibc
import Synchronization
import SystemPackage

/// A reply on its way into the outbox: parts under names of their own, renamed when everything is there.
///
///     .report.docx.<job>.md.partial      ──▶ report.docx.md
///     .report.docx.<job>.assets.partial/ ──▶ report.docx.assets/
///     .report.docx.<job>.parts.partial/  ──▶ report.docx.parts/
final class StagedDelivery: ReplyReceiver {
    /// The source stays open as long as a worker may read it.
    let source: Descriptor
    private let identity: FileIdentity
    private let sourcePath: FilePath
    private let conversion: FolderConversion
    private let name: FilePath
    private let mark: String
    private let inner = Mutex(Inner())

    private struct Inner {
        var texts: [(file: Descriptor, path: FilePath)] = []
        var asset: (file: Descriptor, path: FilePath)?
        var part: [(file: Descriptor, path: FilePath)] = []
        var hasAssets = false
        var hasParts = false
        var hash: String?
        var isPublished = false
    }

    /// The content's hash, while others wait for its first conversion.
    var hash: String? { inner.withLock { $0.hash } }
    func holds(_ hash: String) { inner.withLock { $0.hash = hash } }

    init(_ source: FolderConversion.Source, _ conversion: FolderConversion, _ file: Descriptor, _ identity: FileIdentity) throws {
        self.source = file
        self.identity = identity
        self.conversion = conversion
        sourcePath = source.path
        name = conversion.outbox.appending(source.name.components)
        mark = JobID.next().text
        try Self.makeFolders(above: name)
        for format in conversion.options.formats {
            let path = partial(".\(format.fileExtension)")
            let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
            inner.withLock { $0.texts.append((file, path)) }
        }
    }

    deinit { if !inner.withLock({ $0.isPublished }) { discard() } }

    private func partial(_ suffix: String) -> FilePath { Self.sibling(of: name, ".\(mark)\(suffix).partial", isHidden: true) }
    private func final(_ suffix: String) -> FilePath { Self.sibling(of: name, suffix, isHidden: false) }

    private static func sibling(of path: FilePath, _ suffix: String, isHidden: Bool) -> FilePath {
        let last = path.lastComponent.map { FilePath(root: nil, components: $0).bytes } ?? []
        // A hidden name may be cut: the mark alone makes it unique.
        let kept = isHidden ? Array(last.prefix(200)) : last
        let bytes = (isHidden ? [UInt8(ascii: ".")] : []) + kept + Array(suffix.utf8)
        return path.removingLastComponent().appending(FilePath(bytes: bytes).components)
    }

    // MARK: the reply, on the engine's thread

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {
        let text = inner.withLock { $0.texts.indices.contains(rendition) ? $0.texts[rendition] : nil }
        guard let text else { throw ConversionError(.protocolViolation, "the worker sent a rendition that nobody asked for") }
        try text.file.write(chunk, path: text.path)
    }

    func beginPart(name: String) throws {
        for format in conversion.options.formats {
            let path = partial(".parts").appending(FilePath("\(name).\(format.fileExtension)").components)
            try Self.makeFolders(above: path)
            let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
            inner.withLock { inner in
                inner.hasParts = true
                inner.part.append((file, path))
            }
        }
    }

    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws {
        let part = inner.withLock { $0.part.indices.contains(rendition) ? $0.part[rendition] : nil }
        guard let part else { throw ConversionError(.protocolViolation, "the worker sent a rendition that nobody asked for") }
        try part.file.write(chunk, path: part.path)
    }

    func endPart() throws {
        let part = inner.withLock { inner in
            defer { inner.part = [] }
            return inner.part
        }
        if conversion.isDurable { for piece in part { try piece.file.sync(path: piece.path) } }
    }

    func beginAsset(name: String, mediaType: String) throws {
        let folder = partial(".assets")
        guard folder.withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST else { throw SystemError("create", folder) }
        let path = folder.appending(name)
        let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
        inner.withLock { inner in
            inner.hasAssets = true
            inner.asset = (file, path)
        }
    }

    func asset(_ chunk: UnsafeRawBufferPointer) throws {
        guard let asset = inner.withLock({ $0.asset }) else { return }
        try asset.file.write(chunk, path: asset.path)
    }

    func endAsset() throws {
        let asset = inner.withLock { $0.asset.take() }
        if let asset, conversion.isDurable { try asset.file.sync(path: asset.path) }
    }

    func progress(_ done: UInt64) {}

    // MARK: the end

    /// Renames everything to its final name, the assets first.
    func publish() throws {
        guard try FileIdentity.of(source.raw, path: sourcePath).sameContent(as: identity) else {
            throw ConversionError(.inputChanged, "the file changed while it was converted")
        }
        let (texts, hasAssets, hasParts) = inner.withLock { ($0.texts, $0.hasAssets, $0.hasParts) }
        if conversion.isDurable { for text in texts { try text.file.sync(path: text.path) } }
        // Without its document a folder of assets or parts is what an earlier run left behind.
        if conversion.existing != .fail { for suffix in [".assets", ".parts"] { Self.removeFolder(final(suffix)) } }
        if hasAssets { try rename(partial(".assets"), final(".assets")) }
        if hasParts { try rename(partial(".parts"), final(".parts")) }
        for (text, format) in zip(texts, conversion.options.formats) { try rename(text.path, final(".\(format.fileExtension)")) }
        inner.withLock { $0.isPublished = true }
        if conversion.isDurable {
            let folder = name.removingLastComponent()
            try Descriptor.open(folder, O_RDONLY | O_DIRECTORY).sync(path: folder)
        }
    }

    /// Takes away what was begun; what cannot be removed is hidden and harmless.
    func discard() {
        for text in inner.withLock({ $0.texts }) { _ = text.path.withPlatformString { unlink($0) } }
        for suffix in [".assets", ".parts"] { Self.removeFolder(partial(suffix)) }
    }

    private func rename(_ from: FilePath, _ to: FilePath) throws {
        let mayReplace = conversion.existing == .replace
        let failed = from.withPlatformString { from in
            to.withPlatformString { to in
                mayReplace ? Glibc.rename(from, to) : linux_rename_noreplace(AT_FDCWD, from, AT_FDCWD, to)
            }
        }
        guard failed == 0 else { throw SystemError("publish", to) }
    }

    private static func removeFolder(_ path: FilePath, depth: Int = 0) {
        guard let folder = try? Descriptor.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            var listing = try? DirectoryListing(of: folder.raw, path: path)
        else { return }
        while let entry = try? listing.next() {
            let name = path.appending(entry.name)
            // A folder is not unlinked: EISDIR.
            if name.withPlatformString({ unlink($0) }) != 0, errno == EISDIR, depth < 20 { removeFolder(name, depth: depth + 1) }
        }
        _ = path.withPlatformString { rmdir($0) }
    }

    static func makeFolders(above path: FilePath) throws {
        let folder = path.removingLastComponent()
        if folder.isEmpty || (try? FileIdentity.of(folder).isDirectory) == true { return }
        try makeFolders(above: folder)
        guard folder.withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST else { throw SystemError("create", folder) }
    }
}
