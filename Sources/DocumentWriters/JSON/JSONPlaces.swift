// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Places on pages as JSON: `"at": [{"page": 3, "box": [72, 96.5, 523, 140]}]`, left, top, right and bottom to a tenth of a point.
enum JSONPlaces {
    static func field(_ positions: [SourcePosition]) -> String {
        "\"at\": [" + positions.map { "{\"page\": \($0.page), \"box\": [\(tenths($0.left)), \(tenths($0.top)), \(tenths($0.right)), \(tenths($0.bottom))]}" }.joined(separator: ", ") + "]"
    }

    private static func tenths(_ value: Float) -> String {
        let tenths = (value * 10).rounded()
        // No page is larger than 14,400 units of at most 100 inches.
        guard tenths.magnitude < 1e9 else { return "0" }
        let whole = Int(tenths.magnitude)
        let sign = tenths < 0 ? "-" : ""
        return whole % 10 == 0 ? "\(sign)\(whole / 10)" : "\(sign)\(whole / 10).\(whole % 10)"
    }
}
