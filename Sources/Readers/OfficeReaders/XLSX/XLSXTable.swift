// SPDX-License-Identifier: Apache-2.0
import Sheets
import XMLTree

/// A table that the workbook defines (18.5.1.2).
enum XLSXTable {
    /// Its area, when its first row is a heading.
    static func area(_ part: String, _ book: XLSXBook) -> CellArea? {
        if part.hasSuffix(".bin") { return XLSBParts.table(part, book) }
        return book.package.optionalTree(part, &book.diagnostics)?.withRoot { root in
            guard root.known == .x_table, root.attribute(.n_headerRowCount) != "0" else { return nil }
            return root.attribute(.n_ref).flatMap { XLSXNumber.area($0) }
        }
    }
}
