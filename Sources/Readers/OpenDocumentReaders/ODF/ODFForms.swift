// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// What the controls of a document's forms show (ODF 1.3 part 3, 13.5), by their ids; the text says where each of them stands.
struct ODFForms {
    private var shown: [String: String] = [:]
    private static let most = 100_000

    /// Takes the controls of an `office:forms` or a form within.
    mutating func take(_ forms: XMLElement) {
        for child in forms.children where shown.count < Self.most {
            if child.known == .form_form { take(child) }
            guard let id = child.attribute(.xml_id) ?? child.attribute(.form_id) else { continue }
            if let text = Self.text(child) { shown[id] = text }
        }
    }

    /// Empty for a field that nobody filled; nil where nothing is known of the control.
    func text(of id: String?) -> String? { id.flatMap { shown[$0] } }

    private static func text(_ control: XMLElement) -> String? {
        let label = control.attribute(.form_label) ?? ""
        switch control.known {
        case .form_checkbox:
            return choice((control.attribute(.form_currentState) ?? control.attribute(.form_state)) == "checked" ? "☒" : "☐", label)
        case .form_radio:
            return choice((control.attribute(.form_currentSelected) ?? control.attribute(.form_selected)) == "true" ? "◉" : "○", label)
        case .form_listbox:
            return control.children.filter { $0.known == .form_option && ($0.attribute(.form_currentSelected) ?? $0.attribute(.form_selected)) == "true" }
                .compactMap { $0.attribute(.form_label) }.joined(separator: ", ")
        case .form_button, .form_fixedText, .form_frame: return label
        case .form_textarea:
            let lines = control.children.filter { $0.known == .text_p }.map(\.text)
            return lines.isEmpty ? value(control) : lines.joined(separator: "\n")
        case .form_text, .form_combobox, .form_formattedText, .form_number, .form_date, .form_time: return value(control)
        // Passwords are nobody's to read.
        case .form_password, .form_hidden: return ""
        default: return nil
        }
    }

    private static func choice(_ sign: String, _ label: String) -> String { label.isEmpty ? sign : sign + " " + label }

    private static func value(_ control: XMLElement) -> String { control.attribute(.form_currentValue) ?? control.attribute(.form_value) ?? "" }
}
