// SPDX-License-Identifier: Apache-2.0

/// Turns one document into what was asked for, inside a worker process. Synchronous, on one thread, without files.
public protocol Converter: Sendable {
    /// `bytes` are the whole document, valid during the call.
    func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError)
}

/// Where a converter puts its reply, in any order; each call may throw a limit, which the converter passes on.
public protocol ReplySink: AnyObject {
    /// The format the content was taken for, by extension.
    func format(_ name: String) throws(ConversionError)
    func metadata(_ field: MetadataField) throws(ConversionError)
    /// More UTF-8 text of the `rendition`-th requested format; a chunk may end within a character.
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError)
    /// Begins an output of its own; `name` is a relative path of plain file names held apart by `/`. The document's own text may go on meanwhile.
    func beginPart(name: String) throws(ConversionError)
    /// More text of the part that was begun last.
    func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError)
    func endPart() throws(ConversionError)
    func asset(name: String, mediaType: String, _ bytes: UnsafeRawBufferPointer) throws(ConversionError)
    func loss(_ loss: Loss) throws(ConversionError)
    /// Pages, rows or members so far; keeps the stall limit away.
    func progress(_ done: UInt64) throws(ConversionError)
}

extension ReplySink {
    // A converter that makes no parts sends none.
    public func beginPart(name: String) throws(ConversionError) { throw ConversionError(.internalError, "nobody takes the document's parts") }
    public func part(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError) { throw ConversionError(.internalError, "nobody takes the document's parts") }
    public func endPart() throws(ConversionError) {}
}
