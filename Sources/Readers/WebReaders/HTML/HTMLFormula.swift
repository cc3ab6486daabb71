// SPDX-License-Identifier: Apache-2.0

/// What a MathML element says in words: its TeX annotation, its `alttext`, or its characters.
struct HTMLFormula {
    private(set) var text: String
    private(set) var isLaTeX: Bool

    init(_ math: HTMLNode) {
        if let annotation = Self.annotation(below: math) {
            text = Self.bare(HTMLText.plain(of: annotation))
            isLaTeX = true
        } else if let alternative = math.attribute("alttext")?.trimmed, !alternative.isEmpty {
            text = Self.bare(alternative.string)
            isLaTeX = true
        } else {
            text = HTMLText.plain(of: math)
            isLaTeX = false
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
