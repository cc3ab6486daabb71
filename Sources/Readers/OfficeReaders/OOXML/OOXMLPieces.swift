// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree
import ZipArchive

/// A large XML part in pieces that each end before a tag, so that a tokenizer may take them one by one.
///
/// A part of a few MiB is one piece; of a larger one two or three pieces of 256 KiB are in memory.
final class OOXMLPieces {
    private var whole: [UInt8]?
    private var stream: ZipStream?
    private var waiting: [UInt8] = []
    private let part: String
    private static let mostWhole = 16 << 20
    /// A text longer than this is no spreadsheet's.
    private static let longestPiece = 64 << 20

    /// nil when the package has no such part.
    init?(_ part: String, in package: OOXMLPackage, _ diagnostics: inout Diagnostics) throws(ReadError) {
        self.part = part
        guard let entry = package.entry(part) else { return nil }
        if let size = entry.unpackedSize, size <= Self.mostWhole {
            guard let bytes = try package.bytes(part, &diagnostics) else { return nil }
            whole = try Self.utf8(bytes, part)
        } else {
            do { stream = try package.stream(entry) } catch { throw ReadError(error) }
        }
    }

    /// The bytes of a part that is one piece.
    var all: [UInt8]? { whole }

    /// The next piece; nil at the end.
    func next(_ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        if let whole {
            self.whole = nil
            return whole
        }
        guard let stream else { return nil }
        do {
            while true {
                let known = max(1, waiting.count)
                guard try stream.read(into: &waiting) else { break }
                guard waiting.count > known, let end = waiting[known...].lastIndex(of: UInt8(ascii: "<")) else {
                    if waiting.count > Self.longestPiece { break }
                    continue
                }
                let piece = Array(waiting[..<end])
                waiting.removeSubrange(..<end)
                return piece
            }
        } catch { throw ReadError(error) }
        if let fault = stream.fault { OOXMLPackage.report(fault, part, &diagnostics) }
        self.stream = nil
        let last = waiting
        waiting = []
        return last.isEmpty ? nil : last
    }

    /// Other encodings and DOCTYPE go through the full parser, which gives UTF-8 again.
    private static func utf8(_ bytes: [UInt8], _ part: String) throws(ReadError) -> [UInt8] {
        let needsParser = bytes.withUnsafeBufferPointer { buffer in
            // UTF-16 and UTF-32, marked or not.
            guard buffer.count > 1, buffer[0] < 0xFE, buffer[0] != 0, buffer[1] != 0 else { return true }
            var tokens = XMLTokenizer(buffer)
            // The declaration and a DOCTYPE come before the first element.
            return tokens.next() == .needsParser
        }
        guard needsParser else { return bytes }
        let copy = XMLCopy()
        var failure: XMLError?
        bytes.withUnsafeBytes { buffer in
            do throws(XMLError) { _ = try XMLParser.parse(buffer, into: copy) } catch { failure = error }
        }
        switch failure {
        case .malformed(let reason)?: throw .malformed("\(part) \(reason)")
        case .limit(let reason)?: throw .limit("\(part) \(reason)")
        case .depth(let reason)?: throw .xmlDepth("\(part) \(reason)")
        case nil: return copy.bytes
        }
    }
}

/// Writes what a parser reads as plain UTF-8 XML again.
private final class XMLCopy: XMLHandler {
    private(set) var bytes: [UInt8] = []

    func start(_ name: String, namespace: String?, attributes: [XMLAttribute]) {
        bytes.append(contentsOf: "<\(name)".utf8)
        for attribute in attributes {
            bytes.append(contentsOf: " \(attribute.name)=\"".utf8)
            escape(attribute.value.utf8)
            bytes.append(UInt8(ascii: "\""))
        }
        bytes.append(UInt8(ascii: ">"))
    }

    func text(_ text: UnsafeBufferPointer<UInt8>) { escape(text) }

    func end(_ name: String) { bytes.append(contentsOf: "</\(name)>".utf8) }

    private func escape(_ text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
