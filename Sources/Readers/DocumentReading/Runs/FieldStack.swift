// SPDX-License-Identifier: Apache-2.0

/// The fields that are open at a point of the text: instruction first, result behind the separator.
package struct FieldStack: Sendable {
    private struct Field: Sendable {
        var instruction = ""
        var isResult = false
        var link: String?
        var isDropped = false
    }

    private var open: [Field] = []
    private static let mostOpen = 64
    private let keepsPlaces: Bool

    /// `keepsPlaces`: whether places that Word itself made, such as those of a table of contents, are in the output.
    package init(keepsPlaces: Bool = false) { self.keepsPlaces = keepsPlaces }

    package var isOpen: Bool { !open.isEmpty }
    /// Text here is an instruction, or a result nobody wants.
    package private(set) var isHidden = false
    package private(set) var link: String?
    /// The name of the innermost field, as far as it is known.
    package var instruction: FieldInstruction? { open.last.map { FieldInstruction($0.instruction) } }

    package mutating func begin() {
        if open.count < Self.mostOpen { open.append(Field()) }
        update()
    }

    package mutating func instruct(_ text: String) {
        guard let top = open.indices.last, !open[top].isResult, open[top].instruction.utf8.count < 10_000 else { return }
        open[top].instruction += text
    }

    package mutating func separate() {
        guard let top = open.indices.last, !open[top].isResult else { return }
        let instruction = FieldInstruction(open[top].instruction)
        open[top].isResult = true
        open[top].link = instruction.link(keepsPlaces: keepsPlaces)
        open[top].isDropped = instruction.isPageNumber
        update()
    }

    package mutating func end() {
        _ = open.popLast()
        update()
    }

    private mutating func update() {
        isHidden = open.contains { !$0.isResult || $0.isDropped }
        link = open.last { $0.link != nil }?.link
    }
}
