// SPDX-License-Identifier: Apache-2.0

/// Where a document's bytes are.
public enum ConversionInput: Sendable {
    /// Small documents: the bytes themselves (at most 1 MiB crosses inline).
    case bytes([UInt8])
    /// Large ones: a descriptor opened read-only, owned by the caller until the conversion has ended, and its size.
    case descriptor(Int32, size: UInt64)

    public var size: UInt64 {
        switch self {
        case .bytes(let bytes): UInt64(bytes.count)
        case .descriptor(_, let size): size
        }
    }
}

/// Takes a reply's bulk as it arrives, in order, on the engine's thread. Throwing ends the conversion with that error.
///
/// Text has been validated as UTF-8 without control characters but tab and newline, across chunk borders too.
public protocol ReplyReceiver: AnyObject, Sendable {
    /// More text of the `rendition`-th requested format.
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws
    /// A part begins, an output of its own; none does unless `RenderOptions.split` asks for it. `name` is a relative path, unique,
    /// of plain file names held apart by `/`; no asset begins within a part's text, but between pieces of it one may.
    func beginPart(name: String) throws
    /// More text of the part that was begun last, in the `rendition`-th requested format.
    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws
    func endPart() throws
    /// An asset begins; `name` is a plain file name without `/`, leading dots or control characters.
    func beginAsset(name: String, mediaType: String) throws
    func asset(_ chunk: UnsafeRawBufferPointer) throws
    func endAsset() throws
    /// Still alive: pages, rows or members so far.
    func progress(_ done: UInt64)
}

extension ReplyReceiver {
    // A receiver that asks for no parts gets none.
    public func beginPart(name: String) throws { throw ConversionError(.internalError, "nobody takes the document's parts") }
    public func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws { throw ConversionError(.internalError, "nobody takes the document's parts") }
    public func endPart() throws {}
}

/// Converts one document at a time per caller: a worker process, or the same code in this process for tests.
public protocol ConversionEngine: Sendable {
    /// - Throws: `ConversionError`, or what the receiver threw.
    func convert(_ request: ConversionRequest, input: ConversionInput, into receiver: any ReplyReceiver) async throws -> ConversionReply
}
