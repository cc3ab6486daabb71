// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import TextDecoding

@Suite("a charset's table")
struct ByteTableTests {
    @Test("says of each byte what iconv says", arguments: Converters.common)
    func agrees(name: String) throws {
        let table = try #require(ByteTable(of: name))
        let converter = try #require(Converters.take(name))
        defer { Converters.giveBack(converter, name) }
        for byte in UInt8.min...UInt8.max {
            var source = CChar(bitPattern: byte)
            var room = [CChar](repeating: 0, count: 8)
            let expected: [UInt8] = withUnsafeMutablePointer(to: &source) { source in
                room.withUnsafeMutableBufferPointer { room in
                    var input: UnsafeMutablePointer<CChar>? = source
                    var inputLeft = 1
                    var output = room.baseAddress
                    var outputLeft = room.count
                    guard iconv(converter, &input, &inputLeft, &output, &outputLeft) != -1 else { return [0xEF, 0xBF, 0xBD] }
                    return room.prefix(room.count - outputLeft).map { UInt8(bitPattern: $0) }
                }
            }
            let (text, replaced) = withUnsafeBytes(of: byte) { table.utf8($0.bindMemory(to: UInt8.self)) }
            #expect(text == expected, "byte \(byte)")
            #expect(replaced == (expected == [0xEF, 0xBF, 0xBD] ? 1 : 0))
        }
    }

    @Test("does not exist where bytes are not characters", arguments: ["CP932", "SHIFT_JIS", "GBK", "EUC-KR", "BIG5", "UTF-16LE", "UTF-7", "ISO-2022-JP", "CP1258", "NO-SUCH-CHARSET"])
    func several(name: String) {
        #expect(ByteTable(of: name) == nil)
    }
}
