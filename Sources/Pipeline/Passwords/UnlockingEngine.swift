// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// Converts a document once more when it turned out to be encrypted and somebody can be asked for passwords.
struct UnlockingEngine: ConversionEngine {
    private let engine: any ConversionEngine

    init(_ engine: any ConversionEngine) { self.engine = engine }

    func convert(_ request: ConversionRequest, input: ConversionInput, into receiver: any ReplyReceiver) async throws -> ConversionReply {
        do {
            return try await engine.convert(request, input: input, into: receiver)
        } catch let error as ConversionError where error.code == .encrypted {
            // What has been received already cannot be taken back.
            guard let stage = receiver as? StageReceiver, !stage.hasReceived, let ask = stage.passwords else { throw error }
            let found = try await ask()
            guard !found.isEmpty else { throw error }
            var again = request
            again.passwords = found
            return try await engine.convert(again, input: input, into: receiver)
        }
    }
}
