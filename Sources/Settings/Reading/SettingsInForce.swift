// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// One key of a route or a hook as it is in force: `settle.quiet`, `1s`.
package struct SettingInForce: Sendable, Equatable {
    package var key: String
    package var value: String
    /// Whether it is not the shipped value.
    package var isChanged: Bool
}

extension RouteSettings {
    package var inForce: [SettingInForce] {
        SettingInForce.list(RouteDraft.keys.write(RouteDraft(showing: self)), shipped: RouteDraft.keys.write(RouteDraft(showing: RouteSettings(root: "/"))))
    }
}

extension HookSettings {
    /// What may be secret, values of variables and header fields, is only said to be there.
    package var inForce: [SettingInForce] {
        var shown = self
        shown.environment = environment.mapValues { _ in "…" }
        shown.headers = headers.mapValues { _ in "…" }
        return SettingInForce.list(HookKeys.all.write(shown), shipped: HookKeys.all.write(HookSettings(name: "", command: [])))
    }
}

extension SettingInForce {
    fileprivate static func list(_ shown: Shown, shipped: Shown) -> [SettingInForce] {
        let before = Dictionary(flattened(shipped, "")) { first, _ in first }
        return flattened(shown, "").map { SettingInForce(key: $0, value: $1, isChanged: before[$0] != $1) }
    }

    private static func flattened(_ shown: Shown, _ path: String) -> [(String, String)] {
        guard case .mapping(let pairs) = shown, !pairs.isEmpty else { return [(path, shown.json(isYAML: true))] }
        return pairs.flatMap { flattened($1, path.isEmpty ? $0 : "\(path).\($0)") }
    }
}
