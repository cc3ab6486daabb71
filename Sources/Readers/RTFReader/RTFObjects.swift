// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// Embedded objects (RTF 1.9.1, "Objects"): each as OLE 1 keeps it ([MS-OLEDS] 2.2.5), with a compound file or a packaged file within.
struct RTFObjects {
    struct Object {
        var name: String
        var bytes: [UInt8]
    }

    private(set) var all: [Object] = []
    /// Objects in the text, read or not.
    var count = 0
    private var bytes = RTFBytes()
    private var total = 0
    private static let most = 1_000
    private static let mostBytes = 256 << 20

    mutating func begin() { bytes = RTFBytes() }
    mutating func take(hex text: UnsafeBufferPointer<UInt8>) { bytes.take(hex: text) }
    mutating func take(binary: UnsafeBufferPointer<UInt8>) { bytes.take(binary: binary) }

    /// Ends an object; the path of one that lies in a file of its own, in the document's code page.
    mutating func end() -> [UInt8]? {
        let data = bytes.taken
        bytes = RTFBytes()
        if let path = Self.linkedFile(data) {
            count -= 1
            return path
        }
        take(data)
        return nil
    }

    private mutating func take(_ data: [UInt8]) {
        guard all.count < Self.most, total < Self.mostBytes, let object = Self.object(data) else { return }
        total += object.bytes.count
        all.append(object)
    }

    /// Version, kind (1: linked), class with its size, then the path with its own ([MS-OLEDS] 2.2.6).
    private static func linkedFile(_ data: [UInt8]) -> [UInt8]? {
        func long(_ at: Int) -> Int? { at >= 0 && at <= data.count - 4 ? (0..<4).reduce(0) { $0 | Int(data[at + $1]) << (8 * $1) } : nil }
        guard long(4) == 1, let name = long(8), let size = long(12 + name), size > 1, case let start = 16 + name, size <= data.count - start else { return nil }
        return Array(data[start..<(start + size)].prefix { $0 != 0 })
    }

    /// Version, kind (2: embedded), class, topic and item with their sizes, then the object's size and bytes.
    private static func object(_ data: [UInt8]) -> Object? {
        data.withUnsafeBytes { raw -> Object? in
            func long(_ at: Int) -> Int? {
                at >= 0 && at <= raw.count - 4 ? Int(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt32.self))) : nil
            }
            guard long(4) == 2 else { return nil }
            var at = 8
            for _ in 0..<3 {
                guard let length = long(at) else { return nil }
                at += 4 + length
            }
            guard let size = long(at), size > 0, at + 4 <= raw.count else { return nil }
            let own = UnsafeRawBufferPointer(rebasing: raw[(at + 4)..<min(at + 4 + size, raw.count)])
            if let file = PackagedFile(own) { return Object(name: file.name, bytes: Array(file.bytes)) }
            return own.isEmpty ? nil : Object(name: "object", bytes: Array(own))
        }
    }
}
