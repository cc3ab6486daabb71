// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Glibc

/// A converter that does what the document says, to try what the daemon makes of it: `segv`, `sleep`, `bad-crc`, ….
///
/// `--mock` takes the converter's place; `--mock=die`, `hang` and `version` misbehave before the first document.
struct Mock: Converter {
    private enum Start: String { case die, hang, version }

    private var start: Start?

    /// Nil when the argument does not ask for a mock.
    init?(argument: String) {
        guard argument == "--mock" || argument.hasPrefix("--mock=") else { return nil }
        start = Start(rawValue: String(argument.dropFirst("--mock=".count)))
    }

    var version: UInt32? { start == .version ? RequestMessage.version + 1 : nil }

    func atStart() {
        switch start {
        case .die: _exit(9)
        case .hang: while true { pause() }
        case .version, nil: return
        }
    }

    func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError) {
        guard let reply = reply as? ReplyPipe else { throw ConversionError(.internalError, "a mock outside a worker") }
        let words = String(decoding: bytes.prefix(200), as: UTF8.self).split(whereSeparator: \.isWhitespace)
        let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
        switch words.first ?? "" {
        case "ok", "ok:": try ok(reply, bytes)
        case "malformed": throw ConversionError(.malformed, "the document says so")
        case "environment": throw ConversionError(.diskFull, "the worker says so")
        case "slow":
            usleep(UInt32(number) * 1_000)
            try ok(reply, bytes)
        case "progress":
            for step in 0..<number {
                usleep(110_000)
                try reply.progress(UInt64(step))
            }
            try ok(reply, bytes)
        case "asset":
            try reply.asset(name: "picture.png", mediaType: "image/png", bytes)
            try ok(reply, bytes)
        case "loss":
            for _ in 0..<number { try reply.loss(Loss(code: "mock-loss", message: "lost on request")) }
            try ok(reply, bytes)
        case let word: try MockFaults(reply: reply, number: number).commit(word)
        }
    }

    private func ok(_ reply: ReplyPipe, _ bytes: UnsafeRawBufferPointer) throws(ConversionError) {
        try reply.format("txt")
        try reply.text(bytes, rendition: 0)
    }
}
