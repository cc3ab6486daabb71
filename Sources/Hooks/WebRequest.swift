// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc
import Settings
import SystemPackage

/// One event on its way to a web address: a POST that curl carries, in a process of its own.
///
/// The address, the token and the signature reach curl through an open descriptor: no other user can see them among the
/// arguments or the variables of a process. Signed as Standard Webhooks 1.0 says: the header `webhook-signature` is
/// `v1,` and the Base64 of HMAC-SHA256 over `ID.SECONDS.BODY`.
struct WebRequest: Sendable {
    let body: [UInt8]
    private let hook: HookSettings
    private let eventID: String

    init(_ hook: HookSettings, eventID: String, body: [UInt8]) {
        self.hook = hook
        self.eventID = eventID
        self.body = body
    }

    /// Where curl is looked for.
    static let programs = ["/usr/bin/curl", "/usr/local/bin/curl", "/bin/curl"]
    static var program: String? { programs.first { access($0, X_OK) == 0 } }

    var command: [String] { [Self.program ?? Self.programs[0], "--disable", "--config", "/dev/fd/3"] }

    /// curl's options, one a line. `now`: seconds since 1970.
    /// - Throws: `SystemError` when a secret cannot be read; `HookRefusal` when it is none.
    func options(now: UInt64) throws -> [UInt8] {
        var fields = ["Content-Type": "application/json"]
        for (name, value) in hook.headers {
            for set in fields.keys where set.lowercased() == name.lowercased() { fields[set] = nil }
            fields[name] = value
        }
        fields["webhook-id"] = eventID
        fields["webhook-timestamp"] = "\(now)"
        if let file = hook.secretFile {
            let message = Array("\(eventID).\(now).".utf8) + body
            fields["webhook-signature"] = "v1," + Data(KeyedHash.of(message, key: try Self.key(file))).base64EncodedString()
        }
        if let file = hook.bearerFile { fields["Authorization"] = "Bearer " + (try Self.token(file)) }
        var lines = ["silent", "show-error", "globoff", "path-as-is", Self.option("url", hook.url), Self.option("proto", "=http,https")]
        lines += [Self.option("data-binary", "@-"), Self.option("output", "/dev/null"), Self.option("user-agent", "intray")]
        lines.append(Self.option("write-out", "%{http_code} %header{retry-after}"))
        if let file = hook.certificatesFile { lines.append(Self.option("cacert", file.string)) }
        // Nothing is gained by asking first whether an event may be sent.
        lines.append(Self.option("header", "Expect:"))
        lines += fields.sorted { $0.key < $1.key }.map { Self.option("header", "\($0.key): \($0.value)") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// curl(1), --config: within quotes a backslash makes the next character count as itself.
    private static func option(_ name: String, _ value: String) -> String {
        let quoted = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\(name) = \"\(quoted)\""
    }

    /// `whsec_` and Base64, as Standard Webhooks writes secrets; else the bytes as they are, without the line's end.
    static func key(_ file: FilePath) throws -> [UInt8] {
        let bytes = try secret(file)
        let prefix = Array("whsec_".utf8)
        guard bytes.starts(with: prefix) else { return bytes }
        guard let key = Data(base64Encoded: Data(bytes.dropFirst(prefix.count))), !key.isEmpty else {
            throw HookRefusal(description: "cannot use \(file.quoted): what follows whsec_ is not Base64; write a new secret there")
        }
        return [UInt8](key)
    }

    static func token(_ file: FilePath) throws -> String {
        let bytes = try secret(file)
        // RFC 6750 section 2.1: b64token.
        guard bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw HookRefusal(description: "cannot use \(file.quoted): a token is one word of ASCII; write it there alone")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func secret(_ file: FilePath) throws -> [UInt8] {
        let bytes = try Descriptor.open(file, O_RDONLY | O_NONBLOCK).read(64 << 10, path: file)
        let end = bytes.lastIndex { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
        guard let end else { throw HookRefusal(description: "cannot use \(file.quoted): it is empty; write a secret there") }
        return Array(bytes[...end])
    }
}

extension HookRun {
    /// What curl's end says about the web address: its status, or that there was no answer.
    func readAsAnswer(now: UInt64) -> HookRun {
        var run = self
        run.output = []
        switch ending {
        case .exited(0):
            let words = String(decoding: output, as: UTF8.self).split(separator: " ", maxSplits: 1)
            run.ending = .answered(words.first.flatMap { Int($0) } ?? 0)
            run.pause = words.count > 1 ? Self.pause(String(words[1]), now: now) : nil
        case .exited(let code):
            // The reason comes first; advice may follow it.
            let said = String(decoding: errors, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? "curl ended with \(code)"
            run.ending = .unanswered(said.hasPrefix("curl: ") ? String(said.dropFirst(6)) : said)
            run.errors = []
        case .signalled, .timedOut, .stopped, .notStarted, .answered, .unanswered: break
        }
        return run
    }

    /// Retry-After (RFC 9110 section 10.2.3): seconds, or a date. An hour at most: a slip over there is not to silence a hook for days.
    private static func pause(_ text: String, now: UInt64) -> Duration? {
        let most: UInt64 = 3_600
        if let seconds = UInt64(text) { return .seconds(Int64(min(seconds, most))) }
        // IMF-fixdate (RFC 9110 section 5.6.7): Sun, 06 Nov 1994 08:49:37 GMT.
        let words = text.split { $0 == " " || $0 == ":" }
        guard words.count == 8, words[7] == "GMT", let month = months.firstIndex(of: String(words[2])) else { return nil }
        let numbers = [1, 3, 4, 5, 6].compactMap { Int32(words[$0]) }
        guard numbers.count == 5, (1_970...9_999).contains(numbers[1]), numbers.allSatisfy({ $0 >= 0 && $0 < 10_000 }) else { return nil }
        var date = tm()
        (date.tm_mday, date.tm_mon, date.tm_year) = (numbers[0], Int32(month), numbers[1] - 1_900)
        (date.tm_hour, date.tm_min, date.tm_sec) = (numbers[2], numbers[3], numbers[4])
        let then = timegm(&date)
        return then > 0 && UInt64(then) > now ? .seconds(Int64(min(UInt64(then) - now, most))) : nil
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
