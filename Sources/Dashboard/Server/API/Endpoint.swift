// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import DashboardScreens
import HTTPTypes
import Hummingbird

/// One thing that can be asked: the table of them is what is served and what the description of the API is held against.
struct Endpoint: Sendable {
    let method: HTTPRequest.Method
    /// `/api/v1/jobs/{job}`.
    let template: String
    let access: Access
    let answer: @Sendable (Call) async throws -> Response
    private let pattern: [Substring]

    init(_ method: HTTPRequest.Method, _ template: String, _ access: Access, _ answer: @escaping @Sendable (Call) async throws -> Response) {
        self.method = method
        self.template = template
        self.access = access
        self.answer = answer
        pattern = template.split(separator: "/")
    }

    /// What stands in the template's braces; nil when the path is another.
    func parameters(of segments: [String]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, wanted) in zip(segments, pattern) {
            if wanted.hasPrefix("{") { parameters[String(wanted.dropFirst().dropLast())] = segment } else if segment != wanted { return nil }
        }
        return parameters
    }

    /// More words fixed by the template go first: `jobs/retry` before `jobs/{job}`.
    var fixedWords: Int { pattern.count { !$0.hasPrefix("{") } }
}

/// A request that has been let in, with all that is needed to answer it.
struct Call: Sendable {
    let request: Request
    let path: RequestPath
    let parameters: [String: String]
    let visitor: Visitor
    let daemon: any ServedDaemon
    let settings: DashboardSettings
    let admission: Admission

    var frame: Frame { Frame(csrf: visitor.csrf, path: request.head.path ?? "/", version: settings.version) }

    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The last of that name; empty ones are as good as none, since forms send them.
    func query(_ name: String) -> String? { path.query.last { $0.name == name && !$0.value.isEmpty }?.value }

    /// What a program gives must be of its kind; what a form leaves empty is not given.
    private func word(_ name: String) -> String? {
        path.segments.first == "api" ? path.query.last { $0.name == name }?.value : query(name)
    }

    func number(_ name: String, _ range: ClosedRange<Int64>) throws -> Int64? {
        guard let text = word(name) else { return nil }
        guard let number = Int64(text), range.contains(number), text.utf8.first != UInt8(ascii: "+") else {
            throw Refusal(.invalid, "cannot read \"\(name)\": it is no whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String, _ type: Choice.Type) throws -> Choice? where Choice.RawValue == String {
        guard let text = word(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            throw Refusal(.invalid, "cannot read \"\(name)\": it is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    var jobFilter: JobFilter {
        get throws {
            var filter = JobFilter()
            filter.state = try choice("state", JobState.self)
            filter.code = query("code")
            filter.route = query("route")
            filter.name = query("name")
            filter.since = query("since")
            filter.until = query("until")
            filter.cursor = query("cursor")
            filter.limit = Int(try number("limit", 1...500) ?? 50)
            return filter
        }
    }

    /// Of events, so that each is exact in every JSON reader.
    static let mostNumber: Int64 = 1 << 53 - 1

    var eventFilter: EventFilter {
        get throws {
            var filter = EventFilter()
            filter.type = query("type")
            filter.route = query("route")
            filter.job = query("job")
            filter.after = try number("after", 0...Self.mostNumber)
            filter.limit = Int(try number("limit", 1...1_000) ?? 100)
            return filter
        }
    }
}
