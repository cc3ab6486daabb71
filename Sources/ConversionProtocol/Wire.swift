// SPDX-License-Identifier: Apache-2.0

/// Appends fields to a message: little-endian integers, and byte strings with a 32-bit length before them.
struct WireWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ value: some FixedWidthInteger & UnsignedInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ string: some Collection<UInt8>) {
        put(UInt32(truncatingIfNeeded: string.count))
        bytes.append(contentsOf: string)
    }

    mutating func put(_ string: String) { put(string.utf8) }

    mutating func putRest(_ rest: UnsafeRawBufferPointer) { bytes.append(contentsOf: rest) }
}

/// Takes fields from a message in the order they were put. Never reads past the end; what is missing is nil.
struct WireReader {
    private var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

    var remaining: UnsafeRawBufferPointer { rest }
    var isAtEnd: Bool { rest.isEmpty }

    mutating func take<Value: FixedWidthInteger & UnsignedInteger>(_: Value.Type = Value.self) -> Value? {
        let size = MemoryLayout<Value>.size
        guard rest.count >= size else { return nil }
        let value = rest.loadUnaligned(as: Value.self)
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(size))
        return Value(littleEndian: value)
    }

    /// A value of plain words, as it lies in memory.
    mutating func takeRaw<Value: BitwiseCopyable>(_: Value.Type) -> Value? {
        let size = MemoryLayout<Value>.size
        guard rest.count >= size else { return nil }
        defer { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(size)) }
        return rest.loadUnaligned(as: Value.self)
    }

    mutating func takeBytes() -> UnsafeRawBufferPointer? {
        guard let count = take(UInt32.self), Int(count) <= rest.count else { return nil }
        let taken = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(count)))
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(Int(count)))
        return taken
    }

    /// A byte string that is UTF-8.
    mutating func takeString() -> String? {
        takeBytes().flatMap { String(validating: $0, as: UTF8.self) }
    }
}
