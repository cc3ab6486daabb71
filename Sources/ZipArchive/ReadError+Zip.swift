// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension ReadError {
    /// What an archive that cannot be read is to a reader of what is in it.
    package init(_ error: ZipError) {
        switch error {
        case .malformed(let reason): self = .malformed(reason)
        case .encrypted(let reason): self = .encrypted(reason)
        case .unsupported(let reason): self = .unsupported(reason)
        case .limit(let reason): self = .limit(reason)
        }
    }
}
