// SPDX-License-Identifier: Apache-2.0

package enum Version {
    /// In events, reports and `--version`.
    package static let text = "0.1.0"
}
