// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Documents within an office document: gathered while its text is read, and read behind it, each once.
///
/// Depth, members and bytes are bounded by the budget that all members of a document share.
package final class EmbeddedObjects {
    private struct Object {
        var name: String
        var loss: String
        var bytes: () -> [UInt8]?
    }

    private let members: any MemberReading
    private var waiting: [Object] = []
    private var seen: Set<String> = []
    private static let most = 10_000

    package init(_ members: any MemberReading) { self.members = members }

    /// Names for the document's own pictures and notes, none of which a member takes again.
    package var names: MediaNames { members.names }

    /// Takes an object for later.
    /// - Parameters:
    ///   - place: Where it lies, so that one that is shown twice is read once.
    ///   - loss: What to report when it cannot be read.
    ///   - bytes: Gives the object; asked for when it is its turn. nil when it is not there.
    package func add(_ name: String, at place: String, loss: String, _ bytes: @escaping () -> [UInt8]?) {
        guard seen.count < Self.most, seen.insert(place).inserted else { return }
        waiting.append(Object(name: name, loss: loss, bytes: bytes))
    }

    /// Reads what was taken since the last call, each object below a heading with its name.
    package func send(to sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(SinkError) {
        let objects = waiting
        waiting = []
        for object in objects {
            guard let bytes = object.bytes(), !bytes.isEmpty else {
                diagnostics.report("object-embedded", object.loss)
                continue
            }
            var losses = Diagnostics()
            var result = Result<MemberOutcome, SinkError>.success(.read)
            bytes.withUnsafeBytes { bytes in
                result = Result { () throws(SinkError) in
                    try members.read(Member(name: object.name, bytes: bytes), .headed(level: 2), into: sink, diagnostics: &losses)
                }
            }
            switch try result.get() {
            case .read: for loss in losses.items { diagnostics.add(loss) }
            case .left(let error): diagnostics.report("object-embedded", "\(object.loss): \(error.reason)")
            }
        }
    }
}
