// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage

/// Reads sources and writes outputs for a `FolderConversion`, on threads of its own because files block.
struct FolderStages: HybridStages {
    let conversion: FolderConversion
    private let crew = ThreadCrew()
    private let duplicates = Duplicates(RememberedDuplicates<[FilePath]>())

    init(_ conversion: FolderConversion) { self.conversion = conversion }

    func read(_ attempt: Attempt<FolderConversion.Source>) async throws -> Prepared<FolderConversion.Delivery> {
        let source = attempt.payload
        let outputs = conversion.outputs(of: source)
        let staged = try await crew.run {
            if conversion.existing != .replace, outputs.allSatisfy({ exists($0) }) {
                guard conversion.existing == .skip else { throw ConversionError(.outputExists, "\(outputs[0].quoted) is there already") }
                return nil as StagedSource?
            }
            return try StagedSource(source, conversion)
        }
        guard let staged else { return .finished(.init(kind: .existed, outputs: outputs)) }
        if conversion.duplicates != .convert {
            let hash = try await crew.run { try staged.hash() }
            if case .duplicate(let original) = try await duplicates.verdict(on: hash) {
                staged.delivery.discard()
                return .finished(try await crew.run { try deliverDuplicate(of: original, as: outputs) })
            }
            staged.delivery.holds(hash)
        }
        let request = ConversionRequest(
            job: attempt.job.id, name: source.path.lastComponent.map { FilePath(root: nil, components: $0).bytes } ?? [], options: conversion.options,
            limits: conversion.limits, passwords: conversion.passwords)
        return .convert(Conversion(request, input: staged.input, receiver: staged.delivery))
    }

    func write(
        _ attempt: Attempt<FolderConversion.Source>, _ conversion: Conversion, _ reply: ConversionReply
    ) async throws -> FolderConversion.Delivery {
        guard let delivery = conversion.receiver as? StagedDelivery else { throw ConversionError(.internalError, "the receiver is not ours") }
        let outputs = self.conversion.outputs(of: attempt.payload)
        try await crew.run { try delivery.publish() }
        if let hash = delivery.hash { try await duplicates.settle(hash, with: outputs) }
        return .init(kind: .converted, outputs: outputs, reply: reply)
    }

    func drop(
        _ attempt: Attempt<FolderConversion.Source>, _ prepared: Prepared<FolderConversion.Delivery>, _ error: any Error
    ) async {
        guard case .convert(let conversion) = prepared, let delivery = conversion.receiver as? StagedDelivery else { return }
        delivery.discard()
        // Remembering nothing cannot fail.
        if let hash = delivery.hash { try? await duplicates.settle(hash, with: nil) }
    }

    private func exists(_ output: FilePath) -> Bool { (try? FileIdentity.of(conversion.outbox.appending(output.components))) != nil }

    private func deliverDuplicate(of original: [FilePath], as outputs: [FilePath]) throws -> FolderConversion.Delivery {
        let first = original.first ?? FilePath("")
        guard conversion.duplicates == .link else { return .init(kind: .duplicate(of: first), outputs: []) }
        for (from, to) in zip(original, outputs) {
            let (old, new) = (conversion.outbox.appending(from.components), conversion.outbox.appending(to.components))
            try StagedDelivery.makeFolders(above: new)
            if conversion.existing == .replace { _ = new.withPlatformString { unlink($0) } }
            guard old.withPlatformString({ old in new.withPlatformString { link(old, $0) } }) == 0 else { throw SystemError("link", new) }
        }
        return .init(kind: .duplicate(of: first), outputs: outputs)
    }
}

/// A source that is open, read when it is small.
private struct StagedSource: Sendable {
    let input: ConversionInput
    let delivery: StagedDelivery
    private let path: FilePath

    init(_ source: FolderConversion.Source, _ conversion: FolderConversion) throws {
        path = source.path
        let file = try Descriptor.open(path, O_RDONLY | O_NONBLOCK)
        let before = try FileIdentity.of(file.raw, path: path)
        guard before.isRegular else { throw ConversionError(.unsupported, "not a regular file") }
        guard before.size > 0 else { throw ConversionError(.empty, "the file is empty") }
        if before.size <= 1 << 20 {
            let bytes = try file.read(Int(before.size), path: path)
            guard try FileIdentity.of(file.raw, path: path).sameContent(as: before), bytes.count == Int(before.size) else {
                throw ConversionError(.inputChanged, "the file changed while it was read")
            }
            input = .bytes(bytes)
        } else {
            input = .descriptor(file.raw, size: before.size)
        }
        delivery = try StagedDelivery(source, conversion, file, before)
    }

    func hash() throws -> String {
        switch input {
        case .bytes(let bytes): bytes.withUnsafeBytes { ContentHash.of($0) }
        case .descriptor: try ContentHash.of(delivery.source, path: path)
        }
    }
}
