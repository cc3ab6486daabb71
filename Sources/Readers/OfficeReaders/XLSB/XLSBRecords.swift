// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ZipArchive

/// The records of a binary part ([MS-XLSB] 2.1.4): type and size as numbers of 7 bits a byte, then the record's bytes.
///
/// The part is unpacked as it is read: one piece of 256 KiB is in memory, or the longest record.
final class XLSBRecords {
    private let stream: ZipStream
    private let part: String
    private var bytes: [UInt8] = []
    private var at = 0
    /// The part ends inside a record.
    private(set) var isCut = false

    /// nil when the package has no such part.
    init?(_ part: String, in package: OOXMLPackage) throws(ReadError) {
        guard let entry = package.entry(part) else { return nil }
        self.part = part
        do { stream = try package.stream(entry) } catch { throw ReadError(error) }
    }

    /// The next record; nil at the end.
    func next() throws(ReadError) -> XLSBRecord? {
        guard try has(1) else { return nil }
        guard let type = try number(most: 2), let size = try number(most: 4), try has(size) else {
            isCut = true
            at = bytes.count
            return nil
        }
        defer { at += size }
        return XLSBRecord(type: type, fields: XLSBFields(bytes[at..<(at + size)]))
    }

    /// Tells of damage that was met on the way to the part's end.
    func report(_ diagnostics: inout Diagnostics) {
        if let fault = stream.fault { OOXMLPackage.report(fault, part, &diagnostics) }
        if isCut { diagnostics.report("part-cut", "a part ends inside a record", at: part) }
    }

    /// Unpacks until so many bytes are there.
    private func has(_ count: Int) throws(ReadError) -> Bool {
        guard bytes.count - at < count else { return true }
        bytes.removeSubrange(..<at)
        at = 0
        do throws(ZipError) {
            while bytes.count < count {
                guard try stream.read(into: &bytes) else { return false }
            }
        } catch { throw ReadError(error) }
        return true
    }

    private func number(most: Int) throws(ReadError) -> Int? {
        var value = 0
        for place in 0..<most {
            guard try has(1) else { return nil }
            let byte = bytes[at]
            at += 1
            value |= Int(byte & 0x7F) << (7 * place)
            if byte & 0x80 == 0 { break }
        }
        return value
    }
}

struct XLSBRecord {
    var type: Int
    var fields: XLSBFields

    var kind: Kind? { Kind(rawValue: type) }

    /// The records that are read ([MS-XLSB] 2.3.2); a type is spelled here as two bytes make it: 0x80 and more count in steps of 7 bits.
    enum Kind: Int {
        case rowHeader = 0, cellBlank, cellRk, cellError, cellTruth, cellReal, cellString, cellShared
        case formulaString = 8, formulaNumber, formulaTruth, formulaError
        case shortBlank = 12, shortRk, shortError, shortTruth, shortReal, shortString, shortShared
        case sharedItem = 19
        case format = 44, cellFormat = 47
        case columns = 60
        case cellRich = 62
        case workbookProperties = 153
        case sheet = 156
        case mergedCell = 176
        case tableBegin = 343
        case link = 494
        case drawing = 550
        case cellFormatsBegin = 617, cellFormatsEnd = 618
        case commentAuthor = 632, commentBegin = 635, commentText = 637
        case tablePart = 661
    }
}

/// The fields of one record, taken one after the other; what lies behind its end is nil.
struct XLSBFields {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func short() -> Int? { number(2) }

    mutating func long() -> Int? { number(4) }

    mutating func skip(_ count: Int) { rest = rest.dropFirst(count) }

    private mutating func number(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var value = 0
        for (place, byte) in rest.prefix(count).enumerated() { value |= Int(byte) << (8 * place) }
        rest = rest.dropFirst(count)
        return value
    }

    mutating func double() -> Double? {
        guard rest.count >= 8 else { return nil }
        var bits: UInt64 = 0
        for (place, byte) in rest.prefix(8).enumerated() { bits |= UInt64(byte) << UInt64(8 * place) }
        rest = rest.dropFirst(8)
        return Double(bitPattern: bits)
    }

    /// A number in 30 bits, whole or the upper part of a double, and perhaps hundredfold (2.5.122).
    mutating func rk() -> Double? {
        guard let raw = number(4) else { return nil }
        let value: Double = raw & 2 != 0
            ? Double(Int32(truncatingIfNeeded: raw) >> 2) : Double(bitPattern: UInt64(raw & 0xFFFF_FFFC) << 32)
        return raw & 1 != 0 ? value / 100 : value
    }

    /// XLWideString and XLNullableWideString (2.5.168, 2.5.166); an absent one is nil.
    mutating func string() -> String? {
        guard let count = long(), count < 0xFFFF_FFFF, count <= rest.count / 2 else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(count)
        var at = rest.startIndex
        for _ in 0..<count {
            units.append(UInt16(rest[at]) | UInt16(rest[at + 1]) << 8)
            at += 2
        }
        rest = rest[at...]
        return String(decoding: units, as: UTF16.self)
    }

    /// RichStr (2.5.122): its text; runs and phonetic hints stand behind it.
    mutating func richString() -> String? {
        skip(1)
        return string()
    }
}
