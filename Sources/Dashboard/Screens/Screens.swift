// SPDX-License-Identifier: Apache-2.0
package import DashboardModel

/// The pages, each a whole HTML document made from values: no clock, no files, no requests.
///
///     /             overview        /preview       preview
///     /jobs         jobs            /routes        routes
///     /jobs/JOB     job             /events        events (the live stream is /api/v1/events/stream)
///
/// The content security policy is `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';
/// frame-src 'self'; form-action 'self'`: no inline script or style, no `style` attribute.
package enum Screens {
    package static func overview(_ overview: Overview, _ frame: Frame) -> String { page("Overview", "\(overview.routes.count)") }
    package static func jobs(_ page: JobPage, _ filter: JobFilter, routes: [String], _ frame: Frame) -> String { Self.page("Jobs", "\(page.jobs.count)") }
    package static func job(_ job: JobDetail, _ frame: Frame) -> String { page("Job", job.job.job) }
    package static func preview(_ preview: SweepPreview, _ frame: Frame) -> String { page("Preview", "\(preview.folders.count)") }
    package static func routes(_ routes: [RouteDetail], hooks: [HookDetail], _ frame: Frame) -> String { page("Routes", "\(routes.count)") }
    package static func events(_ events: EventPage, _ filter: EventFilter, routes: [String], _ frame: Frame) -> String { page("Events", "\(events.events.count)") }
    package static func refusal(_ refusal: Refusal, _ frame: Frame) -> String { page("Not possible", escape(refusal.message)) }

    /// Served below `/assets/`.
    package static let assets: [Asset] = []

    private static func page(_ title: String, _ body: String) -> String {
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>\(title) · intray</title><h1>\(title)</h1><p>\(body)</p></html>"
    }

    /// Text for HTML, in elements and in quoted attributes.
    package static func escape(_ text: String) -> String {
        var out = ""
        out.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
