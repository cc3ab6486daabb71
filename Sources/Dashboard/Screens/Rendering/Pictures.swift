// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import FoundationEssentials

/// The pictures of a result, carried within the page that shows it: a frame of no origin may ask for nothing.
package struct Pictures: Sendable {
    private var addresses: [String: String] = [:]

    package init() {}

    /// `target` is the path from the document's folder; `mediaType` one of a raster image.
    package mutating func add(_ target: String, _ mediaType: String, _ bytes: [UInt8]) {
        addresses[target] = "data:\(mediaType);base64,\(Data(bytes).base64EncodedString())"
    }

    /// What `<img src>` may hold for what a document names: a picture of its own, or one that stands in the text itself.
    func address(of target: String) -> String? {
        addresses[target] ?? PercentEncoding.decoded(target).flatMap { addresses[$0] } ?? (Self.isInline(target) ? target : nil)
    }

    /// No SVG: it is a document, and its own frame would be needed for it.
    private static func isInline(_ target: String) -> Bool {
        let kinds = ["png", "jpeg", "gif", "webp", "bmp"].map { "data:image/\($0);base64," }
        guard let start = kinds.first(where: { target.hasPrefix($0) }) else { return false }
        return target.utf8.dropFirst(start.utf8.count).allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
            default: false
            }
        }
    }
}
