// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
package import SystemPackage

/// A path in a record, whatever its bytes: Base64 (RFC 4648, section 4). Records of earlier versions list the bytes as numbers.
package struct RecordedPath: Hashable, Sendable, Codable {
    package let path: FilePath

    package init(_ path: FilePath) { self.path = path }

    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        path = FilePath(bytes: try (try? value.decode(Data.self)).map { [UInt8]($0) } ?? value.decode([UInt8].self))
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(Data(path.bytes))
    }
}
