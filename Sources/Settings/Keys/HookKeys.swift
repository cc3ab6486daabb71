// SPDX-License-Identifier: Apache-2.0
import Announcements
import SystemPackage

/// The keys of a hook.
enum HookKeys {
    static let all: [Setting<HookSettings>] = [
        .value("name", \.name, .name),
        .value("kind", \.kind, .choice),
        .value("command", \.command, .command),
        .value("url", \.url, .address),
        .value("secret_file", \.secretFile, Kind<FilePath>.path.optional),
        .value("bearer_file", \.bearerFile, Kind<FilePath>.path.optional),
        .value("ca_file", \.certificatesFile, Kind<FilePath>.path.optional),
        .value("headers", \.headers, .headers),
        .value("events", \.events, Kind<EventType>.event.list.nonEmpty("at least one event")),
        .value("routes", \.routes, Kind<String>.name.list),
        .value("gate", \.isGate, .flag),
        .value("required", \.isRequired, .flag),
        .value("timeout", \.timeout, .interval),
        .value("kill_grace", \.killGrace, .duration),
        .value("concurrency", \.concurrency, .number(1...1_000)),
        .value("queue", \.queue, .number(1...1_000_000)),
        .value("order", \.order, .choice),
        .value("attempts", \.attempts, .number(1...100)),
        .value("backoff", \.backoff, .duration),
        .value("defer_for", \.deferFor, .duration),
        .value("environment", \.environment, .environment),
        .value("input", \.input, .choice),
    ]
}

extension Kind where Value == EventType {
    static let event = Kind(noun: "an event", expected: "for example job.done") { place, walk in
        guard let text = place.text, !place.isNothing else {
            walk.fault(place, "\(place.shown) is not an event; expected for example job.done")
            return nil
        }
        if let type = EventType(rawValue: text) { return type }
        walk.fault(place, NearMiss.unknown("event", text, among: EventType.allCases.map(\.rawValue)))
        return nil
    } show: { .plain($0.rawValue) }
}

extension Kind where Value == [String] {
    /// argv: the program by its absolute path (a relative one is from the file's folder), then its arguments.
    static let command = Kind(noun: "a command", expected: "a list: the program's path, then its arguments") { place, walk in
        guard let elements = place.elements(&walk, expected: "the program's path, then its arguments, in brackets") else { return nil }
        var words = elements.compactMap { Kind<String>.text.read($0, &walk) }
        guard words.count == elements.count else { return nil }
        guard let program = elements.first else {
            walk.fault(place, "the command is empty; expected the program's path, then its arguments")
            return nil
        }
        guard let path = Kind<String>.program.read(program, &walk) else { return nil }
        words[0] = path
        return words
    } show: { $0.isEmpty ? .nothing : .list($0.map { .text($0) }) }
}

extension Kind where Value == String {
    static let program = Kind("a program", "its absolute path, or one with a / from this file's folder", show: { .text($0) }) { text, walk in
        guard text.contains("/") else { return nil }
        return text.hasPrefix("/") ? text : walk.base.appending(text).lexicallyNormalized().string
    }
}

extension Kind where Value == [String: String] {
    static let environment = Kind(noun: "variables", expected: "names with values") { place, walk in
        guard let entries = place.entries(&walk) else { return nil }
        var variables: [String: String] = [:]
        for (key, name, value) in entries {
            if name.isEmpty || name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "=") }) || name.hasPrefix("INTRAY_") {
                walk.fault(key, "\"\(name)\" cannot be set; expected a name without = that does not begin with INTRAY_")
            } else if let text = Kind<String>.text.read(value, &walk) {
                variables[name] = text
            }
        }
        return variables
    } show: { variables in .mapping(variables.sorted { $0.key < $1.key }.map { ($0, .text($1)) }) }
}
