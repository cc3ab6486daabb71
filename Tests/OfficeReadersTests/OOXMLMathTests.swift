// SPDX-License-Identifier: Apache-2.0
import Testing
import XMLTree

@testable import OfficeReaders

@Suite("Equations of office documents")
struct OOXMLMathTests {
    private static func run(_ text: String, _ properties: String = "") -> String { "<m:r><m:rPr>\(properties)</m:rPr><m:t>\(text)</m:t></m:r>" }
    private static func e(_ text: String) -> String { "<m:e>\(run(text))</m:e>" }

    @Test("each construct has its command", arguments: [
        ("<m:rad><m:deg>\(run("3"))</m:deg>\(e("x"))</m:rad>", "\\sqrt[3]{x}"),
        ("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/>\(e("x"))</m:rad>", "\\sqrt{x}"),
        ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>\(run("i"))</m:sub><m:sup>\(run("n"))</m:sup>\(e("i"))</m:nary>", "\\sum_{i}^{n}i"),
        ("<m:m><m:mr>\(e("a"))\(e("b"))</m:mr><m:mr>\(e("c"))\(e("d"))</m:mr></m:m>", "\\begin{matrix}a & b \\\\ c & d\\end{matrix}"),
        ("<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr>\(e("x"))\(e("y"))</m:d>", "\\left[x|y\\right."),
        ("<m:acc><m:accPr><m:chr m:val='\u{20D7}'/></m:accPr>\(e("v"))</m:acc>", "\\vec{v}"),
        ("<m:func><m:fName>\(run("sin"))</m:fName>\(e("θ"))</m:func>", "\\sin{\\theta}"),
        ("<m:func><m:fName><m:limLow>\(e("lim"))<m:lim>\(run("x→0"))</m:lim></m:limLow></m:fName>\(e("x"))</m:func>", "\\lim_{x\\rightarrow0}{x}"),
        ("<m:eqArr>\(e("a&amp;=b"))\(e("c&amp;=d"))</m:eqArr>", "\\begin{aligned}a&=b \\\\ c&=d\\end{aligned}"),
        ("<m:eqArr>\(e("a"))</m:eqArr>", "a"),
        ("<m:groupChr><m:groupChrPr><m:chr m:val='→'/><m:pos m:val='top'/></m:groupChrPr>\(e("AB"))</m:groupChr>", "\\overrightarrow{AB}"),
        ("<m:phant><m:phantPr><m:show m:val='0'/></m:phantPr>\(e("x"))</m:phant>", "\\phantom{x}"),
        (run("R", "<m:scr m:val='double-struck'/>"), "\\mathbb{R}"),
        (run("if x", "<m:nor/>"), "\\text{if x}"),
    ])
    func constructs(markup: String, latex: String) throws {
        let part = PPTXMaker.part("m:oMath", markup)
        #expect(try XMLTree(Array(part.utf8), vocabulary: OOXMLName.vocabulary).withRoot { OOXMLMath.latex($0) } == latex)
    }
}
