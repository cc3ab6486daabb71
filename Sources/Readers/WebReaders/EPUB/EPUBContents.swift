// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// What the table of contents calls each chapter: EPUB 3's navigation document, else EPUB 2's NCX (OPF 2.0.1, 2.4.1).
struct EPUBContents {
    struct Entry {
        let label: String
        /// 1 for the topmost.
        let level: Int
    }

    /// By path; only of chapters that an entry as a whole is about.
    private(set) var titles: [String: Entry] = [:]
    private var mentions: [String: Int] = [:]
    private static let deepest = 16

    init(_ container: EPUBContainer, _ package: EPUBPackage) throws(ReadError) {
        if let path = package.navigationPath, container.has(path), let tree = try container.tree(path) {
            tree.withRoot { root in
                let all = root.below(["nav"])
                let toc = all.first { $0.plainAttribute("type")?.contains("toc") == true } ?? all.first
                for list in toc?.children.filter({ $0.localName == "ol" }) ?? [] { readList(list, path, 1) }
            }
        } else if let path = package.ncxPath, container.has(path), let tree = try container.tree(path) {
            tree.withRoot { readPoints($0.firstOrEmpty(named: "navMap"), path, 1) }
        }
        // A file with several entries begins wherever the first of them does, not as a whole.
        titles = titles.filter { mentions[$0.key] == 1 || $0.value.level > 0 }.mapValues { Entry(label: $0.label, level: abs($0.level)) }
    }

    private mutating func readList(_ list: XMLElement, _ base: String, _ level: Int) {
        guard level <= Self.deepest else { return }
        for item in list.children where item.localName == "li" {
            for part in item.children {
                switch part.localName {
                case "a": note(part.text, part.plainAttribute("href"), base, level)
                case "ol": readList(part, base, level + 1)
                default: continue
                }
            }
        }
    }

    private mutating func readPoints(_ parent: XMLElement, _ base: String, _ level: Int) {
        guard level <= Self.deepest else { return }
        for point in parent.children where point.localName == "navPoint" {
            let label = point.firstOrEmpty(named: "navLabel").text
            note(label, point.firstOrEmpty(named: "content").plainAttribute("src"), base, level)
            readPoints(point, base, level + 1)
        }
    }

    private mutating func note(_ label: String, _ address: String?, _ base: String, _ level: Int) {
        let label = label.collapsed
        guard let address, !label.isEmpty else { return }
        let path = EPUBPackage.path(address, from: base)
        mentions[path, default: 0] += 1
        let isWhole = !address.contains("#")
        // Entries for places within a file count as long as they are its only one; see the end of `init`.
        if titles[path] == nil { titles[path] = Entry(label: label, level: isWhole ? level : -level) }
    }
}
