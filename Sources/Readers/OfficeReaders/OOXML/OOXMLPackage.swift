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
    /// Parts of one package spell names alike; relationships have a default namespace, other parts have not.
    private var spellings = XMLSpellings(OOXMLName.vocabulary)
    private var relationSpellings = XMLSpellings(OOXMLName.vocabulary)

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

    /// The parts whose names differ in a number only, `ppt/slides/slide7.xml`, in its order.
    func numberedParts(_ start: String, _ ending: String) -> [String] {
        var found: [(number: Int, name: String)] = []
        for name in file.entries.lazy.map(\.name) where name.hasPrefix(start) && name.hasSuffix(ending) {
            if let number = Int(name.dropFirst(start.count).dropLast(ending.count)) { found.append((number, name)) }
        }
        return found.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map(\.name)
    }

    /// A part's bytes; nil when the package has no such part.
    func bytes(_ part: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        guard let entry = file.entry(named: part) else { return nil }
        let contents: ZipContents
        do { contents = try file.contents(of: entry) } catch { throw ReadError(error) }
        if let fault = contents.fault { Self.report(fault, part, &diagnostics) }
        return contents.bytes
    }

    static func report(_ fault: ZipContents.Fault, _ part: String, _ diagnostics: inout Diagnostics) {
        switch fault {
        case .checksum: diagnostics.report("zip-checksum", "a part's checksum is wrong; its text may be damaged", at: part)
        case .cut: diagnostics.report("zip-member-cut", "a part ends early; what follows is lost", at: part)
        }
    }

    /// The beginning of a part that is longer, and how long the part is.
    func beginning(of part: String, _ count: Int) -> (bytes: [UInt8], size: Int)? {
        guard let entry = file.entry(named: part), let size = entry.unpackedSize, size > count else { return nil }
        return file.beginning(of: entry, count).map { ($0, size) }
    }

    func entry(_ part: String) -> ZipEntry? { file.entry(named: part) }

    func stream(_ entry: ZipEntry) throws(ZipError) -> ZipStream { try file.stream(entry) }

    /// A part as a tree; nil when the package has no such part.
    func tree(_ part: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> XMLTree? {
        guard let bytes = try bytes(part, &diagnostics) else { return nil }
        do {
            let limits = XMLLimits(depth: limits.xmlDepth)
            let tree = part.utf8.last == UInt8(ascii: "s")
                ? try XMLTree(bytes, spellings: &relationSpellings, limits: limits) : try XMLTree(bytes, spellings: &spellings, limits: limits)
            if let fault = tree.fault { diagnostics.report("xml-damaged", "\(part) \(fault)", at: part) }
            return tree
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed("\(part) \(reason)")
            case .limit(let reason): throw .limit("\(part) \(reason)")
            case .depth(let reason): throw .xmlDepth("\(part) \(reason)")
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
        let name = Self.lastName(part)
        let folder = String(part.utf8.dropLast(name.utf8.count)) ?? ""
        var found: [String: Relationship] = [:]
        optionalTree(folder + "_rels/" + name + ".rels", &diagnostics)?.withRoot { root in
            for child in root.children where child.known == .rel_Relationship {
                guard let id = child.attribute(.n_Id), let target = child.attribute(.n_Target) else { continue }
                let isExternal = child.attribute(.n_TargetMode) == "External"
                let type = child.attribute(.n_Type).map(Self.lastName) ?? ""
                found[id] = Relationship(type: type, target: isExternal ? target : Self.resolve(target, in: folder), isExternal: isExternal)
            }
        }
        links[part] = found
        return found
    }

    /// The first part that `part` refers to by this type: `styles`, `numbering`.
    func part(_ type: String, of part: String, _ diagnostics: inout Diagnostics) -> String? {
        var found: (id: String, target: String)?
        for (id, link) in relationships(of: part, &diagnostics) where link.type == type && !link.isExternal {
            if let known = found, known.id < id { continue }
            found = (id, link.target)
        }
        return found?.target
    }

    /// Counts what a damaged package has lost of the parts that its main part takes texts, numbers and looks from.
    func reportLost(from main: String, _ diagnostics: inout Diagnostics) {
        guard file.isSalvaged else { return }
        let lost = relationships(of: main, &diagnostics).values.count { Self.texts.contains($0.type) && !$0.isExternal && !has($0.target) }
        if lost > 0 { diagnostics.report("part-missing", "parts are lost that texts, numbers or looks come from", count: lost) }
    }

    private static let texts: Set<String> = ["comments", "endnotes", "footer", "footnotes", "header", "numbering", "sharedStrings", "styles"]

    /// What follows the last slash.
    static func lastName(_ path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// RFC 3986 5.2.4, for the names of parts.
    static func resolve(_ target: String, in folder: String) -> String {
        let slash = UInt8(ascii: "/")
        var path: [UInt8] = target.utf8.first == slash ? [] : Array(folder.utf8)
        while path.last == slash { path.removeLast() }
        for piece in target.utf8.split(separator: slash) {
            if piece.elementsEqual(".".utf8) { continue }
            if piece.elementsEqual("..".utf8) {
                path.removeSubrange((path.lastIndex(of: slash) ?? 0)...)
                continue
            }
            if !path.isEmpty { path.append(slash) }
            path.append(contentsOf: piece)
        }
        return String(decoding: path, as: UTF8.self)
    }
}
