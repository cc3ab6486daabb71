// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// The properties of one storage of a message file: a stream for each string, one stream with all numbers ([MS-OXMSG] 2.4).
enum MSGProperties {
    /// What stands before the list of numbers, by the kind of storage (2.4.1).
    enum Header: Int {
        case attachmentOrRecipient = 8
        case embeddedMessage = 24
        case message = 32
    }

    static func read(_ file: CompoundFile, _ storage: CompoundEntry, _ header: Header, charset: String? = nil) -> MAPIProperties {
        var numbers: [Int: [UInt8]] = [:]
        if let entry = file.entry(named: "__properties_version1.0", in: storage) {
            let bytes = file.contents(of: entry).bytes
            var at = header.rawValue
            while at + 16 <= bytes.count {
                let tag = bytes[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
                numbers[tag] = Array(bytes[(at + 8)..<(at + 16)])
                at += 16
            }
        }
        return MAPIProperties(charset: charset) { id, type in
            let tag = id << 16 | type
            switch type {
            case 0x1E, 0x1F, 0x102:
                guard let entry = file.entry(named: streamName(tag), in: storage), entry.kind == .stream else { return nil }
                return file.contents(of: entry).bytes
            default: return numbers[tag]
            }
        }
    }

    /// `__substg1.0_0037001F`
    static func streamName(_ tag: Int) -> String {
        let digits = String(tag, radix: 16, uppercase: true)
        return "__substg1.0_" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// The numbers that properties with numeric names have in this file, by those names ([MS-OXMSG] 2.2.3.1.2).
    static func named(_ file: CompoundFile) -> [Int: Int] {
        guard let storage = file.entry(named: "__nameid_version1.0"), let entry = file.entry(named: streamName(0x0003_0102), in: storage) else { return [:] }
        let bytes = file.contents(of: entry).bytes
        var found: [Int: Int] = [:]
        var at = 0
        while at + 8 <= bytes.count, found.count < 4_096 {
            let name = bytes[at..<(at + 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
            let isText = bytes[at + 4] & 1 == 1
            let index = Int(bytes[at + 6]) | Int(bytes[at + 7]) << 8
            if !isText, found[name] == nil { found[name] = 0x8000 + index }
            at += 8
        }
        return found
    }
}
