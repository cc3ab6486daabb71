// SPDX-License-Identifier: Apache-2.0
package import DashboardModel

/// The pages, each a whole HTML document made from values: no clock, no files, no requests.
///
///     /             overview        /preview       preview
///     /jobs         jobs            /routes        routes
///     /jobs/JOB     job             /events        events (the live stream is /api/v1/events/stream)
///     /jobs/JOB/view/NUMBER         a result by itself
///
/// The content security policy is `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';
/// frame-src 'self'; form-action 'self'`: no inline script or style, no `style` attribute.
package enum Screens {
    package static func overview(_ overview: Overview, _ frame: Frame) -> String { OverviewScreen(overview: overview, frame: frame).page }

    package static func jobs(_ page: JobPage, _ filter: JobFilter, routes: [String], _ frame: Frame) -> String {
        JobsScreen(list: page, filter: filter, routes: routes, frame: frame).page
    }

    package static func job(_ job: JobDetail, _ frame: Frame) -> String { JobScreen(detail: job, frame: frame).page }

    package static func preview(_ preview: SweepPreview, _ frame: Frame) -> String { PreviewScreen(preview: preview, frame: frame).page }

    package static func routes(_ routes: [RouteDetail], hooks: [HookDetail], _ frame: Frame) -> String {
        RoutesScreen(routes: routes, hooks: hooks, frame: frame).page
    }

    package static func events(_ events: EventPage, _ filter: EventFilter, routes: [String], _ frame: Frame) -> String {
        EventsScreen(list: events, filter: filter, routes: routes, frame: frame).page
    }

    /// Where the token is asked for. Tells nothing about the daemon.
    package static func login(isWrong: Bool) -> String { LoginScreen(isWrong: isWrong).page }

    /// A result by itself. To be sent with `Content-Security-Policy: sandbox; default-src 'none'; style-src 'self'; img-src data:`.
    package static func document(_ view: DocumentView) -> String { view.page }

    /// What could not be shown or done, and what to do about it.
    package static func refusal(_ refusal: Refusal, _ frame: Frame) -> String { RefusalScreen(refusal: refusal, frame: frame).page }

    /// Served below `/assets/`.
    package static let assets: [Asset] = Asset.all
}
