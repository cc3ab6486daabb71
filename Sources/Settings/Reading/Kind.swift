// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import SystemPackage

/// A kind of value: what is accepted, what is said otherwise, and how it is written.
struct Kind<Value: Sendable>: Sendable {
    /// `a duration`
    let noun: String
    /// `for example 500ms, 1s or 5m`
    let expected: String
    /// nil: not read; the fault has been told.
    let read: @Sendable (Place, inout Walk) -> Value?
    let show: @Sendable (Value) -> Shown

    init(noun: String, expected: String, read: @escaping @Sendable (Place, inout Walk) -> Value?, show: @escaping @Sendable (Value) -> Shown) {
        self.noun = noun
        self.expected = expected
        self.read = read
        self.show = show
    }

    /// One word or number; `parse` gives nil when the text is no such thing.
    init(_ noun: String, _ expected: String, show: @escaping @Sendable (Value) -> Shown, parse: @escaping @Sendable (String, Walk) -> Value?) {
        self.init(noun: noun, expected: expected, read: { place, walk in
            if let text = place.text, !place.isNothing, let value = parse(text, walk) { return value }
            walk.fault(place, "\(place.shown) is not \(noun); expected \(expected)")
            return nil
        }, show: show)
    }

    /// The same within bounds; outside them is a fault of its own.
    func within(_ bounds: String, _ isFit: @escaping @Sendable (Value) -> Bool) -> Kind {
        Kind(noun: noun, expected: bounds, read: { place, walk in
            guard let value = read(place, &walk) else { return nil }
            if isFit(value) { return value }
            walk.fault(place, "\(place.shown) is out of range; expected \(bounds)")
            return nil
        }, show: show)
    }

    /// Nothing is allowed, and means nil.
    var optional: Kind<Value?> {
        Kind<Value?>(noun: noun, expected: expected, read: { place, walk in
            place.isNothing ? .some(nil) : read(place, &walk).map { .some($0) }
        }, show: { $0.map(show) ?? .nothing })
    }

    /// Several of them, in brackets or on lines with dashes; one alone needs neither.
    var list: Kind<[Value]> {
        Kind<[Value]>(noun: "a list", expected: "a list, each \(noun)", read: { place, walk in
            if place.text != nil, !place.isNothing { return read(place, &walk).map { [$0] } }
            guard let elements = place.elements(&walk, expected: "a list, each \(noun)") else { return nil }
            let values = elements.map { read($0, &walk) }
            return values.contains { $0 == nil } ? nil : values.compactMap(\.self)
        }, show: { .list($0.map(show)) })
    }
}

extension Kind {
    func nonEmpty(_ what: String) -> Kind where Value: Collection { within(what) { !$0.isEmpty } }
}

extension Kind where Value == Bool {
    static let flag = Kind("true or false", "true or false", show: { .plain($0 ? "true" : "false") }) { text, _ in
        switch text.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }
}

extension Kind where Value == String {
    static let text = Kind("a text", "a text", show: { .text($0) }) { text, _ in text.utf8.contains(0) ? nil : text }

    /// For things that have a name in paths, commands and events.
    static let name = Kind("a name", "letters, digits, - and _, at most 64", show: { .text($0) }) { text, _ in
        let isFit = (1...64).contains(text.utf8.count) && text.utf8.allSatisfy {
            $0 == 0x2D || $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        }
        return isFit ? text : nil
    }
}

extension Kind where Value == FilePath {
    /// Relative to the configuration file's folder.
    static let path = Kind("a path", "a folder or file, absolute or from this file's folder", show: { .text($0.string) }) { text, walk in
        guard !text.isEmpty, !text.utf8.contains(0) else { return nil }
        let path = FilePath(text)
        return path.isAbsolute ? path : walk.base.appending(path.components).lexicallyNormalized()
    }
}

extension Kind where Value: FixedWidthInteger {
    static func number(_ range: ClosedRange<Value>) -> Kind {
        Kind("a whole number", "a number from \(range.lowerBound) to \(range.upperBound)", show: { .plain("\($0)") }) { text, _ in Value(text.replacing("_", with: "")) }
            .within("a number from \(range.lowerBound) to \(range.upperBound)") { range.contains($0) }
    }
}

extension Kind where Value == Double {
    static func number(_ range: ClosedRange<Double>) -> Kind {
        Kind("a number", "a number from \(range.lowerBound) to \(range.upperBound)", show: { .plain("\($0)") }) { text, _ in Double(text) }
            .within("a number from \(range.lowerBound) to \(range.upperBound)") { range.contains($0) }
    }
}

extension Kind where Value == UInt64 {
    static let size = Kind(noun: "a size", expected: ByteCount.expected, read: { place, walk in
        if let text = place.text, !place.isNothing, let count = ByteCount(text) { return count.bytes }
        walk.fault(place, "\(place.shown) is not a size; expected \(ByteCount.expected(for: place.text ?? ""))")
        return nil
    }, show: { .plain(Quantities.text(bytes: $0)) })

    /// A duration that is kept in milliseconds, above zero.
    static let milliseconds = Kind("a duration", "for example 500ms, 1s or 5m", show: { .plain(Quantities.text(milliseconds: Double($0))) }) { text, _ in
        Quantities.milliseconds(text).flatMap { $0 <= 3.2e11 ? UInt64($0.rounded()) : nil }
    }.within("1ms or more") { $0 > 0 }
}

extension Kind where Value == Duration {
    static let duration = Kind("a duration", "for example 500ms, 1s or 5m", show: { .plain(Quantities.text(milliseconds: Double($0.wholeNanoseconds) / 1e6)) }) { text, _ in
        // Ten years; more is a slip.
        Quantities.milliseconds(text).flatMap { $0 <= 3.2e11 ? .nanoseconds(Int64(($0 * 1e6).rounded())) : nil }
    }

    /// A time between two rounds of something: 10 ms at least, or it would never rest.
    static let interval = duration.within("10ms or more") { $0 >= .milliseconds(10) }
}

extension Kind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    static var choice: Kind {
        let words = Value.allCases.map(\.rawValue)
        return Kind("a choice here", words.joined(separator: ", "), show: { .plain($0.rawValue) }) { text, _ in Value(rawValue: text) }
    }
}

extension Kind where Value == Priority {
    static let priority = Kind("a priority", Priority.allCases.map(\.name).joined(separator: ", "), show: { .plain($0.name) }) { text, _ in Priority(name: text) }
}
