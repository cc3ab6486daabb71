// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A route while it is read: its folders may come from a root, or each from its own key.
struct RouteDraft: Sendable {
    var settings: RouteSettings
    var name: String?
    var root: FilePath?
    var inbox: FilePath?
    var outbox: FilePath?
    var archive: FilePath?
    var quarantine: FilePath?

    init(_ defaults: RouteSettings) { settings = defaults }

    /// A route in force: every folder by its own key.
    init(showing settings: RouteSettings) {
        self.settings = settings
        name = settings.name
        inbox = settings.inbox
        outbox = settings.outbox
        archive = settings.archive
        quarantine = settings.quarantine
    }

    static let folders: [Setting<RouteDraft>] = [
        .value("name", \.name, Kind<String>.name.optional),
        .value("root", \.root, Kind<FilePath>.path.optional),
        .value("inbox", \.inbox, Kind<FilePath>.path.optional),
        .value("outbox", \.outbox, Kind<FilePath>.path.optional),
        .value("archive", \.archive, Kind<FilePath>.path.optional),
        .value("quarantine", \.quarantine, Kind<FilePath>.path.optional),
    ]
    static let keys: [Setting<RouteDraft>] = folders + RouteKeys.all.map { $0.of(\.settings) }

    /// The settings with their folders; a fault when one is missing.
    func finished(at place: Place, isOnly: Bool, _ walk: inout Walk) -> RouteSettings? {
        var settings = settings
        if let name { settings.name = name } else if !isOnly {
            walk.fault(place, "the route has no name; with several routes each needs one")
            return nil
        }
        // Without an archive of its own, a route that never uses one keeps it beside its failures.
        let unused = settings.disposal == .archive ? nil : quarantine
        let named = [("inbox", inbox, \RouteSettings.inbox), ("outbox", outbox, \.outbox), ("archive", archive ?? unused, \.archive), ("quarantine", quarantine, \.quarantine)]
        var missing: [String] = []
        for (name, own, field) in named {
            if let path = own ?? root?.appending(name) { settings[keyPath: field] = path } else { missing.append(name) }
        }
        if missing.isEmpty { return settings }
        walk.fault(place, "the route has no \(missing.joined(separator: ", ")); expected \"root\" with the usual folders below it, or each folder by its own key")
        return nil
    }
}
