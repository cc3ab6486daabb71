// SPDX-License-Identifier: Apache-2.0
import ZipArchive

@testable import ZipArchive

/// Writes small archives, also wrong ones.
enum ZipMaker {
    static func archive(
        _ members: [(String, String)], flags: UInt16 = 0, checksum: UInt32? = nil, offset: (Int) -> Int = { $0 }
    ) -> [UInt8] {
        archive(raw: members.map { ($0.0, Array($0.1.utf8), 0, $0.1.utf8.count) }, flags: flags, checksum: checksum, offset: offset)
    }

    static func archive(
        raw members: [(name: String, bytes: [UInt8], method: UInt16, size: Int)], flags: UInt16 = 0, checksum: UInt32? = nil,
        offset: (Int) -> Int = { $0 }
    ) -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        func put<N: FixedWidthInteger>(_ value: N, _ to: inout [UInt8]) { withUnsafeBytes(of: value.littleEndian) { to.append(contentsOf: $0) } }
        for (name, bytes, method, size) in members {
            let at = out.count
            let sum = checksum ?? Inflate.checksum(bytes)
            func fields(_ to: inout [UInt8]) {
                put(UInt16(20), &to); put(flags, &to); put(method, &to); put(UInt32(0), &to)
                put(sum, &to); put(UInt32(bytes.count), &to); put(UInt32(size), &to)
                put(UInt16(name.utf8.count), &to); put(UInt16(0), &to)
            }
            put(UInt32(0x0403_4B50), &out); fields(&out)
            out += Array(name.utf8) + bytes
            put(UInt32(0x0201_4B50), &directory); put(UInt16(20), &directory); fields(&directory)
            directory += [UInt8](repeating: 0, count: 10)
            put(UInt32(offset(at)), &directory)
            directory += Array(name.utf8)
        }
        let start = out.count
        out += directory
        put(UInt32(0x0605_4B50), &out); put(UInt32(0), &out)
        put(UInt16(members.count), &out); put(UInt16(members.count), &out)
        put(UInt32(directory.count), &out); put(UInt32(start), &out); put(UInt16(0), &out)
        return out
    }
}
