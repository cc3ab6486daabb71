// SPDX-License-Identifier: Apache-2.0
import CShipped

/// A file that the program carries in itself and serves below `/assets/`.
package struct Asset: Sendable {
    /// `style.css`.
    package var name: String
    package var mediaType: String
    package var bytes: [UInt8]

    package init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }

    /// Sources/Dashboard/Assets, byte for byte.
    static let all = [
        Asset(name: "style.css", mediaType: "text/css; charset=utf-8", bytes: read(shipped_style)),
        Asset(name: "app.js", mediaType: "text/javascript; charset=utf-8", bytes: read(shipped_script)),
        Asset(name: "icon.svg", mediaType: "image/svg+xml", bytes: read(shipped_icon)),
    ]

    private static func read(_ shipped: (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?) -> [UInt8] {
        var size = 0
        let start = shipped(&size)
        return Array(UnsafeBufferPointer(start: start, count: size))
    }
}
