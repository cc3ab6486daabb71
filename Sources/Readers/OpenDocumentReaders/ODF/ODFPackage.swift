// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree
import ZipArchive

/// An OpenDocument file: a ZIP package (ODF 1.3 part 2), or everything in one XML document (flat, part 3, 3.1.2).
final class ODFPackage {
    private let file: ZipFile?
    /// The one XML document of a flat file.
    private let flat: XMLTree?
    private let limits: ReadLimits

    init(_ source: Source, limits: ReadLimits, diagnostics: inout Diagnostics) throws(ReadError) {
        guard !source.bytes.isEmpty else { throw .malformed("the file is empty") }
        self.limits = limits
        guard !Self.beginsAsMarkup(source.bytes) else {
            file = nil
            flat = try Self.tree(Array(source.bytes), "the document", limits, &diagnostics)
            return
        }
        flat = nil
        let file: ZipFile
        do {
            // Members of a package are parts; far more of them than of archives is normal.
            file = try ZipFile(source.bytes, limits: ZipLimits(
                members: max(limits.members, 10_000), unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio))
        } catch { throw ReadError(error) }
        self.file = file
        if file.isSalvaged { diagnostics.report("zip-directory-salvaged", "the ZIP directory is damaged; parts were found by their own headers") }
        if file.duplicates > 0 { diagnostics.report("zip-duplicate-names", "parts share a name; the first one was read") }
        // Part 2, 4.8: an encrypted part says so in the manifest, or the one part that is the whole package.
        if let manifest = optionalBytes("META-INF/manifest.xml", &diagnostics) {
            let isEncrypted = manifest.withUnsafeBytes { ByteSearch.first(Array("encryption-data".utf8), in: $0) != nil }
            if isEncrypted { throw .encrypted("the package is protected by a password") }
        }
    }

    /// Markup begins with a bracket, white space or the mark of an encoding; a package may have anything before it.
    private static func beginsAsMarkup(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.first.map { [UInt8(ascii: "<"), 0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xFE, 0xFF, 0].contains($0) } ?? false
    }

    var isFlat: Bool { flat != nil }

    func has(_ part: String) -> Bool { file?.entry(named: part) != nil }

    /// The names of all parts in a folder, without its own.
    func parts(inFolder folder: String) -> [String] {
        (file?.entries ?? []).lazy.map(\.name).filter { $0.hasPrefix(folder + "/") && $0.utf8.last != UInt8(ascii: "/") }
            .prefix(10_000).map { String($0.dropFirst(folder.count + 1)) }
    }

    /// A part's bytes; nil when the package has no such part.
    func bytes(_ part: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        guard let file, let entry = file.entry(named: part) else { return nil }
        let contents: ZipContents
        do { contents = try file.contents(of: entry) } catch { throw ReadError(error) }
        if let fault = contents.fault { Self.report(fault, part, &diagnostics) }
        return contents.bytes
    }

    /// A part piece by piece; nil when the package has no such part.
    func pieces(_ part: String) throws(ReadError) -> ODFPieces? {
        guard let file, let entry = file.entry(named: part) else { return nil }
        do { return ODFPieces(try file.stream(entry), part: part) } catch { throw ReadError(error) }
    }

    static func report(_ fault: ZipContents.Fault, _ part: String, _ diagnostics: inout Diagnostics) {
        switch fault {
        case .checksum: diagnostics.report("zip-checksum", "a part's checksum is wrong; its text may be damaged", at: part)
        case .cut: diagnostics.report("zip-member-cut", "a part ends early; what follows is lost", at: part)
        }
    }

    func optionalBytes(_ part: String, _ diagnostics: inout Diagnostics) -> [UInt8]? {
        do { return try bytes(part, &diagnostics) } catch {
            diagnostics.report("part-unreadable", "a part could not be read", at: part)
            return nil
        }
    }

    /// A part as a tree; in a flat file the document itself, whatever the part.
    func tree(_ part: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> XMLTree? {
        if let flat { return flat }
        guard let bytes = try bytes(part, &diagnostics) else { return nil }
        return try Self.tree(bytes, part, limits, &diagnostics)
    }

    /// A part the document can do without: its faults are diagnostics.
    func optionalTree(_ part: String, _ diagnostics: inout Diagnostics) -> XMLTree? {
        do { return try tree(part, &diagnostics) } catch {
            diagnostics.report("part-unreadable", "a part could not be read", at: part)
            return nil
        }
    }

    private static func tree(_ bytes: [UInt8], _ part: String, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) throws(ReadError) -> XMLTree {
        do {
            let tree = try XMLTree(bytes, vocabulary: ODFName.vocabulary, limits: XMLLimits(depth: limits.xmlDepth))
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
}
