// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import MIME

/// Bodies of nothing but fields: delivery reports (RFC 3464), receipts, returned headers. A paragraph for each group.
enum MailFields {
    static func blocks(_ text: [UInt8]) -> [Block] {
        text.withUnsafeBytes { bytes in
            var out: [Block] = []
            var rest = bytes
            while !rest.isEmpty, out.count < 1_000 {
                let headers = MIMEHeaders(rest)
                guard headers.bodyStart > 0 else { break }
                var inlines: [Inline] = []
                for field in headers.fields {
                    if !inlines.isEmpty { inlines.append(.lineBreak) }
                    inlines += [.strong([.text("\(name(field.name)):")]), .text(" \(EncodedWords.decoded(field.value))")]
                }
                if !inlines.isEmpty { out.append(.paragraph(inlines)) }
                rest = rest.from(headers.bodyStart)
            }
            return out
        }
    }

    /// `final-recipient` as `Final-Recipient`.
    private static func name(_ lower: String) -> String {
        lower.split(separator: "-", omittingEmptySubsequences: false).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }
}
