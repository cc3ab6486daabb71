// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree
import ZipArchive

/// The files of a book (OCF 3.3): by path, unpacked once; which of them are encrypted; where the package document is.
final class EPUBContainer {
    private let file: ZipFile
    private let limits: ReadLimits
    private var encrypted: Set<String> = []
    var diagnostics: Diagnostics

    init(_ source: Source, _ limits: ReadLimits, _ diagnostics: Diagnostics) throws(ReadError) {
        guard !source.bytes.isEmpty else { throw .malformed("the file is empty") }
        do throws(ZipError) {
            file = try ZipFile(source.bytes, limits: ZipLimits(
                members: max(limits.members, 10_000), unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio))
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed(reason)
            case .encrypted(let reason): throw .encrypted(reason)
            case .unsupported(let reason): throw .unsupported(reason)
            case .limit(let reason): throw .limit(reason)
            }
        }
        self.limits = limits
        self.diagnostics = diagnostics
        if file.isSalvaged { report("zip-directory-salvaged", "the ZIP directory is damaged; files were found by their own headers") }
        if file.duplicates > 0 { report("zip-duplicate-names", "files share a name; the first one was read") }
        readEncryption()
    }

    func report(_ code: String, _ message: String, at location: String? = nil) { diagnostics.report(code, message, at: location) }

    func has(_ path: String) -> Bool { file.entry(named: path) != nil }

    /// Paths of all files, in the order of the archive.
    var paths: [String] { file.entries.filter { !$0.isDirectory }.map(\.name) }

    /// An encrypted font is none: fonts are obfuscated against copying in books that are otherwise free.
    func isEncrypted(_ path: String) -> Bool { encrypted.contains(path) }

    /// A file's bytes; nil, and reported, when it is missing, encrypted or cannot be unpacked.
    func bytes(_ path: String) throws(ReadError) -> [UInt8]? {
        guard let entry = file.entry(named: path) else {
            report("epub-file-missing", "files that the book names are not in it", at: path)
            return nil
        }
        guard !isEncrypted(path) else {
            report("epub-file-encrypted", "files of the book are encrypted", at: path)
            return nil
        }
        do throws(ZipError) {
            let contents = try file.contents(of: entry)
            switch contents.fault {
            case .checksum: report("zip-checksum", "a file's checksum is wrong; its text may be damaged", at: path)
            case .cut: report("zip-member-cut", "a file ends early; what follows is lost", at: path)
            case nil: break
            }
            return contents.bytes
        } catch {
            switch error {
            case .limit(let reason): throw .limit(reason)
            case .malformed, .encrypted, .unsupported:
                report("epub-file-unreadable", "files of the book cannot be unpacked", at: path)
                return nil
            }
        }
    }

    /// A file as a tree; nil, and reported, when it cannot be read.
    func tree(_ path: String) throws(ReadError) -> XMLTree? {
        guard let bytes = try bytes(path) else { return nil }
        do throws(XMLError) {
            let tree = try XMLTree(bytes, vocabulary: XMLLocalName.vocabulary, limits: XMLLimits(depth: limits.xmlDepth))
            if let fault = tree.fault { report("xml-damaged", "\(path) \(fault)", at: path) }
            return tree
        } catch {
            report("epub-file-unreadable", "files of the book are no XML", at: path)
            return nil
        }
    }

    /// The package document that `META-INF/container.xml` names, else any that looks like one.
    func packagePath() throws(ReadError) -> String? {
        if has("META-INF/container.xml"), let tree = try tree("META-INF/container.xml") {
            let named = tree.withRoot { root in
                root.below(["rootfile"]).compactMap { $0.plainAttribute("full-path") }
            }
            if let path = named.first(where: has) { return path }
        }
        report("epub-container-missing", "the book does not say where its package document is")
        return paths.first { $0.lowercased().hasSuffix(".opf") }
    }

    private func readEncryption() {
        guard has("META-INF/encryption.xml"), let tree = try? tree("META-INF/encryption.xml") else { return }
        let free = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]
        tree.withRoot { root in
            for item in root.below(["EncryptedData"]) {
                let method = item.below(["EncryptionMethod"]).first?.plainAttribute("Algorithm") ?? ""
                guard !free.contains(method) else { continue }
                for reference in item.below(["CipherReference"]) {
                    if let path = reference.plainAttribute("URI") { encrypted.insert(WebAddress.percentDecoded(path)) }
                }
            }
        }
    }
}
