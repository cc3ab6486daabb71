// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import DocumentReaders

extension DocumentConverter {
    /// Conversions of small documents of ours, one for each frequent format, in every output format; their replies go nowhere.
    public static let rehearsals: [@Sendable () -> Void] = Readers.rehearsals.map { rehearsal in
        {
            var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array(rehearsal.name.utf8))
            request.options.formats = OutputFormat.allCases
            // What fails here fails again with a document, and is told then.
            rehearsal.bytes().withUnsafeBytes { try? DocumentConverter().convert(request, $0, reply: UnheardReply()) }
        }
    }
}

/// Takes a reply and forgets it.
public final class UnheardReply: ReplySink {
    public init() {}
    public func format(_ name: String) {}
    public func metadata(_ field: MetadataField) {}
    public func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) {}
    public func asset(name: String, mediaType: String, _ bytes: UnsafeRawBufferPointer) {}
    public func loss(_ loss: Loss) {}
    public func progress(_ done: UInt64) {}
}
