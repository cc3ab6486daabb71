// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// Something a person may order with a button: one request to the API, asked about first where it cannot be undone.
struct Order {
    var label: String
    /// Where it is posted.
    var address: String
    /// The body, in JSON; where jobs were chosen, `app.js` adds them as `jobs`.
    var body: String = "{}"
    /// What is asked before it is done; nil for what harms nothing.
    var question: (title: String, words: String)?
    var look: Markup = ""
    /// It is about the jobs that are chosen in the table.
    var isForChosen = false

    /// The button, and the question that it opens.
    func button(_ frame: Frame) -> Markup {
        guard frame.mayChange else { return "" }
        guard let question else { return #"<button type="button" class="order \#(look)" \#(request)>\#(label)</button>"# }
        let id = "ask-\(Address.encode(label + address + body).filter { $0 != "%" })"
        return #"""
        <button type="button" class="order \#(look)" popovertarget="\#(id)" aria-haspopup="dialog">\#(label)…</button>\#
        <dialog popover id="\#(id)" aria-labelledby="\#(id)-title"><h2 id="\#(id)-title">\#(question.title)</h2>\#
        <p>\#(if: isForChosen, "<b data-chosen>The chosen jobs</b>: ")\#(question.words)</p>\#
        <div class="actions"><button type="button" popovertarget="\#(id)" popovertargetaction="hide" autofocus>Keep as it is</button>\#
        <button type="button" class="main \#(look)" \#(request)>\#(label)</button></div></dialog>
        """#
    }

    private var request: Markup { #"data-post="\#(address)" data-body="\#(body)"\#(if: isForChosen, " data-for-chosen")"# }
}

extension Order {
    static func pause(_ route: String) -> Order {
        Order(label: "Pause", address: "/api/v1/pause", body: JSONText.object([("route", .text(route))]),
            question: ("Pause \(route)?", "What runs is finished; everything else waits in the inbox until you resume it."))
    }

    static func resume(_ route: String) -> Order {
        Order(label: "Resume", address: "/api/v1/resume", body: JSONText.object([("route", .text(route))]))
    }

    static func rescan(_ route: String, _ inbox: String) -> Order {
        Order(label: "Rescan", address: "/api/v1/rescan", body: JSONText.object([("route", .text(route))]),
            question: ("Look through \(inbox) again?", "The whole folder is listed once more. Nothing is converted twice."))
    }

    static func cancelAll(_ route: String, _ count: Int) -> Order {
        Order(label: "Cancel all", address: "/api/v1/jobs/cancel", body: JSONText.object([("route", .text(route)), ("all", .truth(true))]),
            question: ("Cancel everything in \(route)?", "\(Quantity.count(count, "job is", "jobs are")) taken off the queue. The files stay in the inbox, and are not taken again until they are retried."), look: "danger")
    }

    static func retryAll(code: String?, route: String?, _ words: String) -> Order {
        Order(label: "Retry all", address: "/api/v1/jobs/retry", body: allFailed(code, route),
            question: ("Retry all \(words)?", "Each goes back into the queue with its attempts counted anew."))
    }

    static func retry(_ jobs: [String]? = nil) -> Order {
        Order(label: "Retry", address: "/api/v1/jobs/retry", body: JSONText.object([("jobs", jobs.map { .texts($0) })]), isForChosen: jobs == nil)
    }

    static func dismissAll(code: String?, route: String?, _ words: String) -> Order {
        Order(label: "Dismiss all", address: "/api/v1/jobs/dismiss", body: allFailed(code, route),
            question: ("Dismiss all \(words)?", "They are no longer counted or listed as failures. Their files stay in quarantine, and can be retried all the same."))
    }

    private static func allFailed(_ code: String?, _ route: String?) -> String {
        JSONText.object([("all", .truth(true)), ("code", code.map { .text($0) }), ("route", route.map { .text($0) })])
    }

    static func dismiss(_ jobs: [String]? = nil) -> Order {
        Order(label: "Dismiss", address: "/api/v1/jobs/dismiss", body: JSONText.object([("jobs", jobs.map { .texts($0) })]), isForChosen: jobs == nil)
    }

    static func cancel(_ jobs: [String]? = nil) -> Order {
        Order(label: "Cancel", address: "/api/v1/jobs/cancel", body: JSONText.object([("jobs", jobs.map { .texts($0) })]),
            question: (jobs == nil ? "Cancel the chosen jobs?" : "Cancel this job?", "What has not ended is stopped. Its file stays in the inbox, and is not taken again until it is retried."),
            look: "danger", isForChosen: jobs == nil)
    }

    static func prioritize(_ jobs: [String]? = nil) -> Order {
        Order(label: "Raise priority", address: "/api/v1/jobs/priority", body: JSONText.object([("jobs", jobs.map { .texts($0) }), ("priority", .text(JobPriority.urgent.rawValue))]),
            isForChosen: jobs == nil)
    }

    static func deliverAgain(hook: String, _ count: Int) -> Order {
        Order(label: "Deliver again", address: "/api/v1/hooks/\(Address.encode(hook))/retry",
            question: ("Tell \(hook) again of \(Quantity.count(count, "event", "events"))?", "They were given up. Each is told under the name it had, as if for the first time; what was put off is due at once."))
    }

    static func deliverAgain(hook: String, job: String) -> Order {
        Order(label: "Tell \(hook) again", address: "/api/v1/hooks/\(Address.encode(hook))/retry", body: JSONText.object([("job", .text(job))]))
    }

    static func test(hook: String) -> Order {
        Order(label: "Send a test event", address: "/api/v1/hooks/\(Address.encode(hook))/test",
            question: ("Run \(hook) with a made-up event?", "The program or address of the hook gets an event of type job.done that says it is a test."))
    }
}

/// The little JSON that orders need.
enum JSONText {
    case text(String), texts([String]), truth(Bool), number(UInt64)

    static func object(_ fields: [(String, JSONText?)]) -> String {
        "{\(fields.compactMap { name, value in value.map { "\(quoted(name)):\($0.written)" } }.joined(separator: ","))}"
    }

    private var written: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .texts(let texts): "[\(texts.map(Self.quoted).joined(separator: ","))]"
        case .truth(let truth): truth ? "true" : "false"
        case .number(let number): String(number)
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case let control where control.value < 0x20:
                let digits = String(control.value, radix: 16)
                quoted += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
