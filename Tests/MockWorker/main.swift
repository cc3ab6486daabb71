// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import WorkerRuntime

/// A worker without readers: the text is the document.
struct Echo: Converter {
    func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError) {
        try reply.format("txt")
        for rendition in request.options.formats.indices { try reply.text(bytes, rendition: rendition) }
    }
}

WorkerMain(converter: Echo()).run()
