// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The state of a sheet's form controls ([MS-XLSX] 2.4.19), whose labels stand in its drawing.
enum XLSXControls {
    /// A sign for each box and each button to choose by, by the name of its shape: `_x0000_s1025`.
    static func signs(_ controls: [String: String], _ relationships: [String: OOXMLPackage.Relationship], _ book: XLSXBook) -> [String: String] {
        var signs: [String: String] = [:]
        for (shape, id) in controls {
            guard let link = relationships[id], link.type == "ctrlProp" else {
                book.diagnostics.report("form-control", "a form's control was left out")
                continue
            }
            book.package.optionalTree(link.target, &book.diagnostics)?.withRoot { root in
                let isSet = root.attribute(.n_checked) == "Checked"
                switch root.attribute(.n_objectType) {
                case "CheckBox": signs["_x0000_s" + shape] = isSet ? "☒" : "☐"
                case "Radio": signs["_x0000_s" + shape] = isSet ? "◉" : "○"
                default: break
                }
            }
        }
        return signs
    }
}
