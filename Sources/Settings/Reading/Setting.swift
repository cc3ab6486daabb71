// SPDX-License-Identifier: Apache-2.0

/// One key of the file: how it is read into a `Target`, and how it is written. One table of them serves loading, showing
/// and the tests.
struct Setting<Target: Sendable>: Sendable {
    let name: String
    /// Keys within, with their paths; empty for a plain value.
    let inner: [String]
    let read: @Sendable (Place, inout Target, inout Walk) -> Void
    let write: @Sendable (Target) -> Shown

    /// A value of its own.
    static func value<Value: Sendable>(_ name: String, _ field: any WritableKeyPath<Target, Value> & Sendable, _ kind: Kind<Value>) -> Setting {
        Setting(name: name, inner: []) { place, target, walk in
            if let value = kind.read(place, &walk) { target[keyPath: field] = value }
        } write: { kind.show($0[keyPath: field]) }
    }

    /// Keys gathered under one name.
    static func group(_ name: String, _ settings: [Setting<Target>]) -> Setting { group(name, \.self, settings) }

    /// The keys of a part.
    static func group<Part: Sendable>(_ name: String, _ field: any WritableKeyPath<Target, Part> & Sendable, _ settings: [Setting<Part>]) -> Setting {
        Setting(name: name, inner: settings.names) { place, target, walk in
            settings.read(place, into: &target[keyPath: field], &walk)
        } write: { settings.write($0[keyPath: field]) }
    }

    /// The same key on something that holds the target.
    func of<Whole: Sendable>(_ field: any WritableKeyPath<Whole, Target> & Sendable) -> Setting<Whole> {
        Setting<Whole>(name: name, inner: inner) { place, whole, walk in
            self.read(place, &whole[keyPath: field], &walk)
        } write: { self.write($0[keyPath: field]) }
    }
}

extension Array where Element: Named {
    /// Every key with its path.
    var names: [String] { flatMap { setting in [setting.name] + setting.inner.map { "\(setting.name).\($0)" } } }
}

extension Array {
    /// Reads a mapping; an unknown key is a fault with the nearest known one.
    func read<Target>(_ place: Place, into target: inout Target, _ walk: inout Walk) where Element == Setting<Target> {
        guard let entries = place.entries(&walk) else { return }
        for (key, name, _) in entries where !contains(where: { $0.name == name }) {
            walk.fault(key, NearMiss.unknown("key", name, among: map(\.name)))
        }
        // In the table's order: what others build on comes first.
        for setting in self {
            if let entry = entries.first(where: { $0.name == setting.name }) { setting.read(entry.value, &target, &walk) }
        }
    }

    func write<Target>(_ target: Target) -> Shown where Element == Setting<Target> {
        .mapping(map { ($0.name, $0.write(target)) }.filter { if case .nothing = $0.1 { false } else { true } })
    }
}

protocol Named {
    var name: String { get }
    var inner: [String] { get }
}

extension Setting: Named {}
