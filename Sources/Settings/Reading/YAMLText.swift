// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Yams

/// A YAML document as nodes with their places, or the reasons why it is none.
///
/// Duplicate keys do not end the reading: each gets a name that nobody can write, and the walk reports it with its path.
/// Limits: 1 MiB, and the nesting that libyaml allows (1,000); the walk itself goes no deeper than the known keys.
struct YAMLText {
    let root: Node?
    /// Names given to duplicate keys, and what they were.
    let duplicates: [String: String]

    static let mostBytes = 1 << 20
    private static let mostDuplicates = 32

    init(_ bytes: [UInt8], file: FilePath) throws(ConfigurationFaults) {
        func fail(_ line: Int, _ column: Int, _ problem: String) -> ConfigurationFaults {
            ConfigurationFaults(file, [ConfigurationFault(line: line, column: column, problem: problem)])
        }
        guard bytes.count <= Self.mostBytes else { throw fail(0, 0, "the file has \(bytes.count) bytes; at most \(Self.mostBytes) are read") }
        guard var text = String(validating: bytes, as: UTF8.self) else { throw fail(0, 0, "the file is not UTF-8 text") }
        if AliasScan(bytes).couldExplode { throw fail(0, 0, "the file uses aliases in keys; write the keys out") }
        var duplicates: [String: String] = [:]
        while true {
            do {
                root = try Parser(yaml: text, encoding: .utf8).singleRoot()
                self.duplicates = duplicates
                return
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                guard duplicates.count < Self.mostDuplicates, let name = names.first,
                    let masked = Self.mask(name, at: context.mark, number: duplicates.count, in: &text)
                else { throw fail(context.mark.line, context.mark.column, "the key is set twice in the same place") }
                duplicates[masked] = name
            } catch let error as YamlError {
                throw ConfigurationFaults(file, [Self.fault(of: error)])
            } catch { throw fail(0, 0, "the file cannot be read as YAML: \(error)") }
        }
    }

    /// Writes private characters over a key, as many as it has, so that every place stays where it is.
    private static func mask(_ name: String, at mark: Mark, number: Int, in text: inout String) -> String? {
        var scalars = text.unicodeScalars
        var place = scalars.startIndex
        for _ in 1..<max(1, mark.line) {
            guard let end = scalars[place...].firstIndex(of: "\n") else { return nil }
            place = scalars.index(after: end)
        }
        guard var start = scalars.index(place, offsetBy: mark.column - 1, limitedBy: scalars.endIndex), start < scalars.endIndex else { return nil }
        if scalars[start] == "\"" || scalars[start] == "'" { start = scalars.index(after: start) }
        let length = name.unicodeScalars.count
        guard length > 0, let end = scalars.index(start, offsetBy: length, limitedBy: scalars.endIndex),
            scalars[start..<end].elementsEqual(name.unicodeScalars), let sign = Unicode.Scalar(0xE100 + UInt32(number))
        else { return nil }
        let masked = String(String.UnicodeScalarView(repeatElement(sign, count: length)))
        scalars.replaceSubrange(start..<end, with: masked.unicodeScalars)
        text = String(scalars)
        return masked
    }

    private static func fault(of error: YamlError) -> ConfigurationFault {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _), .composer(let context, let problem, let mark, _):
            let doing = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
            return ConfigurationFault(line: mark.line, column: mark.column, problem: "this is not YAML: \(problem)\(doing)")
        case .reader(let problem, let offset, _, let text):
            let before = text.prefix(offset ?? 0)
            let line = before.count { $0.isNewline } + 1
            let column = (before.split(separator: "\n", omittingEmptySubsequences: false).last?.count ?? 0) + 1
            return ConfigurationFault(line: line, column: column, problem: "this is not YAML: \(problem)")
        default: return ConfigurationFault(problem: "this is not YAML: \(error)")
        }
    }
}

/// Whether a document has aliases and keys that are more than plain words: comparing such keys can take for ever.
private struct AliasScan {
    let couldExplode: Bool

    init(_ bytes: [UInt8]) {
        func at(_ place: Int) -> UInt8 { bytes.indices.contains(place) ? bytes[place] : 0x0A }
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
        func opens(_ byte: UInt8) -> Bool { isSpace(byte) || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: ",") }
        func isName(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        func colonFollows(_ place: Int) -> Bool {
            var next = place
            while next < bytes.count, isSpace(bytes[next]) { next += 1 }
            return at(next) == UInt8(ascii: ":")
        }
        var hasAlias = false
        var hasComplexKey = false
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "*") where opens(at(place - 1)) && isName(at(place + 1)):
                hasAlias = true
                var end = place + 1
                while isName(at(end)) { end += 1 }
                hasComplexKey = hasComplexKey || colonFollows(end)
            case UInt8(ascii: "?"): hasComplexKey = hasComplexKey || opens(at(place - 1)) && isSpace(at(place + 1))
            case UInt8(ascii: "]"), UInt8(ascii: "}"): hasComplexKey = hasComplexKey || colonFollows(place + 1)
            default: continue
            }
        }
        couldExplode = hasAlias && hasComplexKey
    }
}
