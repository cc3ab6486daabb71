// SPDX-License-Identifier: Apache-2.0
import ReaderTestSupport

/// Builds Outlook messages from properties.
struct MSGMaker {
    private var streams: [(path: String, bytes: [UInt8])] = []
    private var numbers: [String: [UInt8]] = [:]
    private var headers: [String: Int] = ["": 32]

    /// A string in UTF-16, in the storage at `path` (empty, or with a slash at its end).
    mutating func add(_ id: Int, _ text: String, in path: String = "") {
        add(id, 0x1F, text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, in: path)
    }

    mutating func add(_ id: Int, _ type: Int, _ bytes: [UInt8], in path: String = "") {
        let digits = String(id << 16 | type, radix: 16, uppercase: true)
        streams.append((path + "__substg1.0_" + String(repeating: "0", count: 8 - digits.count) + digits, bytes))
    }

    mutating func add(_ id: Int, _ type: Int, number: UInt64, in path: String = "") {
        func little(_ value: UInt64, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 255) } }
        numbers[path, default: []] += little(UInt64(id << 16 | type), 4) + little(6, 4) + little(number, 8)
    }

    mutating func addRecipient(_ number: Int, kind: UInt64, name: String, address: String) {
        let path = "__recip_version1.0_#0000000\(number)/"
        headers[path] = 8
        add(0x3001, name, in: path)
        add(0x39FE, address, in: path)
        add(0xC15, 3, number: kind, in: path)
    }

    func bytes() -> [UInt8] {
        let lists = Set(headers.keys).union(numbers.keys).sorted().map { path in
            (path: path + "__properties_version1.0", bytes: [UInt8](repeating: 0, count: headers[path] ?? 24) + (numbers[path] ?? []))
        }
        return CompoundMaker.file(streams + lists)
    }
}
