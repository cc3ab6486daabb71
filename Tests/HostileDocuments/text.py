# SPDX-License-Identifier: Apache-2.0
"""Traps in plain text: what makes a line scanner look again and again."""
import json

# Unclosed beginnings, one after the other, in the formats that know them.
OPENERS = {
    "md": ["[", "![", "<!--", "<", "`", "``` ", "**", "*a ", "_", "~~", "> ", "- ", "1. ", "[a](", "[a][", "[^1]", "|", "| a ", "<div>", "&", "\\", "$", "$$\n", "#", "* * ",
           "[a](<", "<a href='", "a\n===", "\t", "***a ", "[[", "://", "www.", "a@", "<?", "<![CDATA[", "`a``", "\n[a]: ", "  \n> ", "- - - "],
    "rst": ["``", "`", "*", "**", "|", "[", ":a:`", ".. a::\n", "::\n ", "+--", "=== ", "- ", "_", "`a <", "\n.. |a| ", "\n.. _a: ", "(", "\n  ", "\n* "],
    "org": ["[[", "*", "/", "=", "~", "_", "+", "#+BEGIN_SRC\n", "\n* ", "\n** ", "| ", "\n- ", "[fn:", "<<", "\\[", "$", "#+INCLUDE:\n", "\n:PROPERTIES:\n", "{{{", "src_a{"],
    "tex": ["{", "\\begin{a}", "$", "$$", "\\[", "\\(", "[", "%", "\\textbf{", "\\section{", "\\item ", "\\verb|", "&", "\\\\", "\\newcommand{\\a}{\\a\\a}\\a ", "\\begin{tabular}{", "\\begin{itemize}",
            "\\footnote{", "\\frac{", "^{", "\\left(", "\\cite{", "\\href{"],
    "adoc": ["*", "_", "`", "+", "#", "[", "[[", "<<", "{", "|===\n", "----\n", "====\n", "====== ", "image:", "link:", "* ", ". ", "**", "+++", "((", "pass:[", "\n|", "footnote:[", "\n[quote]\n", "``", "http://"],
    "html": ["<", "<!--", "<a ", "<div>", "<table>", "<b>", "<p><a>", "</", "&", "<svg>", "<script>", "<![CDATA[", "<ul><li>", "<table><tr><td>", "<a href=\"", "<button>", "<b><p>", "<font>", "<form><i>",
             "<select><option>", "<template>", "<math>", "<style>", "<!DOCTYPE ", "<title>", "<textarea>", "<pre>", "<iframe>", "<nobr>", "<h1>", "<dl><dt>", "<ruby><rt>", "<table><caption>", "<frameset>", "</p>", "</br>", "<p>&amp"],
    "xml": ["<a>", "<a b='1' ", "<!--", "<![CDATA[", "<?a ", "&", "<!DOCTYPE a [", "<a b='"],
    "json": ["[", "{\"a\":", "\"", "[1,", "{", "-", "[[],", "\\u"],
    "yaml": ["- ", "[", "{", "a:\n ", "&a ", "*a ", "? ", "|\n", "\"", "!!a "],
    "toml": ["[", "[[", "a.", "\"", "a=[", "'''"],
    "csv": ["\"", ",", ";", "\"\"", "\"a\",", "\n", "\r", "a,b\n\"", "\t", "|"],
    "srt": ["1\n", "00:00:01,000 --> ", "\n\n", "<i>", "{\\an8}"],
    "vtt": ["WEBVTT\n\n", "<v a>", "<c.", "NOTE\n", "-->", "00:00.000 --> 00:01.000\n"],
    "ics": ["BEGIN:VCALENDAR\n", "BEGIN:VEVENT\n", "DTSTART;TZID=", "RRULE:", "\n ", "A;B=\"", ";"],
    "vcf": ["BEGIN:VCARD\n", "N:", ";", "\n ", "PHOTO:", "A;B=\"", "NOTE;ENCODING=QUOTED-PRINTABLE:=\n"],
    "eml": ["Subject: =?utf-8?q?", "Received: ", " \n", "(", "<", "\"", "To: a,", "Content-Type: multipart/mixed; boundary=", ":", "=?"],
    "log": ["\x1b[", "\x1b]", "\x1b[1;", "\x08", "\r", "a\x08"],
    "svg": ["<svg>", "<g>", "<text>", "<tspan>"],
    "ipynb": ["{\"cells\":[", "[", "{\"cell_type\":\"markdown\",\"source\":["],
    "py": ["\"\"\"", "#!", "'", "("],
    "txt": ["\x00", "\x1b", "\ufeff", "\u0301", "\u202e", "a\u0300", "\r", "\x0c", "\t", " ", "-", "* "],
    "rtf": ["{", "{\\rtf1 ", "\\", "\\'", "{\\*\\a ", "{\\fonttbl", "{\\field{\\*\\fldinst ", "\\trowd\\cell\\row", "\\trowd ", "\\cell ", "\\uc9999 ", "\\bin9 ", "\\u-1 ", "{\\pict ", "{\\footnote ",
            "\\intbl\\itap9 ", "{\\stylesheet{", "{\\listtable{\\list", "\\par ", "\\tab", "{\\upr{", "\\cellx1", "{\\object", "{\\shp", "\\ls1\\ilvl8 ", "{\\nesttableprops", "\\nestcell\\nestrow "],
}
# What must stand before, so that the content is taken for what the name says.
HEADS = {"rtf": "{\\rtf1\\ansi ", "xml": "<?xml version='1.0'?><r>", "svg": "<svg xmlns='http://www.w3.org/2000/svg'>", "vtt": "WEBVTT\n\n", "ics": "BEGIN:VCALENDAR\n", "vcf": "BEGIN:VCARD\nVERSION:3.0\n",
         "eml": "From: a@b.c\nTo: d@e.f\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nMIME-Version: 1.0\n", "ipynb": "{\"nbformat\":4,\"metadata\":{},\"cells\":[", "html": "<html><body><p>text ", "srt": "1\n00:00:01,000 --> 00:00:02,000\na\n\n",
         "tex": "\\documentclass{article}\\begin{document}a "}
