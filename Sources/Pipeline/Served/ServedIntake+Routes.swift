// SPDX-License-Identifier: Apache-2.0
import Announcements
import BatchProcessing
import DashboardModel
import FileAccess
import Hooks
import Ledger
import Settings
import SystemPackage

extension ServedIntake {
    func routes() async throws -> [RouteDetail] {
        let pauses = intake.processor.pauses
        return intake.routes.map { route in
            let shown = shown(route, pauses)
            var detail = RouteDetail(name: route.name, state: shown.state)
            detail.reason = shown.reason
            detail.settings = route.settings.inForce.map { SettingItem(key: $0.key, value: $0.value, isChanged: $0.isChanged) }
            return detail
        }
    }

    func hooks() async throws -> [HookDetail] {
        let states = Dictionary(intake.hooks.reports.map { ($0.name, $0) }) { first, _ in first }
        var deliveries: [String: [HookRunItem]] = [:]
        // As far back as is looked for one screen.
        for line in try EventLog.last(5_000, at: log).reversed() {
            guard let event = EventLog.event(of: line), event.type.isOfHook, let name = event.details?["hook"], deliveries[name, default: []].count < 20 else { continue }
            deliveries[name, default: []].append(HookRunItem(event))
        }
        return intake.configuration.hooks.map { hook in
            let state = states[hook.name] ?? HookState(name: hook.name)
            var detail = HookDetail(name: hook.name, isOn: state.isOn)
            detail.isGate = hook.isGate
            detail.backlog = state.backlog
            detail.givenUp = state.givenUp
            detail.trouble = HookTrouble(state)
            detail.settings = hook.inForce.map { SettingItem(key: $0.key, value: $0.value, isChanged: $0.isChanged) }
            detail.deliveries = deliveries[hook.name] ?? []
            return detail
        }
    }

    static func noHook(_ name: String, among names: [String]) -> Refusal {
        Refusal(.missing, "cannot find hook \"\(name)\": there \(names.isEmpty ? "is none" : "are \(names.joined(separator: ", "))")")
    }

    func testHook(_ name: String) async throws -> HookTrial {
        let hooks = intake.configuration.hooks
        guard let hook = hooks.first(where: { $0.name == name }) else { throw Self.noHook(name, among: hooks.map(\.name)) }
        let sample = try Sample(for: hook, routes: intake.configuration.routes)
        let run = await HookCall(hook, event: sample.event, line: try sample.event.line(), state: intake.configuration.state).run(stop: Wake())
        withExtendedLifetime(sample) {}
        return HookTrial(
            hook: name, isFine: run.verdict == .done || run.verdict == .skip, ending: run.text, meaning: run.meaning(for: hook), milliseconds: run.milliseconds,
            output: String(decoding: run.output.prefix(16 << 10), as: UTF8.self), errors: String(decoding: run.errors, as: UTF8.self))
    }
}
