// SPDX-License-Identifier: Apache-2.0

/// The fields of a message of Protocol Buffers (protobuf.dev, "Encoding"), without what their names and types are.
struct ProtobufMessage {
    private enum Value {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private var fields: [(number: Int, value: Value)] = []
    private static let most = 1_000_000

    /// As far as the bytes are a message.
    init(_ bytes: ArraySlice<UInt8>) {
        var scan = ProtobufScan(bytes)
        while fields.count < Self.most, let key = scan.varint() {
            let number = Int(key >> 3)
            switch key & 7 {
            case 0:
                guard let value = scan.varint() else { return }
                fields.append((number, .number(value)))
            case 1: guard scan.part(8) != nil else { return }
            case 2:
                guard let count = scan.varint(), let part = scan.part(Int(clamping: count)) else { return }
                fields.append((number, .bytes(part)))
            case 5: guard scan.part(4) != nil else { return }
            default: return
            }
        }
    }

    func number(_ field: Int) -> Int? {
        for entry in fields where entry.number == field {
            if case .number(let value) = entry.value { return Int(clamping: value) }
        }
        return nil
    }

    func parts(_ field: Int) -> [ArraySlice<UInt8>] {
        fields.compactMap { if $0.number == field, case .bytes(let bytes) = $0.value { bytes } else { nil } }
    }

    func message(_ field: Int) -> ProtobufMessage? { parts(field).first.map(ProtobufMessage.init) }

    /// The numbers of the objects that a field refers to.
    func references(_ field: Int) -> [Int] { parts(field).compactMap { ProtobufMessage($0).number(1) } }

    /// Every message within, whatever its field.
    var all: [ArraySlice<UInt8>] { fields.compactMap { if case .bytes(let bytes) = $0.value { bytes } else { nil } } }
}

/// A place in bytes of Protocol Buffers.
struct ProtobufScan {
    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        at = bytes.startIndex
    }

    mutating func byte() -> UInt8? {
        guard at < bytes.endIndex else { return nil }
        defer { at += 1 }
        return bytes[at]
    }

    /// Seven bits a byte, the lowest first; at most ten bytes.
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64, let next = byte() {
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    /// A little-endian number of one to four bytes.
    mutating func little(_ count: Int) -> Int? {
        guard let part = part(count) else { return nil }
        return part.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func part(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.endIndex - at else { return nil }
        defer { at += count }
        return bytes[at..<(at + count)]
    }
}