# Their counterparts: opened often, then closed as often.
PAIRS = {"md": [("[", "]"), ("*", "*"), ("**a ", "b**"), ("`", "`"), ("<b>", "</b>"), ("![", "](a)"), ("> ", "\n"), ("(", ")"), ("~~", "~~")],
         "html": [("<div>", "</div>"), ("<b>", "</b>"), ("<table><tr><td>", "</td></tr></table>"), ("<ul><li>", "</li></ul>"), ("<blockquote>", "</blockquote>"), ("<span>", "</span>"), ("<a href=x>", "</a>"), ("<dl><dd>", "</dd></dl>"), ("<svg>", "</svg>"), ("<pre>", "</pre>")],
         "json": [("[", "]"), ("{\"a\":", "}"), ("[[1],", "]")], "yaml": [("[", "]"), ("{a: ", "}")], "tex": [("{", "}"), ("\\textbf{", "}"), ("\\begin{itemize}\\item ", "\\end{itemize}"), ("\\begin{tabular}{l}", "\\end{tabular}"), ("\\frac{a}{", "}"), ("\\footnote{", "}"), ("\\left(", "\\right)")],
         "rtf": [("{", "}"), ("{\\b ", "}"), ("{\\field{\\fldrslt ", "}}"), ("{\\footnote ", "}"), ("{\\*\\shptxt ", "}")], "xml": [("<a>", "</a>"), ("<a b='c'>", "</a>")], "svg": [("<g>", "</g>"), ("<text>", "</text>")],
         "rst": [("*", "*"), ("``", "``"), ("`a <", ">`_")], "org": [("[[", "]]"), ("*", "*"), ("#+BEGIN_QUOTE\n", "\n#+END_QUOTE\n"), ("{", "}")], "adoc": [("*", "*"), ("[", "]"), ("+", "+"), ("====\n", "\n====\n"), ("((", "))")]}


