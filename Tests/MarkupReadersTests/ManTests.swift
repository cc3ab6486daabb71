// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("manual pages")
struct ManTests {
    private func read(_ text: String) throws -> [String] {
        try Outline.read(Array(text.utf8), ManReader()).document.blocks.map(Outline.block)
    }

    @Test("the title and the headings, whose text may stand on the next line")
    func headings() throws {
        let read = try Outline.read(Array(".TH LS 1 \"May 2020\" \"GNU 9\" \"User's \"\"Manual\"\"\"\n.SH NAME\nls \\- list\n.SH\nSECOND ONE\n.SS \"a b\"\nx".utf8), ManReader())
        #expect(read.document.blocks.map(Outline.block) == ["h1(LS(1))", "h2(NAME)", "p(ls - list)", "h2(SECOND ONE)", "h3(a b)", "p(x)"])
        #expect(read.document.metadata["source"] == "GNU 9")
        #expect(read.document.metadata["collection"] == "User's \"Manual\"")
    }

    @Test("fonts by macros and by escapes, characters by name, comments gone")
    func fonts() throws {
        #expect(try read(".B ls\n.RI [ file ]\n\\fBa\\fP b\\(emc \\[u00E9] \\&.x\\\"no\n.BR tar (1),\n.I \"two words\"\nend\\c\n.B ed") == ["p(strong(ls) [em(file)] strong(a) b—c é .x strong(tar)(1), em(two words) endstrong(ed))"])
        #expect(try read(".B\nnext line\nplain") == ["p(strong(next line) plain)"])
    }

    @Test("terms with their meaning, terms that share one, and what is set in below")
    func terms() throws {
        #expect(try read(".TP 4\n.B -a\nAll.\n.TP\n.B -b\n.TQ\n.B -c\nBoth.\n.IP\nMore.\n.PP\nend") == [
            "dl(dt(strong(-a)) dd(All.) dt(strong(-b), strong(-c)) dd(p(Both.) p(More.)))", "p(end)",
        ])
        #expect(try read(".IP \\(bu 2\na\n.IP \\(bu\nb\n.RS\n.IP 1.\nx\n.IP 2.\ny\n.RE\n.PP\nc") == ["ul(li(a) li(p(b) ol(li(x) li(y))))", "p(c)"])
    }

    @Test("lines without filling are code, whatever macros stand among them")
    func code() throws {
        #expect(try read(".nf\n.B #include <x.h>\n.PP\n.BI \"int f(int \" a );\n   x \\e\n.fi\nend") == ["code(#include <x.h>\n\nint f(int a);\n   x \\)", "p(end)"])
    }

    @Test("conditions hold as for a terminal, definitions are passed over, strings are put in")
    func conditions() throws {
        #expect(try read(".if t no\n.if n yes\n.ie \\n(.g .ds Aq \\(aq\n.el .ds Aq x\n.de Vb\n.nf\n..\n.if t \\{\\\nno\n.if n no\n.\\}\nit\\*(Aqs\n.ig\nno\n..\n.if !'po4a'hide' .B z") == ["p(yes it's strong(z))"])
    }

    @Test("a table has its head, cells over several lines and spans")
    func table() throws {
        #expect(try read(".TS\ntab(|);\nc s\nl l.\nboth\n_\na|T{\none\ntwo\nT}\n.TE\nx") == ["table(head: both→2 / a | one two)", "p(x)"])
    }

    @Test("links keep their address, unknown macros their text")
    func links() throws {
        #expect(try read("see\n.UR http://x.y/\nthe site\n.UE .\n.MT a@b.c\n.ME\n") == ["p(see a[http://x.y/](the site). a[mailto:a@b.c](a@b.c))"])
        let read = try Outline.read(Array(".XX \"some text\"\n.so other.1".utf8), ManReader())
        #expect(read.document.blocks.map(Outline.block) == ["p(\"some text\")"])
        #expect(read.diagnostics.items.map(\.code) == ["man-include-left", "man-macro-unknown"])
    }

    @Test("pages of BSD's kind say what words are: flags, arguments, names, lists, displays")
    func mdoc() throws {
        let page = """
            .Dd $Mdocdate$
            .Dt SSH 1
            .Os
            .Sh NAME
            .Nm ssh
            .Nd remote login
            .Sh SYNOPSIS
            .Nm
            .Op Fl 46A
            .Op Fl B Ar interface
            .Ar destination
            .Sh DESCRIPTION
            .Nm
            logs in
            .Pq see Xr sshd 8 ,
            not
            .Dq this .
            .Bl -tag -width x
            .It Fl a
            Off.
            .Bl -bullet
            .It
            one
            .El
            .It Fl b Ns = Ns Ar x
            On.
            .El
            .Bd -literal
            $ ssh \\-a
              x
            .Ed
            .Dl ssh -b
            """
        #expect(try read(page) == [
            "h1(SSH(1))", "h2(NAME)", "p(strong(ssh) — remote login)", "h2(SYNOPSIS)", "p(strong(ssh) [strong(-46A)] [strong(-B) em(interface)] em(destination))",
            "h2(DESCRIPTION)", "p(strong(ssh) logs in (see strong(sshd)(8)), not “this”.)",
            "dl(dt(strong(-a)) dd(p(Off.) ul(li(one))) dt(strong(-b)=em(x)) dd(On.))", "code($ ssh -a\n  x)", "code(ssh -b)",
        ])
    }

    @Test("spacing that is switched off, terms over several lines, marks behind what is enclosed")
    func mdocSpacing() throws {
        let page = """
            .Dt X 1
            .Bl -tag
            .It Fl D Xo
            .Sm off
            .Oo Ar host : Oc
            .Ar port
            .Sm on
            .Xc
            Forwards
            .Pq default: Ql ~ .
            .El
            """
        #expect(try read(page) == ["h1(X(1))", "dl(dt(strong(-D) [em(host):]em(port)) dd(Forwards (default: ‘~’).))"])
    }
}
