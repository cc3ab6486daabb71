// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import FileAccess
import HTTPTypes
import Settings

/// What a request may do.
enum Access: String, Sendable, CaseIterable {
    /// Whoever reaches the port: liveness, static files, signing in.
    case open
    /// From this machine, or with the token.
    case read
    /// With the token; from a browser also with proof that our own page sent it.
    case change
}

/// Who sent a request, as far as it can be told.
struct Visitor: Sendable, Equatable {
    /// By token or session.
    var isKnown: Bool
    /// Proof for changes from our own page; nil for those who may only read.
    var csrf: String?
}

/// Decides whether a request is let in, by its head alone.
///
/// Names other than ours in `Host` are refused, so a page elsewhere cannot reach us by pointing its own name at this machine
/// (DNS rebinding). Browsers add a session's cookie to anything that any page sends; so a change with a cookie needs the
/// proof that only our page knows, and no sign of coming from elsewhere (`Origin`, `Sec-Fetch-Site`).
struct Admission: Sendable {
    let cookieName: String
    private let token: String
    private let session: String
    private let proof: String
    private let hosts: Set<String>
    private let takesAnyAddress: Bool
    private let isReadingFree: Bool

    init(_ settings: DashboardSettings) {
        token = settings.token
        session = Self.derived("session", settings.token)
        proof = Self.derived("csrf", settings.token)
        // Cookies do not know ports: two daemons on one machine have two names.
        cookieName = "intray_\(Self.derived("name", settings.token).prefix(8))"
        var hosts = Set(settings.hosts.map { $0.lowercased() })
        hosts.insert("localhost")
        if case .tcp(let host, _) = settings.address { hosts.insert(host.lowercased()) }
        self.hosts = hosts
        takesAnyAddress = !settings.address.isLocal
        isReadingFree = settings.address.isLocal
    }

    /// - Throws: `Refusal`.
    func admit(_ head: HTTPRequest, to access: Access) throws(Refusal) -> Visitor {
        let host = head.authority ?? head.headerFields[.host] ?? ""
        guard isOurs(host: host) else {
            throw Refusal(.forbidden, "cannot serve \"\(Self.printable(host))\": that is no name of this page; call it by its address, or list the name under dashboard.hosts")
        }
        let bearer = head.headerFields[.authorization].map { Self.bearer($0) }
        if let bearer, !Self.isSame(bearer ?? "", token) {
            throw Refusal(.unauthorized, "cannot accept the token: it is not this daemon's; take the one in its token file")
        }
        let isSession = bearer == nil && cookies(head).contains { $0.name == cookieName && Self.isSame($0.value, session) }
        let visitor = Visitor(isKnown: bearer != nil || isSession, csrf: bearer != nil || isSession ? proof : nil)
        switch access {
        case .open: return visitor
        case .read:
            guard visitor.isKnown || isReadingFree else { throw Self.unknown }
            return visitor
        case .change:
            try checkOrigin(head, host: host)
            guard visitor.isKnown else { throw Self.unknown }
            if isSession {
                guard Self.isSame(head.headerFields[.csrf] ?? "", proof) else {
                    throw Refusal(.forbidden, "cannot change anything: the request does not come from this page; load the page again")
                }
            }
            return visitor
        }
    }

    /// Whether the page may be told the token by this request: it does not come from another site's page.
    func checkOrigin(_ head: HTTPRequest, host: String? = nil) throws(Refusal) {
        let host = (host ?? head.authority ?? head.headerFields[.host] ?? "").lowercased()
        if let origin = head.headerFields[.origin]?.lowercased(), origin != "http://\(host)", origin != "https://\(host)" { throw Self.elsewhere }
        if let site = head.headerFields[.secFetchSite], site != "same-origin", site != "none" { throw Self.elsewhere }
    }

    func isToken(_ text: String) -> Bool { Self.isSame(text, token) }

    /// Signs in for as long as the browser runs.
    var setCookie: String { "\(cookieName)=\(session); Path=/; HttpOnly; SameSite=Strict" }
    var dropCookie: String { "\(cookieName)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" }

    private static let unknown = Refusal(
        .unauthorized, "cannot do that without the token: open the address that the daemon said at its start, or send the header \"Authorization: Bearer TOKEN\"")
    private static let elsewhere = Refusal(.forbidden, "cannot change anything: the request comes from another site's page")

    private func isOurs(host: String) -> Bool {
        guard let name = Self.name(inHost: host.lowercased()) else { return false }
        if hosts.contains(name) || name.hasPrefix("127.") && Self.isAddress(name) || name == "::1" { return true }
        return takesAnyAddress && Self.isAddress(name)
    }

    /// Without the port; nil when it is no host at all.
    static func name(inHost host: String) -> String? {
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return nil }
            let rest = host[host.index(after: end)...]
            guard rest.isEmpty || isPort(rest) else { return nil }
            return String(host[host.index(after: host.startIndex)..<end])
        }
        guard let colon = host.firstIndex(of: ":") else { return host.isEmpty ? nil : host }
        return colon > host.startIndex && isPort(host[colon...]) ? String(host[..<colon]) : nil
    }

    private static func isPort(_ text: Substring) -> Bool {
        let digits = text.dropFirst()
        return text.first == ":" && (1...5).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Digits and dots, or an IPv6 address; no name of the DNS looks like either.
    private static func isAddress(_ name: String) -> Bool {
        if name.contains(":") { return name.utf8.allSatisfy { (0x30...0x3A).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2E } }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && $0.utf8.count <= 3 }
    }

    private func cookies(_ head: HTTPRequest) -> [(name: Substring, value: String)] {
        head.headerFields[values: .cookie].flatMap { $0.split(separator: ";") }.prefix(64).compactMap { pair in
            let trimmed = pair.drop { $0 == " " }
            guard let equals = trimmed.firstIndex(of: "=") else { return nil }
            return (trimmed[..<equals], String(trimmed[trimmed.index(after: equals)...]))
        }
    }

    private static func bearer(_ value: String) -> String? {
        let parts = value.split(separator: " ", omittingEmptySubsequences: true)
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }

    /// Takes as long for a near miss as for a far one.
    static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        guard a.count == b.count, !b.isEmpty else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derived(_ purpose: String, _ token: String) -> String {
        Array("intray \(purpose) \(token)".utf8).withUnsafeBytes { ContentHash.of($0) }
    }

    private static func printable(_ text: String) -> String { String(text.unicodeScalars.prefix(100).filter { $0.value >= 0x20 && $0.value < 0x7F && $0 != "\"" }) }
}

extension HTTPField.Name {
    static let csrf = Self("X-Intray-CSRF")!
    static let secFetchSite = Self("Sec-Fetch-Site")!
    static let lastEventID = Self("Last-Event-ID")!
    static let frameOptions = Self("X-Frame-Options")!
    static let referrerPolicy = Self("Referrer-Policy")!
    static let openerPolicy = Self("Cross-Origin-Opener-Policy")!
    static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
    static let host = Self("Host")!
}
