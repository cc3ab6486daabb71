// SPDX-License-Identifier: Apache-2.0

/// The names one reader knows, numbered: `w:p` with the prefixes of `XMLNamespaces`, or a bare name for none.
///
/// Make one per reader and keep it; a tree numbers each further name of its document behind these.
package struct XMLVocabulary: Sendable {
    let numbers: [String: UInt32]
    let names: [String]
    /// By number: what is in such an element is nothing anybody reads.
    let isOpaque: [Bool]
    /// The names as nearly all documents spell them: with these prefixes.
    let spellings: XMLSpellingTable
    let prefixes: Set<String>

    /// `opaque` names elements that never nest in themselves; a tree has them, but not what is in them.
    package init(_ names: [String], opaque: Set<Int> = []) {
        self.names = names
        numbers = Dictionary(names.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
        isOpaque = names.indices.map { opaque.contains($0) }
        var spellings = XMLSpellingTable()
        var prefixes: Set<String> = []
        for (name, number) in numbers {
            if let colon = name.firstIndex(of: ":") { prefixes.insert(String(name[..<colon])) }
            var bytes = name
            bytes.withUTF8 { spellings.add($0, XMLSpellingTable.Key($0, 0), number) }
        }
        self.spellings = spellings
        self.prefixes = prefixes
    }
}

/// How the documents of one package spell the names of a vocabulary: learnt from each, kept for the next.
package struct XMLSpellings {
    var names: XMLNames

    package init(_ vocabulary: XMLVocabulary) { names = XMLNames(vocabulary) }

    /// Hands the names on to a document; what is held meanwhile is empty.
    mutating func take() -> XMLNames {
        var taken = XMLNames(names.vocabulary)
        swap(&taken, &names)
        taken.beginDocument()
        return taken
    }
}

/// Numbers for the names of one document, as its tags spell them.
///
/// A spelling is looked up by its bytes. A prefix bound anew to another namespace empties the table; the default
/// namespace does not, as it is part of what is looked up.
struct XMLNames {
    /// The names behind the numbers.
    struct All {
        let vocabulary: [String]
        let further: [String]

        subscript(number: Int) -> String { number < vocabulary.count ? vocabulary[number] : further[number &- vocabulary.count] }
    }

    let vocabulary: XMLVocabulary
    /// Names beyond the vocabulary, numbered behind it.
    private var further: [String] = []
    private var furtherNumbers: [String: UInt32] = [:]
    private var bindings: [String: String] = ["xml": "xml"]
    private var table: XMLSpellingTable
    /// Numbers for what the default namespace is bound to; 0 for nothing.
    private var spaces: [String: UInt32] = ["": 0]
    private var space: UInt32 = 0

    init(_ vocabulary: XMLVocabulary) {
        self.vocabulary = vocabulary
        table = vocabulary.spellings
    }

    var all: All { All(vocabulary: vocabulary.names, further: further) }

    /// A new document begins without a default namespace; the prefixes of the one before are known still.
    mutating func beginDocument() {
        if space != 0 { restore("", "") }
    }

    /// Binds a prefix (empty for the default namespace); what it was bound to, when that changed.
    mutating func bind(_ prefix: String, to uri: String) -> (prefix: String, old: String)? {
        // A stranger's namespace must not look like one of ours.
        let known = XMLNamespaces.prefixes[uri] ?? (uri.isEmpty ? "" : "?" + prefix)
        let old = bindings[prefix] ?? ""
        guard old != known else { return nil }
        bindings[prefix] = known
        if prefix.isEmpty {
            space = number(ofSpace: known)
            return (prefix, old)
        }
        if old.isEmpty {
            // The usual spellings are not this document's.
            if known != prefix, vocabulary.prefixes.contains(prefix) { table.removeAll() }
            // A prefix nobody used before needs no restoring: no name outside of its scope has it.
            return nil
        }
        table.removeAll()
        return (prefix, old)
    }

    mutating func restore(_ prefix: String, _ old: String) {
        bindings[prefix] = old.isEmpty ? nil : old
        if prefix.isEmpty { space = number(ofSpace: old) } else { table.removeAll() }
    }

    private mutating func number(ofSpace known: String) -> UInt32 {
        if let number = spaces[known] { return number }
        let number = UInt32(truncatingIfNeeded: spaces.count)
        spaces[known] = number
        return number
    }

    /// The number of an element's or attribute's name; the default namespace is for elements.
    @inline(__always)
    mutating func number(_ spelling: UnsafeBufferPointer<UInt8>, isAttribute: Bool) -> UInt32 {
        let key = XMLSpellingTable.Key(spelling, isAttribute ? 0 : space)
        return table.number(spelling, key) ?? add(spelling, key, isAttribute: isAttribute)
    }

    @inline(never)
    private mutating func add(_ spelling: UnsafeBufferPointer<UInt8>, _ key: XMLSpellingTable.Key, isAttribute: Bool) -> UInt32 {
        let number = number(of: resolved(String(decoding: spelling, as: UTF8.self), isAttribute: isAttribute))
        table.add(spelling, key, number)
        return number
    }

    @inline(__always)
    func isOpaque(_ number: UInt32) -> Bool { Int(number) < vocabulary.isOpaque.count && vocabulary.isOpaque[Int(number)] }

    /// The number of a name that already has its fixed prefix.
    mutating func number(of name: String) -> UInt32 {
        if let number = vocabulary.numbers[name] ?? furtherNumbers[name] { return number }
        let number = UInt32(truncatingIfNeeded: vocabulary.names.count &+ further.count)
        furtherNumbers[name] = number
        further.append(name)
        return number
    }

    private func resolved(_ name: String, isAttribute: Bool) -> String {
        guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            guard !isAttribute, let known = bindings[""], !known.isEmpty else { return name }
            return known + ":" + name
        }
        guard let known = bindings[String(name[..<colon])] else { return name }
        return known + name[colon...]
    }
}
