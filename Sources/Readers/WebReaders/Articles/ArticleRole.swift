// SPDX-License-Identifier: Apache-2.0

/// What an element of JATS or DocBook is to the page made of it. What is in no table keeps its text and nothing more.
enum ArticleRole: Sendable {
    case transparent, dropped
    /// The element of HTML that means the same.
    case same(StaticString)
    case section, title, subtitle, label
    case bulletList, orderedList, list, simpleList, item, definitionItem, procedure
    case strongByRole, quotation, code, preformatted
    case link, reference, note, noteReference
    case figure, caption, image, alternatives
    case table, columns, row, cell
    case math, texMath, formula, inlineFormula
    case callout
    case citation, citationList, citationEntry
    case front, information, fullName
    case argument, argumentChoice, keys, menu, includes
    case verseLine, lineBreak, manualPage

    static func of(_ name: Substring) -> ArticleRole { byName[String(name)] ?? .transparent }

    private static let byName: [String: ArticleRole] = {
        var table: [String: ArticleRole] = [:]
        func add(_ role: ArticleRole, _ names: String) { for name in names.split(whereSeparator: \.isWhitespace) { table[String(name)] = role } }
        add(.dropped, """
            journal-meta article-id object-id counts custom-meta-group related-article long-desc alt-text index-term permissions self-uri
            indexterm index toc lot remark comment beginpage titleabbrev refmeta revhistory legalnotice copyright anchor co area areaspec
            col colspec spanspec refclass alt processing-meta videodata audiodata xi:fallback
            """)
        add(.section, """
            sec app ack notes glossary fn-group bio abstract trans-abstract sub-article response book-part book-part-wrapper
            article set book part reference preface chapter appendix section sect1 sect2 sect3 sect4 sect5 simplesect refentry refsect1
            refsect2 refsect3 refsection refsynopsisdiv dedication acknowledgements acknowledgments colophon glossdiv bibliography
            bibliodiv partintro topic
            """)
        add(.title, "title bridgehead")
        add(.subtitle, "subtitle")
        add(.label, "label")
        add(.same("p"), "p para simpara attribution attrib funcsynopsis classsynopsis speech verse-group bibliomixed biblioentry")
        add(.same("div"), """
            statement table-wrap-foot table-wrap-group fig-group supplementary-material answer question qandaentry qandaset legend
            disp-formula-group chem-struct-wrap refnamediv formalpara example informalexample boxed-text sidebar
            """)
        add(.same("blockquote"), "disp-quote blockquote epigraph")
        add(.same("dl"), "def-list variablelist glosslist")
        add(.same("dt"), "term glossterm")
        add(.same("dd"), "def glossdef")
        add(.same("em"), "italic citetitle firstterm foreignphrase replaceable")
        add(.same("strong"), "bold guibutton guimenu guimenuitem guisubmenu guilabel speaker")
        add(.same("u"), "underline")
        add(.same("s"), "strike")
        add(.same("sup"), "sup superscript")
        add(.same("sub"), "sub subscript")
        add(.same("hr"), "hr")
        add(.same("code"), """
            monospace literal command option filename function varname userinput computeroutput parameter constant type classname methodname
            interfacename exceptionname envar prompt property markup tag sgmltag systemitem symbol structname structfield token errorcode
            errorname returnvalue keycap
            """)
        add(.code, "code")
        add(.preformatted, "preformat programlisting screen literallayout synopsis")
        add(.strongByRole, "emphasis")
        add(.quotation, "quote")
        add(.list, "list")
        add(.bulletList, "itemizedlist")
        add(.orderedList, "orderedlist substeps calloutlist")
        add(.procedure, "procedure")
        add(.simpleList, "simplelist")
        add(.item, "list-item listitem step callout member")
        add(.definitionItem, "def-item varlistentry glossentry")
        add(.link, "ext-link uri ulink link email")
        add(.reference, "xref")
        add(.note, "fn footnote")
        add(.noteReference, "footnoteref")
        add(.figure, "fig figure informalfigure")
        add(.caption, "caption")
        add(.image, "graphic inline-graphic imagedata media inlinegraphic")
        add(.alternatives, "alternatives mediaobject inlinemediaobject")
        add(.table, "table informaltable table-wrap")
        add(.columns, "tgroup")
        add(.row, "tr row")
        add(.cell, "td th entry")
        add(.same("thead"), "thead")
        add(.same("tbody"), "tbody")
        add(.same("tfoot"), "tfoot")
        add(.math, "math")
        add(.texMath, "tex-math mathphrase")
        add(.formula, "disp-formula equation informalequation")
        add(.inlineFormula, "inline-formula inlineequation")
        add(.callout, "note tip warning caution important")
        add(.citation, "element-citation nlm-citation citation")
        add(.citationList, "ref-list")
        add(.citationEntry, "ref")
        add(.front, "front front-stub article-meta book-meta book-part-meta")
        add(.information, """
            info articleinfo bookinfo chapterinfo partinfo prefaceinfo appendixinfo sectioninfo sect1info sect2info sect3info sect4info sect5info
            refentryinfo refsect1info referenceinfo setinfo glossaryinfo bibliographyinfo docinfo objectinfo blockinfo
            """)
        add(.fullName, "name string-name personname")
        add(.argument, "arg")
        add(.argumentChoice, "group")
        add(.same("p"), "cmdsynopsis")
        add(.keys, "keycombo")
        add(.menu, "menuchoice")
        add(.manualPage, "citerefentry")
        add(.includes, "include")
        add(.verseLine, "verse-line sbr")
        add(.lineBreak, "break")
        return table
    }()
}
