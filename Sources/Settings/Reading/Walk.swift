// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import Yams

/// The way through a document: collects what is wrong and knows what paths are relative to.
struct Walk {
    /// The configuration file's folder.
    let base: FilePath
    let duplicates: [String: String]
    private(set) var faults: [ConfigurationFault] = []

    init(base: FilePath, duplicates: [String: String] = [:]) {
        self.base = base
        self.duplicates = duplicates
    }

    mutating func fault(_ place: Place, _ problem: String) {
        faults.append(ConfigurationFault(line: place.line, column: place.column, path: place.path, problem: problem))
    }
}

/// One node and the key path that leads to it.
struct Place {
    let node: Node
    let path: String

    var line: Int { node.mark?.line ?? 0 }
    var column: Int { node.mark?.column ?? 0 }

    /// nil: a list or a mapping.
    var text: String? { if case .scalar(let scalar) = node { scalar.string } else { nil } }

    /// Nothing was written behind the key, or `null`.
    var isNothing: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// As faults show it.
    var shown: String {
        switch node {
        case .scalar(let scalar): isNothing ? "nothing" : "\"\(scalar.string.count > 80 ? scalar.string.prefix(80) + "…" : scalar.string[...])\""
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .alias: "an alias"
        }
    }

    func inside(_ node: Node, _ step: String) -> Place { Place(node: node, path: path.isEmpty ? step : step.hasPrefix("[") ? path + step : "\(path).\(step)") }

    /// The places of a list's elements; a fault when it is none. Nothing is an empty list.
    func elements(_ walk: inout Walk, expected: String) -> [Place]? {
        if isNothing { return [] }
        guard case .sequence(let list) = node else {
            walk.fault(self, "\(shown) is not a list; expected \(expected)")
            return nil
        }
        return list.enumerated().map { inside($1, "[\($0)]") }
    }

    /// A mapping's keys and the places of their values; faults for duplicate keys and for what is no name.
    func entries(_ walk: inout Walk) -> [(key: Place, name: String, value: Place)]? {
        if isNothing { return [] }
        guard case .mapping(let mapping) = node else {
            walk.fault(self, "\(shown) is not a mapping; expected keys with values")
            return nil
        }
        var entries: [(Place, String, Place)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                walk.fault(Place(node: key, path: path), "a key must be a word")
                continue
            }
            if let original = walk.duplicates[scalar.string] {
                walk.fault(inside(key, original), "is set twice in the same place; keep one of them")
                continue
            }
            entries.append((inside(key, scalar.string), scalar.string, inside(value, scalar.string)))
        }
        return entries
    }
}
