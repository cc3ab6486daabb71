// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Yams

extension Kind where Value == DocumentPasswords {
    /// Neither a fault nor what is shown says a password.
    static let passwords = Kind(noun: "a list of passwords", expected: "passwords in quotes, in brackets or on lines with dashes") { place, walk in
        let bounds = "at most \(DocumentPasswords.most) passwords in quotes, each of at most \(DocumentPasswords.longest) bytes and none twice"
        let elements = place.text != nil && !place.isNothing ? [place] : place.elements(&walk, expected: bounds)
        guard let elements else { return nil }
        let passwords = DocumentPasswords(elements.compactMap(\.text))
        guard passwords.candidates.count == elements.count else {
            walk.fault(place, "these are no passwords that can be used; expected \(bounds)")
            return nil
        }
        return passwords
    } show: { $0.isEmpty ? .list([]) : .plain("[] # \($0), not shown") }
}

extension Kind where Value == [String] {
    /// A command, or none.
    static let optionalCommand = Kind(noun: "a command", expected: "a list: the program's path, then its arguments; or none") { place, walk in
        place.isNothing || place.isEmptyList ? [] : Kind<[String]>.command.read(place, &walk)
    } show: { .list($0.map { .text($0) }) }
}

extension Place {
    fileprivate var isEmptyList: Bool {
        guard case .sequence(let elements) = node else { return false }
        return elements.isEmpty
    }
}
