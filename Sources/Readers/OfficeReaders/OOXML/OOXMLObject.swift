// SPDX-License-Identifier: Apache-2.0

/// Embedded objects, told by the program they belong to ([MS-OLEDS] 1.3.5).
enum OOXMLObject {
    /// What to report of an object that is left out.
    static func loss(_ program: String?) -> String {
        let known = kinds.first { program?.hasPrefix($0.program) ?? false }
        return known.map { "an embedded \($0.kind) was left out" } ?? "an embedded object was left out"
    }

    private static let kinds: [(program: String, kind: String)] = [
        ("Excel", "Excel workbook"), ("Word", "Word document"), ("PowerPoint", "PowerPoint presentation"), ("Visio", "Visio drawing"),
        ("Equation", "equation of the old kind"), ("AcroExch", "PDF document"), ("Acrobat", "PDF document"), ("Package", "file"),
        ("MSGraph", "chart of the old kind"), ("Outlook", "mail message"),
    ]
}
