// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// The members of a container that are in the output by name only: `logo.bin (12 kB): content is binary data`.
package struct MemberListing {
    private var items: [ListItem] = []
    private var more = 0
    /// Names kept; what comes behind them is counted.
    private static let most = 1_000

    package init() {}

    package var isEmpty: Bool { items.isEmpty }

    package mutating func add(_ name: String, bytes: Int?, reason: String) {
        guard items.count < Self.most else {
            more += 1
            return
        }
        let size = bytes.map { " (\(ByteQuantity.text($0)))" } ?? ""
        items.append(ListItem([.paragraph([.code(name), .text("\(size): \(reason)")])]))
    }

    /// A heading and a list; nothing when every member was read.
    package func send(under heading: Label, in language: LabelLanguage, level: Int, to sink: any DocumentSink) throws(SinkError) {
        guard !items.isEmpty else { return }
        let rest = more > 0 ? [ListItem([.paragraph([.text("\(more) \(Label.more.text(in: language))")])])] : []
        try sink.append(.heading(level: level, [.text(heading.text(in: language))]))
        try sink.append(.list(List(.bullet, items: items + rest)))
    }
}
