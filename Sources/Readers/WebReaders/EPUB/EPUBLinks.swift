// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Where the links of a book lead, found before the first chapter is read: all chapters become one text, so a place that is
/// linked to needs a name of its own in it, and a chapter alone does not know who links to it.
struct EPUBLinks {
    /// By the chapter's path, then by the place's `id`; an empty `id` is the chapter's beginning.
    private(set) var targets: [String: HTMLTargets] = [:]
    private var taken: Set<String> = []
    private var noteCount = 0
    private static let most = 100_000

    /// `chapters` by path, in reading order.
    init(_ chapters: [(path: String, bytes: [UInt8])]) {
        var noteReferences: [(path: String, name: String)] = []
        let pages = Set(chapters.map(\.path))
        var count = 0
        for (path, bytes) in chapters {
            bytes.withUnsafeBufferPointer { page in
                HTMLLinkScan(page).links(onlyWithin: false) { address, isNote in
                    guard address.count < 1_000, count < Self.most, let place = Self.place(address, from: path), pages.contains(place.path) else { return }
                    count += 1
                    if isNote, !place.name.isEmpty { noteReferences.append(place) } else { add(place) }
                }
            }
        }
        guard !noteReferences.isEmpty else { return }
        var named: [String: Set<String>] = [:]
        for (path, bytes) in chapters where noteReferences.contains(where: { $0.path == path }) {
            var names: Set<String> = []
            bytes.withUnsafeBufferPointer { HTMLLinkScan($0).names { names.insert($0.string) } }
            named[path] = names
        }
        for place in noteReferences {
            guard named[place.path]?.contains(place.name) == true else {
                add(place)
                continue
            }
            guard targets[place.path]?.notes[place.name] == nil else { continue }
            noteCount += 1
            targets[place.path, default: HTMLTargets()].notes[place.name] = NoteID("\(noteCount)")
        }
    }

    func anchor(_ path: String, _ name: String) -> String? { targets[path]?.anchors[name] }
    func note(_ path: String, _ name: String) -> NoteID? { targets[path]?.notes[name] }

    private mutating func add(_ place: (path: String, name: String)) {
        guard targets[place.path]?.anchors[place.name] == nil else { return }
        let file = place.path.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
        let wanted = place.name.isEmpty ? String(file) : place.name
        // The same name in several chapters: the chapter's own name goes before it.
        var name = wanted
        var copy = 1
        while !taken.insert(name).inserted {
            name = copy == 1 ? "\(file)-\(wanted)" : "\(file)-\(wanted)-\(copy)"
            copy += 1
            guard copy < 1_000 else { return }
        }
        targets[place.path, default: HTMLTargets()].anchors[place.name] = name
    }

    /// The file and the `id` an address means; nil when it leads out of the book.
    private static func place(_ address: ByteSlice, from path: String) -> (path: String, name: String)? {
        let head = address.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "#") }
        guard !head.contains(UInt8(ascii: ":")) else { return nil }
        let written = address.string
        let (file, fragment) = WebAddress.split(written)
        return (file.isEmpty ? path : EPUBPackage.path(file, from: path), WebAddress.percentDecoded(fragment ?? ""))
    }
}
