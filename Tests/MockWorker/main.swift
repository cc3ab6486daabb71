// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc
import WorkerRuntime

/// A worker without readers: the text is the document. `rehearsed` asks for what has been rehearsed so far.
struct Echo: Converter {
    func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError) {
        try reply.format("txt")
        if String(decoding: bytes, as: UTF8.self) == "rehearsed" {
            let known = Array((getenv("REHEARSED").map { String(cString: $0) } ?? "nothing").utf8)
            return try known.span.bytes.withUnsafeBytes { (known) throws(ConversionError) in try reply.text(known, rendition: 0) }
        }
        for rendition in request.options.formats.indices { try reply.text(bytes, rendition: rendition) }
    }
}

WorkerMain(converter: Echo(), rehearsals: [{ setenv("REHEARSED", "one", 1) }, { setenv("REHEARSED", "one, two", 1) }]).run()
