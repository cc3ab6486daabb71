// SPDX-License-Identifier: Apache-2.0

/// Turns one document into what was asked for, inside a worker process. Synchronous, on one thread, without files.
public protocol Converter: Sendable {
    /// `bytes` are the whole document, valid during the call.
    func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError)
}

/// Where a converter puts its reply, in any order; each call may throw `outputLimit`, which the converter passes on.
public protocol ReplySink: AnyObject {
    /// The format the content was taken for, by extension.
    func format(_ name: String) throws(ConversionError)
    func metadata(_ field: MetadataField) throws(ConversionError)
    /// More UTF-8 text of the `rendition`-th requested format; a chunk may end within a character.
    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws(ConversionError)
    func asset(name: String, mediaType: String, _ bytes: UnsafeRawBufferPointer) throws(ConversionError)
    func loss(_ loss: Loss) throws(ConversionError)
    /// Pages, rows or members so far; keeps the stall limit away.
    func progress(_ done: UInt64) throws(ConversionError)
}
