// SPDX-License-Identifier: Apache-2.0

/// What is asked of hooks of kind `http`, beside what each key says.
extension HookSettings {
    private static let ofPrograms = ["command"]
    private static let ofAddresses = ["url", "secret_file", "bearer_file", "ca_file", "headers"]

    /// Faults for keys that are missing, that belong to the other kind, and for a token that would travel in the clear.
    func check(keys: Set<String>, at place: Place, _ walk: inout Walk) {
        for key in ["name", kind == .exec ? "command" : "url"] where !keys.contains(key) { walk.fault(place, "the hook has no \(key)") }
        for key in kind == .exec ? Self.ofAddresses : Self.ofPrograms where keys.contains(key) {
            walk.fault(place, "\"\(key)\" belongs to the other kind of hook; expected \"kind: \(kind == .exec ? "http" : "exec")\" with it")
        }
        if kind == .http, isGate { walk.fault(place, "a gate is a program; expected \"kind: exec\"") }
        if bearerFile != nil, url.lowercased().hasPrefix("http:"), !isOwnMachine {
            walk.fault(place, "the token would be sent in the clear; expected an address that begins with https")
        }
    }

    private var isOwnMachine: Bool {
        let host = url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" && $0 != "?" }
        return ["localhost", "127.0.0.1", "[::1]"].contains { host == $0 || host.hasPrefix($0 + ":") }
    }
}

extension Kind where Value == String {
    /// RFC 3986, in ASCII, with nothing in it that ends a word or a line. A name or password in it would be shown to everybody.
    static let address = Kind("a web address", "http:// or https://, a host, and a path", show: { $0.isEmpty ? .nothing : .text($0) }) { text, _ in
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }), text.utf8.count <= 2_000 else { return nil }
        let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !host.isEmpty, !host.contains("@"), !text.contains("#") else { return nil }
        return text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") } ? text : nil
    }
}

extension Kind where Value == [String: String] {
    /// RFC 9110 section 5: names are tokens, values visible ASCII and spaces. What the delivery sets itself cannot be set.
    static let headers = Kind(noun: "header fields", expected: "names with values") { place, walk in
        guard let entries = place.entries(&walk) else { return nil }
        var fields: [String: String] = [:]
        for (key, name, value) in entries {
            let isToken = !name.isEmpty && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || "!#$%&'*+-.^_`|~".utf8.contains($0)
            }
            guard isToken, !own.contains(name.lowercased()) else {
                walk.fault(key, "\"\(name)\" cannot be set; expected a header's name, and none that each delivery has by itself")
                continue
            }
            guard let text = Kind<String>.text.read(value, &walk) else { continue }
            guard text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
                walk.fault(value, "\(value.shown) is no value of a header; expected ASCII on one line")
                continue
            }
            fields[name] = text
        }
        return fields
    } show: { fields in fields.isEmpty ? .nothing : .mapping(fields.sorted { $0.key < $1.key }.map { ($0, .text($1)) }) }

    private static let own: Set<String> = [
        "authorization", "connection", "content-length", "host", "transfer-encoding", "webhook-id", "webhook-timestamp", "webhook-signature",
    ]
}
