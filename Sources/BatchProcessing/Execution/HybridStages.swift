// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol

/// A document on its way into an engine.
public struct Conversion: Sendable {
    public var request: ConversionRequest
    public var input: ConversionInput
    /// Takes text and assets as they come.
    public var receiver: any ReplyReceiver

    public init(_ request: ConversionRequest, input: ConversionInput, receiver: any ReplyReceiver) {
        self.request = request
        self.input = input
        self.receiver = receiver
    }
}

/// What a read found out.
public enum Prepared<Output: Sendable>: Sendable {
    case convert(Conversion)
    /// Nothing to convert, such as a duplicate: the job is done without a worker.
    case finished(Output)
}

/// What happens around an engine: `read ──▶ engine ──▶ write`, each phase with a limit of its own.
///
/// Every error is turned into a `ConversionError`; its remedy decides what happens next. An attempt that failed
/// behind `read` starts over with `read`.
public protocol HybridStages<Payload, Output>: Sendable {
    associatedtype Payload: Sendable
    associatedtype Output: Sendable

    /// Claims and reads the input.
    func read(_ attempt: Attempt<Payload>) async throws -> Prepared<Output>
    /// Stages and publishes. Not cancelled by a timeout, so that it is never half done.
    func write(_ attempt: Attempt<Payload>, _ conversion: Conversion, _ reply: ConversionReply) async throws -> Output
    /// The attempt failed after `read`: what `read` made is thrown away here.
    func drop(_ attempt: Attempt<Payload>, _ prepared: Prepared<Output>, _ error: any Error) async
}

extension HybridStages {
    public func drop(_ attempt: Attempt<Payload>, _ prepared: Prepared<Output>, _ error: any Error) async {}
}
