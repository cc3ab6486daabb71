// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree
import ZipArchive

/// An office package (ECMA-376 part 2): parts by name, and what each part refers to.
final class OOXMLPackage {
    struct Relationship {
        let type: String
        /// A part's name without leading slash, or an address when `isExternal`.
        let target: String
        let isExternal: Bool
    }

    private let file: ZipFile
    private let limits: ReadLimits
    private var links: [String: [String: Relationship]] = [:]
    private(set) var isIncomplete = false

    init(_ source: Source, limits: ReadLimits, diagnostics: inout Diagnostics) throws(ReadError) {
        if source.bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .encrypted("the package is protected by a password") }
        guard !source.bytes.isEmpty else { throw .malformed("the file is empty") }
        do {
            // Members of a package are parts; far more of them than of archives is normal.
            file = try ZipFile(source.bytes, limits: ZipLimits(
                members: max(limits.members, 10_000), unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio))
        } catch { throw ReadError(error) }
        self.limits = limits
        if file.isSalvaged { diagnostics.report("zip-directory-salvaged", "the ZIP directory is damaged; parts were found by their own headers") }
        if file.duplicates > 0 { diagnostics.report("zip-duplicate-names", "parts share a name; the first one was read") }
    }

    func has(_ part: String) -> Bool { file.entry(named: part) != nil }

    /// A part's bytes; nil when the package has no such part.
    func bytes(_ part: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        guard let entry = file.entry(named: part) else { return nil }
        let contents: ZipContents
        do { contents = try file.contents(of: entry) } catch { throw ReadError(error) }
        switch contents.fault {
        case .checksum: diagnostics.report("zip-checksum", "a part's checksum is wrong; its text may be damaged", at: part)
        case .cut: diagnostics.report("zip-member-cut", "a part ends early; what follows is lost", at: part)
        case nil: break
        }
        return contents.bytes
    }

    /// A part as a tree; nil when the package has no such part.
    func tree(_ part: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> XMLTree? {
        guard let bytes = try bytes(part, &diagnostics) else { return nil }
        do {
            let tree = try XMLTree(bytes, vocabulary: OOXMLName.vocabulary, limits: XMLLimits(depth: limits.xmlDepth))
            if let fault = tree.fault { diagnostics.report("xml-damaged", "\(part) \(fault)", at: part) }
            return tree
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed("\(part) \(reason)")
            case .limit(let reason): throw .limit("\(part) \(reason)")
            }
        }
    }

    /// A part the document can do without: its faults are diagnostics.
    func optionalTree(_ part: String?, _ diagnostics: inout Diagnostics) -> XMLTree? {
        guard let part else { return nil }
        do { return try tree(part, &diagnostics) } catch {
            diagnostics.report("part-unreadable", "a part could not be read", at: part)
            return nil
        }
    }

    func relationships(of part: String, _ diagnostics: inout Diagnostics) -> [String: Relationship] {
        if let known = links[part] { return known }
        let slash = part.lastIndex(of: "/")
        let folder = slash.map { String(part[...$0]) } ?? ""
        let name = slash.map { String(part[part.index(after: $0)...]) } ?? part
        var found: [String: Relationship] = [:]
        optionalTree(folder + "_rels/" + name + ".rels", &diagnostics)?.withRoot { root in
            for child in root.children where child.known == .rel_Relationship {
                guard let id = child.attribute(.n_Id), let target = child.attribute(.n_Target) else { continue }
                let isExternal = child.attribute(.n_TargetMode) == "External"
                let type = child.attribute(.n_Type)?.split(separator: "/").last.map(String.init) ?? ""
                found[id] = Relationship(type: type, target: isExternal ? target : Self.resolve(target, in: folder), isExternal: isExternal)
            }
        }
        links[part] = found
        return found
    }

    /// The first part that `part` refers to by this type: `styles`, `numbering`.
    func part(_ type: String, of part: String, _ diagnostics: inout Diagnostics) -> String? {
        relationships(of: part, &diagnostics).filter { $0.value.type == type && !$0.value.isExternal }.min { $0.key < $1.key }?.value.target
    }

    /// RFC 3986 5.2.4, for the names of parts.
    static func resolve(_ target: String, in folder: String) -> String {
        var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
        for piece in target.split(separator: "/") {
            switch piece {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(String(piece))
            }
        }
        return parts.joined(separator: "/")
    }
}

extension ReadError {
    init(_ error: ZipError) {
        switch error {
        case .malformed(let reason): self = .malformed(reason)
        case .encrypted(let reason): self = .encrypted(reason)
        case .unsupported(let reason): self = .unsupported(reason)
        case .limit(let reason): self = .limit(reason)
        }
    }
}
