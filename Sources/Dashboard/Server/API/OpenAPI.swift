// SPDX-License-Identifier: Apache-2.0
import CShipped

/// The description of the API (OpenAPI 3.0.3), which a test holds against the endpoints.
enum OpenAPI {
    static var document: [UInt8] {
        var size = 0
        let start = shipped_api_description(&size)
        return Array(UnsafeBufferPointer(start: start, count: size))
    }
}
