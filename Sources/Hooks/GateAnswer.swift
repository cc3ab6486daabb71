// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// What a gate writes to its standard output, if it has more to say than its exit code.
struct GateAnswer: Decodable {
    enum Action: String, Decodable { case `continue`, skip, fail, route }

    var action: Action
    var reason: String?
    var route: String?

    static func passage(of run: HookRun, gate: String) -> HookFeed.Passage {
        switch run.verdict {
        case .skip: return .skip(reason: "veto")
        case .again, .switchOff, .failed, .refused: return .broken("gate \"\(gate)\": \(run.text)")
        case .done: break
        }
        guard run.output.contains(where: { $0 > 0x20 }) else { return .through }
        guard let answer = try? JSONDecoder().decode(GateAnswer.self, from: Data(run.output)) else {
            return .broken("gate \"\(gate)\": its answer is not {\"action\": \"continue|skip|fail|route\", …}")
        }
        switch answer.action {
        case .continue: return .through
        case .skip: return .skip(reason: answer.reason ?? "veto")
        case .fail: return .fail(reason: answer.reason ?? "gate \"\(gate)\" refused it")
        case .route: return answer.route.map { .route($0) } ?? .broken("gate \"\(gate)\": its answer names no route")
        }
    }
}
