// SPDX-License-Identifier: Apache-2.0

/// A `winmail.dat` ([MS-OXTNEF]): body and attachments of a message as Outlook wraps them for itself.
///
/// Attributes one behind the other; what is cut off or damaged ends the list.
struct TNEFFile {
    struct Attachment {
        /// Of the attachment's own attributes; its properties know better.
        var title: [UInt8] = []
        var bytes: [UInt8] = []
        var properties = MAPIProperties { _, _ in nil }
    }

    private(set) var attachments: [Attachment] = []
    private(set) var recipients: [MAPIProperties] = []
    /// The message's own properties; its body is among them.
    private(set) var properties = MAPIProperties { _, _ in nil }
    /// Subject and text as older programs have them, in `charset`.
    private(set) var subject: [UInt8] = []
    private(set) var text: [UInt8] = []
    private(set) var charset: String?
    private(set) var isDamaged = false

    static let signature: [UInt8] = [0x78, 0x9F, 0x3E, 0x22]
    private static let mostAttachments = 10_000

    /// nil when it is none.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.starts(with: Self.signature), bytes.count >= 6 else { return nil }
        var at = 6
        while at < bytes.count {
            // Level, number and type, length, data, sum.
            guard at + 9 <= bytes.count, let length = Int(exactly: Self.long(bytes, at + 5)), length <= bytes.count - at - 9 else {
                isDamaged = true
                return
            }
            take(Int(Self.long(bytes, at + 1) & 0xFFFF), Array(bytes[(at + 9)..<(at + 9 + length)]))
            at += 9 + length + 2
        }
    }

    /// The numbers are those of 2.1.3.
    private mutating func take(_ number: Int, _ data: [UInt8]) {
        switch number {
        case 0x9007 where data.count >= 4: charset = data.withUnsafeBytes { MAPICodePage.label(Int(Self.long($0, 0))) }
        case 0x8004: subject = data
        case 0x800C: text = data
        case 0x9003: properties = TNEFProperties.read(data, charset)
        case 0x9004: recipients = TNEFProperties.rows(data, charset)
        case 0x9002 where attachments.count < Self.mostAttachments: attachments.append(Attachment())
        case 0x8010: edit { $0.title = data }
        case 0x800F: edit { $0.bytes = data }
        case 0x9005:
            let found = TNEFProperties.read(data, charset)
            edit { $0.properties = found }
        default: break
        }
    }

    private mutating func edit(_ change: (inout Attachment) -> Void) {
        if let last = attachments.indices.last { change(&attachments[last]) }
    }

    private static func long(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
}
