// SPDX-License-Identifier: Apache-2.0
import DocumentTree
extension HTMLText {
    static func decode(_ bytes: UnsafeRawBufferPointer, diagnostics: inout Diagnostics) -> [UInt8] {
        _ = HTMLCharset.declared(in: bytes)
        return Array(bytes)
    }
}
