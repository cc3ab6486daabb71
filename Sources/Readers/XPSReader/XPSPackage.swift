// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree
import ZipArchive

/// The parts of an XPS package (ECMA-376 part 2): by their names, in any case, in one piece or in several.
final class XPSPackage {
    static let vocabulary = XMLVocabulary([])

    private(set) var losses = Diagnostics()
    private let file: ZipFile
    private let limits: ReadLimits
    private var entries: [String: [ZipEntry]] = [:]
    private var unpacked = 0

    init(_ bytes: UnsafeRawBufferPointer, _ limits: ReadLimits) throws(ReadError) {
        self.limits = limits
        do throws(ZipError) {
            file = try ZipFile(bytes, limits: ZipLimits(unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio))
        } catch {
            throw ReadError(error)
        }
        if file.isSalvaged { losses.report("zip-directory-salvaged", "the package's directory is damaged; its parts were found one by one") }
        for entry in file.entries {
            let name = entry.name.lowercased().replacing("\\", with: "/")
            // Pieces of one part: NAME/[0].piece … NAME/[9].last.piece.
            if name.hasSuffix(".piece"), let slash = name.lastIndex(of: "/") { entries[String(name[..<slash]), default: []].append(entry) } else { entries[name] = [entry] }
        }
        for (name, pieces) in entries where pieces.count > 1 { entries[name] = pieces.sorted { Self.number($0) < Self.number($1) } }
    }

    private static func number(_ entry: ZipEntry) -> Int {
        let last = entry.name.split(separator: "/").last ?? ""
        return Int(last.drop { $0 == "[" }.prefix { $0.isNumber }) ?? 0
    }

    /// A part's bytes; nil when the package has none of that name.
    func bytes(_ name: String) throws(ReadError) -> [UInt8]? {
        guard let pieces = entries[name.lowercased()] else { return nil }
        var out: [UInt8] = []
        for piece in pieces {
            do throws(ZipError) {
                let contents = try file.contents(of: piece)
                if contents.fault != nil { losses.report("zip-member-cut", "a part of the package is damaged; text may be lost") }
                unpacked += contents.bytes.count
                out += contents.bytes
            } catch {
                throw ReadError(error)
            }
            guard unpacked <= limits.unpackedBytes else { throw .limit("the package unpacks to more than \(limits.unpackedBytes >> 20) MiB") }
        }
        return out
    }

    /// A part's tree; nil when it is missing or nothing of it can be read.
    func tree(_ name: String) throws(ReadError) -> XMLTree? {
        guard let bytes = try self.bytes(name) else { return nil }
        do throws(XMLError) {
            let tree = try XMLTree(bytes, vocabulary: Self.vocabulary, limits: XMLLimits(depth: limits.xmlDepth))
            if let fault = tree.fault { losses.report("xml-damaged", "a part of the package \(fault)", at: name) }
            return tree
        } catch {
            switch error {
            case .depth: throw .xmlDepth("elements nested more than \(limits.xmlDepth) deep")
            case .limit(let reason): throw .limit("a part of the package \(reason)")
            case .malformed: return nil
            }
        }
    }

    // MARK: What the parts say of each other

    /// The names of the pages in their order: sequence ▶ documents ▶ pages (ECMA-388, clause 9).
    func pages() throws(ReadError) -> [String] {
        guard let sequence = entries.keys.filter({ $0.hasSuffix(".fdseq") }).min() else { throw .malformed("it has no sequence of documents") }
        var names: [String] = []
        for document in try sources("DocumentReference", in: sequence) {
            for page in try sources("PageContent", in: document) where names.count < 100_000 { names.append(page) }
        }
        guard names.isEmpty else { return names }
        // The parts that name the pages are lost.
        let found = entries.keys.filter { $0.hasSuffix(".fpage") }
        if !found.isEmpty { losses.report("part-missing", "the order of the pages is lost; they stand by their numbers") }
        return found.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }

    private func sources(_ element: String, in part: String) throws(ReadError) -> [String] {
        guard let tree = try self.tree(part) else { return [] }
        return tree.withRoot { root in
            root.children.filter { $0.plainName == element }.compactMap { $0.plain("Source") }.map { Self.resolve($0, from: part) }
        }
    }

    func metadata() -> Metadata {
        var metadata = Metadata()
        guard let name = entries.keys.first(where: { $0.hasSuffix("coreproperties.xml") || $0.hasSuffix("core.xml") || $0.hasSuffix(".psmdcp") }), let tree = try? self.tree(name) else {
            // Few packages have any.
            return metadata
        }
        tree.withRoot { root in
            let names = ["title": "title", "creator": "author", "subject": "subject", "keywords": "keywords", "description": "description", "created": "created", "modified": "modified"]
            for fact in root.children { if let name = names[fact.plainName] { metadata.add(name, fact.text) } }
        }
        return metadata
    }

    /// A part's name, from what another part writes.
    static func resolve(_ address: String, from part: String) -> String {
        var steps: [Substring] = address.hasPrefix("/") ? [] : part.split(separator: "/").dropLast()
        for step in address.split(separator: "/") {
            switch step {
            case ".": continue
            case "..": _ = steps.popLast()
            default: steps.append(step)
            }
        }
        return steps.joined(separator: "/")
    }
}

extension XMLElement {
    /// The name without its prefix.
    var plainName: String { name.split(separator: ":").last.map(String.init) ?? "" }

    func plain(_ name: String) -> String? { attributes.first { $0.name == name || $0.name.hasSuffix(":" + name) }?.value }
}
