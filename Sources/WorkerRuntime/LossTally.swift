// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol

/// The losses of one document, repeats of one code and message folded; the first 1,000 kinds are told apart.
struct LossTally {
    private struct Kind: Hashable {
        var code: String
        var message: String
    }

    private var places: [Kind: Int] = [:]
    private(set) var all: [Loss] = []
    private static let most = 1_000

    mutating func add(_ loss: Loss) {
        let kind = Kind(code: loss.code, message: loss.message)
        if let place = places[kind] {
            all[place].count += loss.count
        } else if all.count < Self.most {
            places[kind] = all.count
            all.append(loss)
        } else if all.count == Self.most {
            all.append(Loss(code: "losses-omitted", message: "more kinds of loss than are reported", count: loss.count))
        } else {
            all[Self.most].count += loss.count
        }
    }
}
