// SPDX-License-Identifier: Apache-2.0

/// What the daemon offers to its page and its API. Everything that cannot be done is thrown as a `Refusal`.
package protocol ServedDaemon: Sendable {
    func overview() async throws -> Overview
    func jobs(_ filter: JobFilter) async throws -> JobPage
    func job(_ name: String) async throws -> JobDetail
    /// An output's file, opened.
    func output(_ number: Int, of job: String) async throws -> OpenOutput
    func routes() async throws -> [RouteDetail]
    func hooks() async throws -> [HookDetail]
    func events(_ filter: EventFilter) async throws -> EventPage
    /// Events behind `filter.after` (from now on without it) and then as they are told, none missing; with a bound per
    /// second, of what comes faster some are left out.
    func follow(_ filter: EventFilter, atMost perSecond: Int?) -> AsyncStream<EventItem>
    /// Without a request: which folders may be swept, and which sweeps there are.
    func preview(_ request: SweepRequest?) async throws -> SweepPreview

    func change(_ change: Change) async throws -> ChangeOutcome
    func testHook(_ name: String) async throws -> HookTrial
    func startSweep(_ request: SweepRequest) async throws -> SweepRun
    /// A file on its way into a route's inbox. `name` may hold sub-folders, which are made.
    func beginUpload(route: String, name: String) async throws -> any Upload
}

/// An output that can be read; `descriptor` is closed when the value goes.
package struct OpenOutput: Sendable {
    package var item: OutputItem
    /// Reads up to `count` bytes from `offset`; empty at the end.
    package var read: @Sendable (_ count: Int, _ offset: Int) throws -> [UInt8]

    package init(item: OutputItem, read: @escaping @Sendable (_ count: Int, _ offset: Int) throws -> [UInt8]) {
        self.item = item
        self.read = read
    }
}

/// A file that is being written under a temporary name, which no feed takes.
package protocol Upload: Sendable {
    func write(_ bytes: [UInt8]) async throws
    /// Gives the file its name, at which moment it is complete.
    func finish() async throws -> UploadOutcome
    /// Removes what was written.
    func abandon() async
}
