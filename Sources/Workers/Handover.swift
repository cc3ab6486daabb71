// SPDX-License-Identifier: Apache-2.0
import CLinux
import ConversionProtocol
import Glibc

/// The way of a request to a nursery: fields and a small document in one datagram, a larger document beside it.
enum Handover {
    enum Result {
        case sent
        case nurseryGone
        case failed(ConversionError)
    }

    /// The datagram waits on the document socket before the order to take it goes out.
    static func send(_ ticket: Ticket, reply: Int32, to nursery: NurseryProcess, isBatch: Bool) -> Result {
        let size = ticket.input.size
        var message = RequestMessage(request: ticket.request, inputSize: size, isInline: true)
        switch ticket.input {
        case .bytes(let bytes):
            let datagram = message.encoded(reserving: bytes.count)
            if datagram.count + bytes.count <= nursery.inlineRoom {
                return send(datagram + bytes, [reply], to: nursery, isBatch: isBatch)
            }
            let memory = bytes.withUnsafeBytes { linux_sealed_memory($0.baseAddress, $0.count) }
            guard memory >= 0 else { return .failed(failure("keep the document in memory")) }
            defer { close(memory) }
            message.isInline = false
            return send(message.encoded(), [reply, memory], to: nursery, isBatch: isBatch)
        case .descriptor(let descriptor, _):
            message.isInline = false
            return send(message.encoded(), [reply, descriptor], to: nursery, isBatch: isBatch)
        }
    }

    private static func send(_ datagram: [UInt8], _ descriptors: [Int32], to nursery: NurseryProcess, isBatch: Bool) -> Result {
        let count = datagram.withUnsafeBytes {
            linux_send_with_fds(nursery.documents, $0.baseAddress, $0.count, descriptors, Int32(descriptors.count))
        }
        guard count == datagram.count else {
            return errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN ? .nurseryGone : .failed(failure("hand a document over"))
        }
        return nursery.say(isBatch ? .convert : .fork) ? .sent : .nurseryGone
    }

    private static func failure(_ what: String) -> ConversionError {
        let code: FailureCode = errno == EMFILE || errno == ENFILE || errno == ETOOMANYREFS ? .descriptors : .workerUnavailable
        return ConversionError(code, "cannot \(what): \(String(cString: strerror(errno)).lowercased())")
    }
}
