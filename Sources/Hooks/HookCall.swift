// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
import FileAccess
import FoundationEssentials
package import Settings
package import SystemPackage

/// What one run is given: arguments, variables, standard input; for a web address, the request that curl carries.
package struct HookCall: Sendable {
    package var command: [String]
    /// `NAME=value`; paths with their bytes as they are.
    package var environment: [[UInt8]]
    package var input: [UInt8]
    package var timeout: Duration
    package var killGrace: Duration
    package var wantsOutput: Bool
    /// Of a hook of kind `http`.
    let request: WebRequest?
    /// What the program reads from descriptor 3.
    var options: [UInt8] = []

    package init(_ hook: HookSettings, event: Event, line: [UInt8], state: FilePath) {
        request = hook.kind == .http ? WebRequest(hook, eventID: event.eventID, body: hook.input == .json ? line : []) : nil
        command = request?.command ?? hook.command
        timeout = hook.timeout
        killGrace = hook.killGrace
        wantsOutput = hook.isGate || request != nil
        input = request?.body ?? (hook.input == .json ? line + [0x0A] : [])
        environment = Self.environment(hook, event, state)
    }

    /// A program that is asked for something and answers on its standard output.
    package init(command: [String], variables: [(String, [UInt8])], timeout: Duration) {
        request = nil
        self.command = command
        self.timeout = timeout
        killGrace = .seconds(2)
        wantsOutput = true
        input = []
        environment = Self.fitting(Self.plain + variables.filter { !$0.1.contains(0) }).map { Array($0.0.utf8) + [UInt8(ascii: "=")] + $0.1 }
    }

    private static var plain: [(String, [UInt8])] { [("PATH", Array("/usr/local/bin:/usr/bin:/bin".utf8)), ("LC_ALL", Array("C.UTF-8".utf8))] }

    private static func environment(_ hook: HookSettings, _ event: Event, _ state: FilePath) -> [[UInt8]] {
        var variables = plain
        variables += hook.environment.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }
        func add(_ name: String, _ bytes: [UInt8]?) { if let bytes, !bytes.contains(0) { variables.append(("INTRAY_\(name)", bytes)) } }
        func add(_ name: String, _ text: String?) { add(name, text.map { Array($0.utf8) }) }
        add("EVENT", event.type.rawValue)
        add("EVENT_ID", event.eventID)
        add("STATUS", event.type.rawValue.split(separator: ".").last.map(String.init))
        add("ROUTE", event.route)
        add("JOB", event.job?.text)
        add("ATTEMPT", event.attempt.map { "\($0)" })
        add("SHA256", event.sha256)
        add("ERROR_CODE", event.error?.code.rawValue)
        add("STATE_DIR", state.bytes)
        add("PATH", event.pathBytes.map { [UInt8]($0) } ?? event.path.map { Array($0.utf8) })
        add("SOURCE", event.sourceBytes.map { [UInt8]($0) } ?? event.source.map { Array($0.utf8) })
        let documents = (event.outputs ?? []).filter { $0.kind == "document" }
        add("OUTPUT_COUNT", event.outputs.map { _ in "\(documents.count)" })
        add("OUTPUT", documents.first.map { $0.pathBytes.map { [UInt8]($0) } ?? Array($0.path.utf8) })
        return fitting(variables).map { Array($0.0.utf8) + [UInt8(ascii: "=")] + $0.1 }
    }

    /// Variables that are too long are left out, and that is said.
    private static func fitting(_ variables: [(String, [UInt8])]) -> [(String, [UInt8])] {
        let kept = variables.filter { $0.1.count <= most }
        return kept.count == variables.count ? kept : kept + [("INTRAY_TRUNCATED", [UInt8(ascii: "1")])]
    }

    private static let most = 64 << 10
}
