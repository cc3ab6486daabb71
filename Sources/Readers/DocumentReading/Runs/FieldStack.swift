// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// The fields that are open at a point of the text: instruction first, result behind the separator.
struct FieldStack {
    private struct Field {
        var instruction = ""
        var isResult = false
        var link: String?
        var isDropped = false
    }

    private var open: [Field] = []
    private static let mostOpen = 64

    var isOpen: Bool { !open.isEmpty }
    /// Text here is an instruction, or a result nobody wants.
    private(set) var isHidden = false
    private(set) var link: String?
    /// The name of the innermost field, as far as it is known.
    var instruction: FieldInstruction? { open.last.map { FieldInstruction($0.instruction) } }

    mutating func begin() {
        if open.count < Self.mostOpen { open.append(Field()) }
        update()
    }

    mutating func instruct(_ text: String) {
        guard let top = open.indices.last, !open[top].isResult, open[top].instruction.utf8.count < 10_000 else { return }
        open[top].instruction += text
    }

    mutating func separate() {
        guard let top = open.indices.last, !open[top].isResult else { return }
        let instruction = FieldInstruction(open[top].instruction)
        open[top].isResult = true
        open[top].link = instruction.link
        open[top].isDropped = instruction.isPageNumber
        update()
    }

    mutating func end() {
        _ = open.popLast()
        update()
    }

    private mutating func update() {
        isHidden = open.contains { !$0.isResult || $0.isDropped }
        link = open.last { $0.link != nil }?.link
    }
}
