// SPDX-License-Identifier: Apache-2.0

/// The names one reader knows, numbered: `w:p` with the prefixes of `XMLNamespaces`, or a bare name for none.
///
/// Make one per reader and keep it; a tree numbers each further name of its document behind these.
package struct XMLVocabulary: Sendable {
    let numbers: [String: UInt32]
    let names: [String]
    /// By number: what is in such an element is nothing anybody reads.
    let isOpaque: [Bool]

    /// `opaque` names elements that never nest in themselves; a tree has them, but not what is in them.
    package init(_ names: [String], opaque: Set<Int> = []) {
        self.names = names
        numbers = Dictionary(names.enumerated().map { ($1, UInt32($0)) }, uniquingKeysWith: { first, _ in first })
        isOpaque = names.indices.map { opaque.contains($0) }
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
/// A spelling is looked up by its bytes; a prefix bound anew to another namespace empties the table.
struct XMLNames {
    let vocabulary: XMLVocabulary
    /// Names beyond the vocabulary, numbered behind it.
    private(set) var further: [String] = []
    private var furtherNumbers: [String: UInt32] = [:]
    private var bindings: [String: String] = ["xml": "xml"]
    private var slots: [Slot]
    private var held = 0
    private var spellings: [UInt8] = []

    private struct Slot {
        var hash: UInt32 = 0
        var start: UInt32 = 0
        var count: UInt32 = 0
        var number: UInt32 = 0
    }

    init(_ vocabulary: XMLVocabulary) {
        self.vocabulary = vocabulary
        slots = []
    }

    /// A new document begins without a default namespace; the prefixes of the one before are known still.
    mutating func beginDocument() {
        if bindings[""] != nil { restore("", "") }
    }

    /// Binds a prefix (empty for the default namespace); what it was bound to, when that changed.
    mutating func bind(_ prefix: String, to uri: String) -> (prefix: String, old: String)? {
        // A stranger's namespace must not look like one of ours.
        let known = XMLNamespaces.prefixes[uri] ?? (uri.isEmpty ? "" : "?" + prefix)
        let old = bindings[prefix] ?? ""
        guard old != known else { return nil }
        bindings[prefix] = known
        // A prefix nobody used before needs no restoring: no name outside of its scope has it.
        if old.isEmpty, !prefix.isEmpty { return nil }
        forget()
        return (prefix, old)
    }

    mutating func restore(_ prefix: String, _ old: String) {
        bindings[prefix] = old.isEmpty ? nil : old
        forget()
    }

    /// The number of an element's or attribute's name; the default namespace is for elements.
    @inline(__always)
    mutating func number(_ spelling: UnsafeBufferPointer<UInt8>, isAttribute: Bool) -> UInt32 {
        var hash: UInt32 = isAttribute ? 5_381 : 2_166_136_261
        for byte in spelling { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        hash |= 1
        guard !slots.isEmpty else { return add(spelling, hash, isAttribute: isAttribute) }
        let mask = slots.count &- 1
        var at = Int(hash >> 1) & mask
        while slots[at].hash != 0 {
            if slots[at].hash == hash, Int(slots[at].count) == spelling.count, isSame(slots[at], spelling) { return slots[at].number }
            at = (at &+ 1) & mask
        }
        return add(spelling, hash, isAttribute: isAttribute)
    }

    @inline(__always)
    private func isSame(_ slot: Slot, _ spelling: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = Int(slot.start)
        for index in 0..<spelling.count where spellings[start &+ index] != spelling[index] { return false }
        return true
    }

    @inline(never)
    private mutating func add(_ spelling: UnsafeBufferPointer<UInt8>, _ hash: UInt32, isAttribute: Bool) -> UInt32 {
        let number = number(of: resolved(String(decoding: spelling, as: UTF8.self), isAttribute: isAttribute))
        if held &* 2 >= slots.count { grow() }
        held += 1
        insert(Slot(hash: hash, start: UInt32(truncatingIfNeeded: spellings.count), count: UInt32(truncatingIfNeeded: spelling.count), number: number))
        spellings.append(contentsOf: spelling)
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

    private mutating func forget() {
        guard held > 0 else { return }
        held = 0
        spellings.removeAll(keepingCapacity: true)
        for index in slots.indices { slots[index].hash = 0 }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: max(old.count &* 2, 256))
        for slot in old where slot.hash != 0 { insert(slot) }
    }

    private mutating func insert(_ slot: Slot) {
        let mask = slots.count &- 1
        var at = Int(slot.hash >> 1) & mask
        while slots[at].hash != 0 { at = (at &+ 1) & mask }
        slots[at] = slot
    }
}
