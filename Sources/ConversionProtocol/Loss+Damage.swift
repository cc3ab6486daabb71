// SPDX-License-Identifier: Apache-2.0

extension Loss {
    /// Whether it says that the document is damaged, so that more may be missing than the loss names; others are what a format has and the
    /// output cannot hold.
    public var isDamage: Bool { Self.damage.contains(code) }

    /// The code of every loss that is damage.
    package static let damage: Set<String> = [
        "archive-damaged", "archive-member-cut", "attachment-unreadable", "body-missing", "calendar-truncated", "compound-file-damaged", "contact-truncated",
        "epub-container-missing", "epub-file-missing", "epub-file-unreadable", "epub-spine-entry-lost", "epub-spine-missing",
        "field-unclosed", "file-damaged", "json-invalid", "mail-body-damaged", "mail-cut", "mail-encoding-damaged", "member-unreadable",
        "mhtml-cut", "msg-stream-cut", "number-damaged", "page-missing", "page-unreadable", "part-cut", "part-missing", "part-unreadable",
        "picture-truncated", "picture-unreadable", "recording-truncated", "rtf-cut", "sheet-list-lost", "sheet-unreadable",
        "slide-missing", "slide-order-lost", "string-missing", "text-missing", "text-undecodable", "tnef-cut", "xml-damaged",
        "xml-malformed", "zip-checksum", "zip-directory-salvaged", "zip-member-cut",
    ]
}

extension [Loss] {
    /// Damage first, else in their order.
    public var gravestFirst: [Loss] { filter(\.isDamage) + filter { !$0.isDamage } }
}
