// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// The pages of a drawing in their order ([MS-VSDX] 2.2.3.7): names and parts.
struct VSDXPages {
    struct Entry {
        var name: String
        var part: String
    }

    private(set) var all: [Entry] = []
    private let package: OOXMLPackage

    init(_ package: OOXMLPackage, _ diagnostics: inout Diagnostics) {
        self.package = package
        let main = package.part("document", of: "", &diagnostics) ?? "visio/document.xml"
        let list = package.part("pages", of: main, &diagnostics) ?? "visio/pages/pages.xml"
        let links = package.relationships(of: list, &diagnostics)
        var found: [Entry] = []
        if let tree = tree(list, ReadLimits(), &diagnostics) {
            tree.withRoot { root in
                for page in root.children where page.visio == .Page {
                    let id = page.children.first { $0.visio == .Rel }?.value(of: .r_id) ?? ""
                    guard let link = links[id], !link.isExternal, package.has(link.target) else {
                        diagnostics.report("page-missing", "a page's part is not in the package")
                        continue
                    }
                    found.append(Entry(name: page.value(of: .n_Name) ?? "", part: link.target))
                }
            }
        }
        if found.isEmpty { found = (1...1_000).map { "visio/pages/page\($0).xml" }.prefix { package.has($0) }.map { Entry(name: "", part: $0) } }
        all = found
    }

    /// A part as a tree; nil, and a diagnostic, where it cannot be read.
    func tree(_ part: String, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) -> XMLTree? {
        do {
            guard let bytes = try package.bytes(part, &diagnostics) else { return nil }
            let tree = try XMLTree(bytes, vocabulary: VSDXName.vocabulary, limits: XMLLimits(depth: limits.xmlDepth))
            if let fault = tree.fault { diagnostics.report("xml-damaged", "\(part) \(fault)", at: part) }
            return tree
        } catch {
            diagnostics.report("part-unreadable", "a part could not be read", at: part)
            return nil
        }
    }
}
