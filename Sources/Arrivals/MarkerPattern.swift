// SPDX-License-Identifier: Apache-2.0
import FileAccess
package import SystemPackage

/// The name of the file that says that another one is complete: `{name}.done` stands beside `report.pdf` as
/// `report.pdf.done`, `{stem}.ready` as `report.ready`. Matched on bytes, as they are.
package struct MarkerPattern: Sendable, Equatable, CustomStringConvertible {
    private enum Part: String, CaseIterable { case name = "{name}", stem = "{stem}" }

    package let description: String
    private let part: Part
    private let before: [UInt8]
    private let after: [UInt8]

    /// nil unless `{name}` or `{stem}` is in it once, with something around it, and no slash.
    package init?(_ text: String) {
        guard !text.utf8.contains(UInt8(ascii: "/")) else { return nil }
        let found = Part.allCases.flatMap { part in text.ranges(of: part.rawValue).map { (part, $0) } }
        guard found.count == 1, let (part, range) = found.first else { return nil }
        description = text
        self.part = part
        before = Array(text[..<range.lowerBound].utf8)
        after = Array(text[range.upperBound...].utf8)
        if before.isEmpty && after.isEmpty { return nil }
    }

    package func isMarker(_ path: FilePath) -> Bool { inner(path) != nil }

    /// The marker of a file, in the same folder.
    package func marker(for path: FilePath) -> FilePath {
        let name = path.lastName
        var stem = name[...]
        if part == .stem, let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 { stem = name[..<dot] }
        return path.sibling(before + stem + after)
    }

    /// The file of a marker, where the marker's name says it: `{stem}` leaves the extension open.
    package func file(for marker: FilePath) -> FilePath? {
        guard part == .name, let name = inner(marker) else { return nil }
        return marker.sibling(Array(name))
    }

    private func inner(_ path: FilePath) -> ArraySlice<UInt8>? {
        let name = path.lastName
        guard name.count > before.count + after.count, name.starts(with: before), name.suffix(after.count) == after[...] else { return nil }
        return name[before.count..<(name.count - after.count)]
    }
}

extension FilePath {
    var lastName: [UInt8] { lastComponent.map { FilePath(root: nil, [$0]).bytes } ?? [] }

    /// Another name in the same folder.
    func sibling(_ name: [UInt8]) -> FilePath { removingLastComponent().appending(FilePath(bytes: name).components) }
}
