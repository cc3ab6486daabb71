// SPDX-License-Identifier: Apache-2.0
// The worker program of the article on the batch processor, as it stands there but for its folder and its name.
import BatchProcessing
import ConversionProtocol
import Workers
import WorkerRuntime

enum ArticleExample {
    struct WordCount: Converter {
        func convert(
            _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
        ) throws(ConversionError) {
            try reply.format("txt")
            let words = bytes.split { $0 == 0x20 || $0 == 0x0A }.count
            let text = Array("\(words) words\n".utf8)
            try text.span.bytes.withUnsafeBytes { (text) throws(ConversionError) in try reply.text(text, rendition: 0) }
        }
    }

    static func run() -> Never {
        WorkerMain(converter: WordCount()).run()
    }
}
