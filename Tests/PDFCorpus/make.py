#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes PDFs with known structure: OUT/LAYOUT/NAME.pdf beside NAME.pdf.gt.md, what it should become.

    make.py OUT [--documents N] [--only PRODUCER]

Each document is invented from a seed, written as Markdown, and set by one producer in one layout. Producers are WeasyPrint
and Typst (wheels of PyPI), groff and LibreOffice (packages of Debian); one that is missing is left out with a line that
says so. Scoring is another program's business: it wants nothing but the pairs.
"""
import argparse, html, pathlib, random, shutil, subprocess, sys, tempfile
from texts import TONGUES


def document(seed, tongue, borderless=False):
    """A list of blocks: heading, paragraphs, lists, tables, code."""
    r, t = random.Random(seed), TONGUES[tongue]
    sentence = lambda: r.choice(t["sentences"])
    paragraph = lambda: t["space"].join(r.sample(t["sentences"], r.randint(2, 5)))
    phrase = lambda: r.choice(t["phrases"])
    cell = lambda: r.choice(t["nouns"])

    def table():
        columns, rows = r.randint(3, 5), r.randint(3, 7)
        kinds = ["word"] + [r.choice(["number", "number", "word", "money"]) for _ in range(columns - 1)]
        make = {"word": cell, "number": lambda: str(r.randint(1, 9999)), "money": lambda: f"{r.randint(1, 999)}.{r.randint(10, 99)}"}
        head = r.sample(t["nouns"], columns)
        labels = r.sample(t["nouns"], rows)
        body = [[labels[i]] + [make[k]() for k in kinds[1:]] for i in range(rows)]
        if r.random() < 0.35:
            body[r.randrange(rows)][0] = r.choice(t["phrases"])
        return ("table", [head] + body)

    def items(depth=0):
        out = []
        for _ in range(r.randint(2, 5)):
            inner = items(1) if depth == 0 and r.random() < 0.25 else None
            out.append((phrase() if r.random() < 0.6 else sentence(), inner))
        return out

    titles = r.sample(t["titles"], min(len(t["titles"]), 9))
    blocks = [("h", 1, titles.pop()), ("p", paragraph())]
    for section in range(r.randint(2, 4)):
        blocks.append(("h", 2, titles.pop() if titles else phrase()))
        for _ in range(r.randint(2, 5)):
            kind = r.choice(["p", "p", "p", "ul", "ol", "table", "h3", "code" if tongue == "en" else "p"])
            if kind == "p":
                blocks.append(("p", paragraph()))
            elif kind == "ul":
                blocks += [("p", sentence()), ("ul", items())]
            elif kind == "ol":
                blocks += [("p", sentence()), ("ol", items(1))]
            elif kind == "table":
                blocks += [("p", sentence()), table(), ("p", paragraph())]
            elif kind == "h3":
                blocks += [("h", 3, phrase()), ("p", paragraph())]
            else:
                blocks.append(("code", "\n".join(r.sample(t["code"], 3))))
    return blocks


def markdown(blocks):
    out = []
    for b in blocks:
        if b[0] == "h":
            out.append("#" * b[1] + " " + b[2])
        elif b[0] == "p":
            out.append(b[1])
        elif b[0] in ("ul", "ol"):
            out.append("\n".join(md_items(b[1], b[0] == "ol", "")))
        elif b[0] == "table":
            rows = ["| " + " | ".join(row) + " |" for row in b[1]]
            out.append("\n".join([rows[0], "|" + "---|" * len(b[1][0])] + rows[1:]))
        else:
            out.append("```\n" + b[1] + "\n```")
    return "\n\n".join(out) + "\n"


def md_items(items, ordered, indent):
    for n, (text, inner) in enumerate(items, 1):
        mark = f"{n}. " if ordered else "- "
        yield indent + mark + text
        if inner:
            yield from md_items(inner, False, indent + " " * len(mark))


# HTML: WeasyPrint and LibreOffice.

def html_blocks(blocks):
    def lis(items):
        return "".join(f"<li>{html.escape(x)}{'<ul>' + lis(i) + '</ul>' if i else ''}</li>" for x, i in items)
    for b in blocks:
        if b[0] == "h":
            yield f"<h{b[1]}>{html.escape(b[2])}</h{b[1]}>"
        elif b[0] == "p":
            yield f"<p>{html.escape(b[1])}</p>"
        elif b[0] in ("ul", "ol"):
            yield f"<{b[0]}>{lis(b[1])}</{b[0]}>"
        elif b[0] == "table":
            head = "".join(f"<th>{html.escape(c)}</th>" for c in b[1][0])
            rows = "".join("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in b[1][1:])
            yield f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        else:
            yield f"<pre>{html.escape(b[1])}</pre>"


BASE = "body{font:10.5pt/1.4 'Liberation Serif',serif;hyphens:auto} td,th{text-align:left;vertical-align:top} pre{font-family:'DejaVu Sans Mono',monospace;font-size:9pt}"
RULED = "table{border-collapse:collapse;margin:1em 0} td,th{border:.5pt solid #444;padding:2pt 5pt}"
BOOKTABS = "table{border-collapse:collapse;margin:1em auto;border-top:1pt solid;border-bottom:1pt solid} thead{border-bottom:.6pt solid} td,th{padding:2pt 9pt}"
PLAIN = "table{margin:1em 0} td,th{padding:1.5pt 12pt 1.5pt 0}"
HEADS = "@page{size:A4;margin:24mm 22mm;@top-center{content:'Annual Review of Everything';font-size:8pt}@bottom-center{content:'Page ' counter(page) ' of ' counter(pages);font-size:8pt}}"
STYLES = {
    "one-column-ruled-serif": ("en", RULED),
    "two-columns-justified": ("en", RULED + "body{columns:2;column-gap:7mm;text-align:justify;font-size:9.5pt} h1{column-span:all} table{font-size:8pt} td,th{padding:1pt 2pt}"),
    "booktabs-sans": ("en", BOOKTABS + "body{font-family:'Liberation Sans'}"),
    "borderless-running-heads": ("en", PLAIN + HEADS),
    "zebra-small-pages": ("en", "table{border-collapse:collapse;margin:1em 0} td,th{padding:2pt 8pt} tr:nth-child(even){background:#e8eef4} th{background:#335;color:#fff} @page{size:A5;margin:15mm}"),
    "right-to-left-arabic": ("ar", RULED + "html{direction:rtl} body{font-family:'Amiri'} td,th{text-align:right}"),
    "right-to-left-hebrew": ("he", PLAIN + HEADS + "html{direction:rtl} body{font-family:'Noto Serif Hebrew'} td,th{text-align:right;padding:1.5pt 0 1.5pt 12pt}"),
    "chinese": ("zh", BOOKTABS + "body{font-family:'Noto Serif CJK SC'}"),
    "japanese-running-heads": ("ja", RULED + HEADS + "body{font-family:'Noto Sans CJK JP'}"),
}


def weasyprint(blocks, layout, path):
    import weasyprint
    tongue, css = STYLES[layout]
    page = "" if "@page" in css else "@page{size:A4;margin:22mm}"
    text = f"<!doctype html><html lang={tongue}><head><title>x</title><style>{BASE}{page}{css}</style></head><body>{''.join(html_blocks(blocks))}</body></html>"
    weasyprint.HTML(string=text).write_pdf(path, pdf_tags="tagged" in layout)


def libreoffice(blocks, layout, path):
    css = {"ruled": "", "borderless": ""}[layout]
    border = "1" if layout == "ruled" else "0"
    body = "".join(html_blocks(blocks)).replace("<table>", f'<table border="{border}" cellpadding="4" cellspacing="0">')
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "x.html"
        source.write_text(f"<!doctype html><html><head><meta charset=utf-8><style>{css}</style></head><body>{body}</body></html>", "utf-8")
        common = ["soffice", "--headless", f"-env:UserInstallation=file:///tmp/corpus-office", "--convert-to"]
        subprocess.run(common + ["odt:writer8", "--infilter=HTML (StarWriter)", "--outdir", folder, str(source)], check=True, capture_output=True)
        subprocess.run(common + ["pdf:writer_pdf_Export", "--outdir", folder, folder + "/x.odt"], check=True, capture_output=True)
        shutil.copy(folder + "/x.pdf", path)


# Typst.

TYPST = {
    "one-column-ruled": "#set page(paper: \"a4\")\n#set text(font: \"Libertinus Serif\", size: 11pt)\n",
    "two-columns-booktabs-heads": "#set page(paper: \"a4\", columns: 2, numbering: \"1 / 1\", header: [#set text(8pt); Proceedings of the Ninth Meeting #h(1fr) Spring])\n#set par(justify: true)\n#set text(size: 10pt)\n"
    "#set table(stroke: none, inset: 3pt)\n",
    "numbered-borderless": "#set page(paper: \"us-letter\", numbering: \"1\")\n#set heading(numbering: \"1.1\")\n#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)\n#set table(stroke: none)\n",
}


def typst_text(text):
    return "".join("\\" + c if c in "\\#$*_`<>@=-+/~[]\"'" else c for c in text)


def typst(blocks, layout, path):
    import typst as compiler
    out = [TYPST[layout]]

    def items(list_, mark, indent):
        for text, inner in list_:
            out.append(f"{indent}{mark} {typst_text(text)}")
            if inner:
                items(inner, "-", indent + "  ")
    for b in blocks:
        if b[0] == "h":
            out.append("=" * b[1] + " " + typst_text(b[2]) + "\n")
        elif b[0] == "p":
            out.append(typst_text(b[1]) + "\n")
        elif b[0] in ("ul", "ol"):
            items(b[1], "-" if b[0] == "ul" else "+", "")
            out.append("")
        elif b[0] == "table":
            cells = [[f"[{typst_text(c)}]" for c in row] for row in b[1]]
            rule = "table.hline(), " if "booktabs" in layout else ""
            body = ",\n".join(", ".join(row) for row in cells[1:])
            out.append(f"#table(columns: {len(b[1][0])}, {rule}table.header({', '.join(cells[0])}), {rule}{body}, {rule.rstrip(', ')})\n")
        else:
            out.append("```\n" + b[1] + "\n```\n")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "x.typ"
        source.write_text("\n".join(out), "utf-8")
        compiler.compile(str(source), output=str(path))


# groff -ms with tbl.

GROFF = {"one-column-allbox": ("", "allbox"), "two-columns-booktabs": (".2C\n", ""), "one-column-borderless": ("", "plain")}


def groff_text(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in ".'" else text


def groff(blocks, layout, path):
    columns, kind = GROFF[layout]
    out, started = [".nr PS 10", ".nr VS 12", ".ds CH Notes of the Society", ".ds CF %"], False

    def items(list_, ordered):
        for n, (text, inner) in enumerate(list_, 1):
            out.append(f'.IP "{n}." 3' if ordered else ".IP \\(bu 2")
            out.append(groff_text(text))
            if inner:
                out.append(".RS")
                items(inner, False)
                out.append(".RE")
    for b in blocks:
        if b[0] == "h" and b[1] == 1:
            out += [".TL", groff_text(b[2])]
        elif b[0] == "h":
            out += [f".NH {b[1] - 1}" if "allbox" in layout else f".SH {b[1] - 1}", groff_text(b[2])]
        elif b[0] == "p":
            if not started and columns:
                out.append(columns.strip())
            started = True
            out += [".PP" if "borderless" in layout else ".LP", groff_text(b[1])]
        elif b[0] in ("ul", "ol"):
            items(b[1], b[0] == "ol")
        elif b[0] == "table":
            rows = ["\t".join(map(groff_text, row)) for row in b[1]]
            n = len(b[1][0])
            rule = ["_"] if kind == "" else []
            out += [".LP", ".TS", ("allbox " if kind == "allbox" else "") + "tab(\t);", " ".join(["lb"] * n), " ".join(["l"] * n) + "."]
            out += rule + rows[:1] + rule + rows[1:] + rule + [".TE"]
        else:
            out += [".DS I 2", ".ft CR"] + [groff_text(x) for x in b[1].split("\n")] + [".ft", ".DE"]
    # GROFF numbers headings: the reference must say so too; it does for .NH alone.
    run = subprocess.run(["groff", "-t", "-ms", "-Kutf8", "-Tpdf"], input="\n".join(out).encode(), capture_output=True, check=True)
    path.write_bytes(run.stdout)


def numbered(blocks, from_level):
    """The headings with the numbers that the producer puts before them."""
    counts, out = [], []
    for b in blocks:
        if b[0] == "h" and b[1] >= from_level:
            depth = b[1] - from_level + 1
            counts = (counts + [0] * depth)[:depth]
            counts[-1] += 1
            mark = ".".join(map(str, counts))
            out.append(("h", b[1], f"{mark}{'.' if from_level == 2 else ''} {b[2]}"))
        else:
            out.append(b)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--documents", type=int, default=4, help="documents of each layout")
    p.add_argument("--only", default="")
    a = p.parse_args()
    jobs = [("weasyprint", weasyprint, layout, STYLES[layout][0]) for layout in STYLES]
    jobs += [("typst", typst, layout, "en") for layout in TYPST]
    jobs += [("groff", groff, layout, "en") for layout in GROFF]
    jobs += [("libreoffice", libreoffice, layout, "en") for layout in ("ruled", "borderless")]
    STYLES["tagged"] = ("en", PLAIN + HEADS)
    jobs.append(("weasyprint", weasyprint, "tagged", "en"))
    for producer, make, layout, tongue in jobs:
        if a.only and a.only not in producer + "-" + layout:
            continue
        for n in range(a.documents):
            blocks = document(f"{layout}/{n}", tongue)
            folder = a.out / f"{producer}-{layout}"
            folder.mkdir(parents=True, exist_ok=True)
            try:
                make(blocks, layout, folder / f"{n}.pdf")
            except (ImportError, FileNotFoundError) as error:
                print(f"left out: {producer} ({error})", file=sys.stderr)
                break
            if layout == "one-column-allbox":
                blocks = numbered(blocks, 2)
            elif layout == "numbered-borderless":
                blocks = numbered(blocks, 1)
            (folder / f"{n}.pdf.gt.md").write_text(markdown(blocks), "utf-8")


if __name__ == "__main__":
    main()
