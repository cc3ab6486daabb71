// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import WebReaders

extension Outline {
    static func of(html: String, limits: ReadLimits = ReadLimits()) throws -> String {
        try read(Array(html.utf8), HTMLReader(), limits: limits).document.blocks.map(block).joined(separator: "\n")
    }

    static func codes(html: String) throws -> [String] {
        try read(Array(html.utf8), HTMLReader()).diagnostics.items.map(\.code)
    }
}
