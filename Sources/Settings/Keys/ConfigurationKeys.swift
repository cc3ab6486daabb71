// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The keys at the top of the file.
enum ConfigurationKeys {
    static let plain: [Setting<ConfigurationDraft>] = [
        .value("instance", \.instance, Kind<String>.name.optional),
        .value("state", \.state, Kind<FilePath>.path.optional),
        .value("control_socket", \.controlSocket, Kind<FilePath>.path.optional),
        .group("event_log", [
            .value("rotate", \.eventLogBytes, Kind<UInt64>.size.within("64KiB or more") { $0 >= 64 << 10 }),
            .value("keep", \.eventLogKeep, .number(1...10_000)),
        ]),
        .group("workers", \.workers, [
            .value("count", \.count, .number(0...1_024)),
            .value("spare", \.spare, .number(0...1_024)),
            .value("isolation", \.isolation, .choice),
            .value("batch_documents", \.batchDocuments, .number(1...1_000_000)),
            .value("restart_after", \.restartAfter, .number(1...1_000_000)),
            .value("user", \.user, Kind<String>.name.optional),
        ]),
        .value("sandbox", \.sandbox, .choice),
        Setting(name: "dashboard", inner: DashboardKeys.all.names) { place, draft, walk in
            DashboardKeys.all.read(place, into: &draft.dashboard, &walk)
            draft.dashboard.check(at: place, &walk)
        } write: { DashboardKeys.all.write($0.dashboard) },
    ]

    static let all: [Setting<ConfigurationDraft>] = plain + [
        .group("defaults", \.defaults, RouteKeys.all),
        Setting(name: "routes", inner: RouteDraft.keys.names) { $1.read(routes: $0, &$2) } write: { draft in
            .list(draft.routes.map { RouteDraft.keys.write(RouteDraft(showing: $0)) })
        },
        Setting(name: "hooks", inner: HookKeys.all.names) { $1.read(hooks: $0, &$2) } write: { .list($0.hooks.map(HookKeys.all.write)) },
    ]
}
