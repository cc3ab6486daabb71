// SPDX-License-Identifier: Apache-2.0

/// What daemon and nursery say to each other beside requests and replies: 16 bytes each way.
package enum ControlMessage: Equatable {
    /// Daemon: fork a child; it takes the request that waits on the document socket.
    case fork
    /// Daemon: take that request yourself.
    case convert
    /// Nursery: locked and waiting.
    case ready(version: UInt32, lock: WorkerLock)
    /// Nursery: this child has the request.
    case forked(pid: Int32)
    /// Nursery: no child could be made.
    case cannotFork(errno: Int32)

    package static let size = 16

    package var bytes: [UInt8] {
        var out = WireWriter()
        out.put(RequestMessage.magic)
        let (kind, value, more): (UInt32, UInt32, UInt32) =
            switch self {
            case .fork: (1, 0, 0)
            case .convert: (2, 0, 0)
            case .ready(let version, let lock): (3, version, lock.wire)
            case .forked(let pid): (4, UInt32(bitPattern: pid), 0)
            case .cannotFork(let number): (5, UInt32(bitPattern: number), 0)
            }
        out.put(kind)
        out.put(value)
        out.put(more)
        return out.bytes
    }

    package init?(_ bytes: UnsafeRawBufferPointer) {
        var fields = WireReader(bytes)
        guard bytes.count == Self.size, fields.take(UInt32.self) == RequestMessage.magic, let kind = fields.take(UInt32.self),
            let value = fields.take(UInt32.self), let more = fields.take(UInt32.self)
        else { return nil }
        switch kind {
        case 1: self = .fork
        case 2: self = .convert
        case 3: self = .ready(version: value, lock: WorkerLock(wire: more))
        case 4: self = .forked(pid: Int32(bitPattern: value))
        case 5: self = .cannotFork(errno: Int32(bitPattern: value))
        default: return nil
        }
    }
}

/// The descriptors a worker program starts with, besides 0 and 1 on `/dev/null` and 2 on a pipe.
package enum WorkerDescriptor {
    package static let control: Int32 = 3
    package static let documents: Int32 = 4
}

/// How a worker process ends when it does not end well; 0 after a whole reply, even one that says `malformed`.
package enum WorkerExitStatus {
    /// An allocation failed.
    package static let memory: Int32 = 70
    /// The process could not lock itself: nothing is converted.
    package static let notLocked: Int32 = 71
    /// The file under the mapping shrank.
    package static let inputChanged: Int32 = 72
    /// The request made no sense.
    package static let badRequest: Int32 = 73
    /// Started by hand.
    package static let usage: Int32 = 64
}
