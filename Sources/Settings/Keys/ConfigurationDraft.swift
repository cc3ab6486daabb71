// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A configuration while it is read. Its keys are read in the table's order, so routes find the defaults, and hooks the routes.
struct ConfigurationDraft: Sendable {
    var instance: String?
    var state: FilePath?
    var controlSocket: FilePath?
    var eventLogBytes: UInt64
    var eventLogKeep: Int
    var workers: Configuration.Workers
    var sandbox: Configuration.Sandbox
    var dashboard: Configuration.Dashboard
    var defaults: RouteSettings
    var routes: [RouteSettings] = []
    var hooks: [HookSettings] = []
    /// Names of all routes in the file, also of those with faults.
    private var routeNames: Set<String> = []
    private var firstRoot: FilePath?

    init() {
        self.init(showing: Configuration(state: "/", routes: []))
        state = nil
    }

    init(showing configuration: Configuration) {
        instance = configuration.instance.isEmpty ? nil : configuration.instance
        state = configuration.state
        controlSocket = configuration.controlSocket
        eventLogBytes = configuration.eventLogBytes
        eventLogKeep = configuration.eventLogKeep
        workers = configuration.workers
        sandbox = configuration.sandbox
        dashboard = configuration.dashboard
        defaults = RouteSettings(root: "/")
        routes = configuration.routes
        hooks = configuration.hooks
    }

    mutating func read(routes place: Place, _ walk: inout Walk) {
        guard let elements = place.elements(&walk, expected: "routes, each with a dash") else { return }
        if elements.isEmpty { walk.fault(place, "there is no route; expected at least one") }
        var overlaps = FolderOverlaps()
        for element in elements {
            var draft = RouteDraft(defaults)
            RouteDraft.keys.read(element, into: &draft, &walk)
            firstRoot = firstRoot ?? draft.root
            let name = draft.name ?? defaults.name
            let isNew = routeNames.insert(name).inserted
            if !isNew, draft.name != nil { walk.fault(element, "there is another route named \"\(name)\"; expected a name of its own") }
            guard let route = draft.finished(at: element, isOnly: elements.count == 1, &walk), isNew else { continue }
            for problem in overlaps.add(route) { walk.fault(element, problem) }
            routes.append(route)
        }
    }

    mutating func read(hooks place: Place, _ walk: inout Walk) {
        guard let elements = place.elements(&walk, expected: "hooks, each with a dash") else { return }
        var names: Set<String> = []
        for element in elements {
            var hook = HookSettings(name: "", command: [])
            HookKeys.all.read(element, into: &hook, &walk)
            hook.check(keys: Set((element.entries(silently: walk) ?? []).map(\.name)), at: element, &walk)
            if !hook.name.isEmpty, !names.insert(hook.name).inserted {
                walk.fault(element, "there is another hook named \"\(hook.name)\"; expected a name of its own")
            }
            let listed = element.entries(silently: walk)?.first { $0.name == "routes" }?.value
            for route in hook.routes where !routeNames.contains(route) {
                walk.fault(listed ?? element, NearMiss.unknown("route", route, among: routeNames.sorted()))
            }
            hooks.append(hook)
        }
    }

    /// The state folder that is set, or that beside the first route's folders.
    var statePlace: FilePath? { state ?? firstRoot?.appending("state") }

    /// The whole; a fault when something is missing.
    func finished(at root: Place, _ walk: inout Walk) -> Configuration {
        let isRouted = root.entries(silently: walk)?.contains { $0.name == "routes" } ?? false
        if !isRouted { walk.fault(root, "there are no routes; expected \"routes:\" with at least one") }
        let state = statePlace
        if state == nil, !routes.isEmpty { walk.fault(root, "\"state\" is missing; expected a folder, since no route has a \"root\" to keep it in") }
        var configuration = Configuration(state: state ?? "", routes: routes)
        configuration.instance = instance ?? ""
        configuration.controlSocket = controlSocket
        configuration.eventLogBytes = eventLogBytes
        configuration.eventLogKeep = eventLogKeep
        configuration.workers = workers
        configuration.sandbox = sandbox
        configuration.dashboard = dashboard
        configuration.hooks = hooks
        return configuration
    }
}

extension Place {
    /// A mapping's keys again, whose faults have been told.
    func entries(silently walk: Walk) -> [(key: Place, name: String, value: Place)]? {
        var unheard = walk
        return entries(&unheard)
    }
}
