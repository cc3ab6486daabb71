// SPDX-License-Identifier: Apache-2.0

/// What a MathML element says in LaTeX: its TeX annotation, its `alttext`, or what its own elements mean.
struct HTMLFormula {
    private(set) var text: String

    init(_ math: HTMLNode) {
        if let annotation = Self.annotation(below: math) {
            text = Self.bare(HTMLText.plain(of: annotation))
        } else if let alternative = math.attribute("alttext")?.trimmed, alternative.contains(UInt8(ascii: "\\")) || math.children.count == 0 {
            text = Self.bare(alternative.string)
        } else {
            text = MathMLText(math).latex
        }
    }

    /// Wikipedia wraps every formula in `{\displaystyle …}`.
    static func bare(_ latex: String) -> String {
        for prefix in ["{\\displaystyle ", "{\\textstyle "] where latex.hasPrefix(prefix) && latex.hasSuffix("}") {
            let inner = latex.dropFirst(prefix.count).dropLast()
            return String(inner.last == " " ? inner.dropLast() : inner)
        }
        return latex
    }

    /// `<annotation encoding="application/x-tex">`, which stands in `semantics`, at most a few levels down.
    private static func annotation(below math: HTMLNode) -> HTMLNode? {
        var waiting = [math]
        var seen = 0
        while let node = waiting.popLast(), seen < 2_000 {
            for index in 0..<node.children.count {
                guard let child = node.children[index], child.isElement else { continue }
                seen += 1
                if child.writtenName.isKeyword("annotation"), child.attribute("encoding")?.place(ofKeyword: "tex") != nil { return child }
                waiting.append(child)
            }
        }
        return nil
    }
}
