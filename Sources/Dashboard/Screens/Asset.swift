// SPDX-License-Identifier: Apache-2.0

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
}
