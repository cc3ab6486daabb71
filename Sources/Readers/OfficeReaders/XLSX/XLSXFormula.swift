// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// The little that is read of formulas.
enum XLSXFormula {
    /// A formula as its cell would show it; nil when it stands with another cell.
    static func text(_ raw: [UInt8]) -> String? {
        raw.isEmpty ? nil : "=" + raw.withUnsafeBufferPointer { XMLText.decode($0) }
    }

    /// The address of `HYPERLINK("address", …)`.
    static func link(_ raw: [UInt8]) -> String? {
        guard raw.starts(with: "HYPERLINK(".utf8) else { return nil }
        let formula = raw.withUnsafeBufferPointer { XMLText.decode($0) }
        return link(formula)
    }

    static func link(_ formula: String) -> String? {
        guard formula.hasPrefix("HYPERLINK(\"") else { return nil }
        let address = formula.dropFirst(11).prefix { $0 != "\"" }
        return address.isEmpty || address.hasPrefix("#") ? nil : String(address)
    }
}