def bombs(scale):
    size = int(400_000 * scale)
    for kind, openers in OPENERS.items():
        head = HEADS.get(kind, "")
        for n, opener in enumerate(openers):
            yield "either", f"text-opened-{n:02}.{kind}", lambda o=opener, h=head: h + o * (size // len(o.encode()))
            if n % 3 == 0:
                yield "either", f"text-opened-lines-{n:02}.{kind}", lambda o=opener, h=head: h + "\n" + (o + "a\n") * (size // (len(o.encode()) + 2))
            if n % 3 == 1:
                yield "either", f"text-opened-words-{n:02}.{kind}", lambda o=opener, h=head: h + "\n" + (o + "a ") * (size // (len(o.encode()) + 2))
    for kind, pairs in PAIRS.items():
        head = HEADS.get(kind, "")
        for n, (a, b) in enumerate(pairs):
            times = size // len(a + b)
            yield "either", f"text-nested-{n:02}.{kind}", lambda a=a, b=b, h=head, t=times: h + a * t + "x" + b * t
            yield "either", f"text-nested-indented-{n:02}.{kind}", lambda a=a, b=b, h=head: h + "\n".join(" " * i + a for i in range(int((2 * size) ** 0.5))) + "x"
    long = int(2_000_000 * scale)
    for kind in OPENERS:
        head = HEADS.get(kind, "")
        yield "either", f"text-one-line.{kind}", lambda h=head: h + "a" * long
        yield "either", f"text-one-line-of-words.{kind}", lambda h=head: h + "word " * (long // 5)
        yield "either", f"text-empty-lines.{kind}", lambda h=head: h + "\n" * long
        yield "either", f"text-deeper-each-line.{kind}", lambda h=head: h + "\n".join(" " * i + "- a" for i in range(int((2 * size) ** 0.5)))
    yield "delivered", "text-md-many-references.md", lambda: "".join(f"[r{i}]: http://a.b/{i}\n" for i in range(size // 40)) + "".join(f"[x][r{i}] " for i in range(size // 40))
    yield "delivered", "text-md-many-footnotes.md", lambda: "".join(f"a[^{i}] " for i in range(size // 40)) + "\n\n" + "".join(f"[^{i}]: n\n\n" for i in range(size // 40))
    yield "delivered", "text-csv-columns.csv", lambda: "a," * (size // 2) + "\n" + "b," * (size // 2)
    yield "delivered", "text-csv-ragged.csv", lambda: "\n".join("x," * (i % 700) for i in range(int(2_000 * scale)))
    yield "delivered", "text-csv-one-wide-row.csv", lambda: "a\n" * (size // 4) + "b," * int(20_000 * scale)
    yield "delivered", "text-json-wide.json", lambda: json.dumps([1] * size)
    yield "delivered", "text-json-keys.json", lambda: json.dumps({f"k{i}": i for i in range(size // 10)})
    yield "delivered", "text-json-escape.json", lambda: '["' + "\\u0041" * (size // 6) + '"]'
    yield "delivered", "text-jsonl.jsonl", lambda: '{"a":1}\n' * (size // 8)
    yield "delivered", "text-jsonl-other-keys.jsonl", lambda: "".join('{"k%d":1}\n' % i for i in range(size // 40))
    yield "either", "text-json-number.json", lambda: "[" + "9" * size + "]"
    yield "either", "text-yaml-laughs.yaml", lambda: "a0: &a0 [x,x]\n" + "".join(f"a{i}: &a{i} [*a{i-1},*a{i-1},*a{i-1},*a{i-1}]\n" for i in range(1, 60))
    yield "delivered", "text-combining.txt", lambda: "e" + "\u0301" * (size // 2)
    yield "delivered", "text-emoji-joined.txt", lambda: "\U0001F468\u200d" * (size // 7)
    yield "either", "text-invalid-utf8.txt", lambda: b"\xf0\x9f\x98" * (size // 3)
    yield "either", "text-utf16-odd.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * (size // 2) + b"a"
    yield "either", "text-nul.txt", lambda: bytes(size)
    yield "delivered", "text-tex-macros.tex", lambda: "\\documentclass{article}\\newcommand{\\a}{\\b\\b}" + "".join(f"\\newcommand{{\\{chr(98 + i)}}}{{\\{chr(99 + i)}\\{chr(99 + i)}}}" for i in range(22)) + "\\begin{document}\\a x\\end{document}"
    yield "delivered", "text-rst-substitutions.rst", lambda: "|a| text\n\n.. |a| replace:: |b| |b|\n" + "".join(f".. |{chr(98 + i)}| replace:: |{chr(99 + i)}| |{chr(99 + i)}|\n" for i in range(22))
    yield "delivered", "text-adoc-attributes.adoc", lambda: ":a: {b}{b}\n" + "".join(f":{chr(98 + i)}: {{{chr(99 + i)}}}{{{chr(99 + i)}}}\n" for i in range(22)) + "\n{a} x\n"
    yield "delivered", "text-rst-grid.rst", lambda: ("+" + "-" * 3) * 400 + "+\n" + "".join(("|   " * 400 + "|\n") + ("+---" * 400 + "+\n") for _ in range(int(60 * scale)))
    yield "delivered", "text-md-table.md", lambda: "|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + ("|b" * 10 + "|\n") * int(2000 * scale)
