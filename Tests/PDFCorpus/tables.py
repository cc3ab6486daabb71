#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes PDFs with tables as statistics, reports and papers have them: OUT/LAYOUT/N.pdf beside N.pdf.gt.md.

    tables.py OUT [--documents N] [--only LAYOUT]

The reference holds the tables as HTML, since cells span; `adjacency.py` scores them. WeasyPrint sets all but the layouts that
need turned text, which are Typst's; a producer that is missing is left out with a line that says so.
"""
import argparse, html, pathlib, random, sys, tempfile
from texts import TONGUES

EN = TONGUES["en"]
PLACES = ["Austria", "Belgium", "Bulgaria", "Cyprus", "Czech Republic", "Denmark", "Estonia", "Finland", "France", "Germany", "Greece", "Hungary", "Ireland", "Italy",
          "Latvia", "Lithuania", "Luxembourg", "Malta", "Netherlands", "Poland", "Portugal", "Romania", "Slovakia", "Slovenia", "Spain", "Sweden", "United Kingdom"]
LONG = ["Number of households with at least one employed member", "Share of total expenditure for research and development", "Applications received during the reporting period",
        "Persons aged 65 years and over living alone", "Average time between order and delivery of goods", "Establishments with fewer than ten employees", "Vessels registered in the northern districts",
        "Value of goods exported to other member states", "Payments made under the second programme", "Pupils in publicly funded schools"]
NOTES = ["No data were collected in the second quarter.", "Revised in the spring after an audit of the accounts.", "Includes payments that were made in the previous year.", "Estimated from a sample of forty towns.",
         "The series was broken when the districts were merged.", "Provisional."]


class Cell:
    def __init__(self, text, columns=1, rows=1, head=False, look=""):
        self.text, self.columns, self.rows, self.head, self.look = str(text), columns, rows, head, look

    def html(self, styled):
        tag = "th" if self.head else "td"
        spans = (f' colspan="{self.columns}"' if self.columns > 1 else "") + (f' rowspan="{self.rows}"' if self.rows > 1 else "")
        return f"<{tag}{spans}{f' class={chr(34)}{self.look}{chr(34)}' if styled and self.look else ''}>{html.escape(self.text)}</{tag}>"


def rows_html(rows, styled=False):
    return "<table>" + "".join("<tr" + (f' class="{r[0].look}"' if styled and r and r[0].look else "") + ">" + "".join(c.html(styled) for c in r) + "</tr>" for r in rows) + "</table>"


def head(*texts): return [Cell(t, head=True) for t in texts]
def body(texts, look=""): return [Cell(t, look=look if i == 0 else "n" if sum(map(str.isdigit, t)) * 2 > len(t) or len(t) == 1 else "") for i, t in enumerate(texts)]
def thousand(r): return f"{r.randint(1, 99)} {r.randint(0, 999):03d}" if r.random() < .3 else f"{r.randint(1, 999):,}" if r.random() < .5 else f"{r.randint(1, 99)},{r.randint(0, 999):03d}"
def share(r): return f"{r.randint(0, 99)}.{r.randint(0, 9)}"


def groups(r):
    """Two levels of heads, groups of rows, a total."""
    years = [str(2001 + r.randint(0, 9)) for _ in range(2)]
    rows = [[Cell("Region", rows=2, head=True), Cell("Enterprises", columns=2, head=True, look="g"), Cell("Persons employed", columns=2, head=True, look="g")],
            [Cell(y, head=True) for y in (years + years)]]
    for group in r.sample(["Northern districts", "Southern districts", "Islands", "Abroad"], 2):
        rows.append([Cell(group, look="b"), *[Cell("") for _ in range(4)]])
        for place in r.sample(PLACES, r.randint(3, 5)):
            rows.append([Cell(place, look="i")] + [Cell(thousand(r), look="n") for _ in range(4)])
    rows.append([Cell("Total", look="total")] + [Cell(thousand(r), look="n") for _ in range(4)])
    return rows


def wrapped(r):
    rows = [head("Measure", "Responsible body", "Deadline", "Remarks")]
    for label in r.sample(LONG, 5):
        rows.append(body([label, r.choice(EN["nouns"]) + " authority", f"{r.randint(1, 28)} May {r.randint(2005, 2015)}", r.choice(NOTES)]))
    return rows


def units(r):
    rows = [head("Sample", "Mass (g)", "Yield (%)", "Error", "Rate (s⁻¹)")]
    for n in range(r.randint(5, 8)):
        rows.append(body([f"{r.choice('ABCD')}-{n + 1}", f"{share(r)} ± 0.{r.randint(1, 9)}", share(r) + " %", f"(0.{r.randint(10, 99)})", r.choice(["—", "n/a", f"{r.randint(1, 9)}.{r.randint(10, 99)} × 10³"])]))
    return rows


def sparse(r):
    rows = [head("Place", "Q1", "Q2", "Q3", "Q4", "Year")]
    for place in r.sample(PLACES, 7):
        rows.append(body([place] + [thousand(r) if r.random() < .55 else "" for _ in range(4)] + [thousand(r)]))
    return rows


def spans(r):
    rows = [[Cell("Area", rows=2, head=True), Cell("Type", rows=2, head=True), Cell("Inspections", columns=3, head=True)], head("Planned", "Done", "Share")]
    for area in r.sample(EN["nouns"], 3):
        count = r.randint(2, 3)
        for n in range(count):
            row = [Cell(t, look="n") for t in (r.randint(1, 99), r.randint(1, 99), share(r))]
            rows.append(([Cell(area, rows=count)] if n == 0 else []) + [Cell(("Routine", "On request", "After a fault")[n])] + row)
    return rows


def names(r):
    rows = [head("Name", "Town", "Occupation", "Joined")]
    first, last = ["Ann", "Bert", "Clara", "David", "Emma", "Frank", "Greta"], ["Miller", "van Dyke", "O'Neill", "Smith-Jones", "Lee", "Okafor"]
    for _ in range(r.randint(6, 10)):
        rows.append(body([r.choice(first) + " " + r.choice(last), r.choice(["Port Avon", "Bray", "New Cork", "St. Ives", "Derry"]), r.choice(["harbour master", "clerk", "teacher", "boat builder", "retired"]),
                          str(r.randint(1970, 2015))]))
    return rows


def figures(r):
    columns = r.randint(6, 9)
    rows = [head("Country", *[str(2000 + i) for i in range(columns)])]
    for place in r.sample(PLACES, r.randint(8, 14)):
        rows.append(body([place] + [r.choice([":", share(r), share(r), share(r), "-"]) for _ in range(columns)]))
    return rows


def scores(r):
    rows = [[Cell("Method", rows=2, head=True), Cell("Newswire", columns=3, head=True, look="g"), Cell("Letters", columns=3, head=True, look="g")], head(*("P", "R", "F") * 2)]
    for name in r.sample(["Baseline", "Two-step", "Two-step + rules", "Lattice", "Oracle", "Ours"], 5):
        rows.append(body([name] + [share(r) for _ in range(6)]))
    return rows


def facts(r):
    return [body([label, f"{thousand(r)} {r.choice(['km', 'm²', 'EUR', '%'])}"]) for label in r.sample(["Area", "Coast line", "Population", "Towns above 10 000", "Annual budget", "Forest cover", "Roads"], 6)]


def long(r):
    rows = [head("No.", "Place", "Item", "Amount")]
    return rows + [body([str(n + 1), r.choice(PLACES), r.choice(EN["nouns"]), thousand(r)]) for n in range(70)]


def variants(r):
    """Lines between groups of rows only, each group with one label in its middle."""
    rows = [head("Layers", "Kind", "Simple", "Complex", "All")]
    for label in r.sample(range(2, 9), 4):
        for n, kind in enumerate(r.sample(["Tree", "Grid", "Lattice"], r.randint(2, 3))):
            rows.append([Cell(kind)] + [Cell(f"0.{r.randint(800, 999)}", look="n") for _ in range(3)])
            if n == 0:
                first = rows[-1]
        first.insert(0, Cell(label, rows=n + 1, look="total"))
        for row in rows[-n:] if n else []:
            row[0].look = "v"
    return rows


def levels(r):
    """Heads of three levels."""
    years = [str(2001 + r.randint(0, 9)), str(2011 + r.randint(0, 9))]
    rows = [[Cell("Region", rows=3, head=True), Cell("Employment", columns=4, head=True, look="g"), Cell("Rate", rows=3, head=True)],
            [Cell("Men", columns=2, head=True, look="g"), Cell("Women", columns=2, head=True, look="g")], head(*years, *years)]
    for place in r.sample(PLACES, r.randint(5, 9)):
        rows.append(body([place] + [thousand(r) for _ in range(4)] + [share(r)]))
    return rows


def noted(r):
    """Signs of notes in cells, the notes as the table's last rows."""
    rows = [head("Country", "2001", "2002", "2003", "Change (%)")]
    for n, place in enumerate(r.sample(PLACES, 7)):
        rows.append(body([place + (f" ({n // 2})" if n in (2, 4) else "")] + [thousand(r) for _ in range(3)] + [r.choice(["+", "-"]) + share(r)]))
    return rows + [[Cell(f"({n}) {note}", columns=5, look="note")] for n, note in enumerate(r.sample(NOTES, 2), 1)]


OFFENCES = ["Violent crime", "Murder and nonnegligent manslaughter", "Forcible rape", "Robbery", "Aggravated assault", "Property crime", "Burglary", "Motor vehicle theft", "Arson", "Forgery and counterfeiting",
            "Stolen property; buying, receiving, possessing", "Weapons; carrying, possessing, etc.", "Prostitution and commercialized vice", "Offenses against the family and children",
            "Driving under the influence", "Drunkenness", "Disorderly conduct", "All other offenses (except traffic)", "Curfew and loitering law violations"]


def million(r): return f"{r.randint(1, 9)},{r.randint(100, 999)},{r.randint(100, 999)}" if r.random() < .3 else f"{r.randint(10, 999)},{r.randint(100, 999)}" if r.random() < .6 else str(r.randint(10, 999))


def labels(r):
    """Labels that wrap in a narrow first column, under heads that do."""
    rows = [head("Offense charged", "Total", "White", "Black", "American Indian or Alaskan Native", "Asian or Pacific Islander")]
    return rows + [[Cell(label, look=r.choice(["", "i"]))] + [Cell(million(r) if r.random() < .9 else "–", look="n") for _ in range(5)] for label in OFFENCES[:r.randint(12, 19)]]


def shares(r):
    """Years that repeat under heads in the middle of them."""
    rows = [[Cell("", head=True, rows=2)] + [Cell(t, head=True, columns=3, look="g") for t in ("Total", "Males", "Females")], [Cell(y, head=True, look="n") for y in ["2000", "2005", "2009"] * 3]]
    return rows + [body([place] + [r.choice([":", share(r), share(r), share(r)]) for _ in range(9)]) for place in ["Euro area"] + r.sample(PLACES, 16)]


def actions(r):
    """Sentences in every cell."""
    rows = [head("Objective", "Action", "Lead agency", "Timeline", "Status")]
    for label in r.sample(LONG, 5):
        rows.append(body([label, r.choice(NOTES) + " " + r.choice(NOTES), r.choice(["Department of Health", "Ministry of Finance", "Office of the Chief Scientist"]), r.choice(["By end 2013", "Ongoing", "2014"]),
                          r.choice(["Completed", "In progress", "Delayed; see section 4"])]))
    return rows


def prisons(r):
    """Heads of several lines at the foot of their cells."""
    rows = [[Cell(t, head=True, look="c") for t in ("State", "Number of licensed facilities", "Average daily population in custody", "Annual cost per inmate (thousand dollars)", "Percent change from prior year")]]
    return rows + [body([state, thousand(r), million(r), share(r), r.choice(["-", ""]) + share(r)]) for state in ("Alabama", "Alaska", "District of Columbia", "New Hampshire", "North Carolina", "Ohio", "Wyoming")]


SMALL = "table,td,th{font:6.5pt/1.2 'Liberation Sans'} th{text-align:center} td,th{padding:0 2pt} td:first-child,th:first-child{width:110pt}"
LINES = "table{border-top:1pt solid;border-bottom:1pt solid} tr.h td,tr.h th{border-bottom:.5pt solid}"
BASE = ("@page{size:A4;margin:22mm} body{font:10pt/1.35 'Liberation Serif'} table{border-collapse:collapse;margin:.6em 0;font-size:9pt;line-height:1.25} td,th{padding:1.5pt 5pt;text-align:left;vertical-align:top;font-weight:bold}"
        "td{font-weight:normal} .n{text-align:right} .i{padding-left:14pt} .b{font-weight:bold} .cap{font-weight:bold;font-size:9pt;margin:.8em 0 .2em} .src{font-size:8pt;margin:.2em 0 1em}")
TWO = "body{columns:2;column-gap:8mm;text-align:justify;font-size:9.5pt} table{font-size:8pt} td,th{padding:1pt 3pt}"
LAYOUTS = {
    "groups-three-rules": (groups, LINES + ".g{text-align:center;border-bottom:.4pt solid} tr.total td{border-top:.5pt solid;font-weight:bold}"),
    "groups-no-rules": (groups, ".g{text-align:center} td,th{padding-right:12pt}"),
    "groups-grid": (groups, "td,th{border:.5pt solid #666}"),
    "groups-head-band": (groups, "th{background:#dde4ee} td{border-bottom:.3pt solid #bbb}"),
    "wrapped-no-rules": (wrapped, "td,th{padding:3pt 9pt 3pt 0} table{width:100%}"),
    "wrapped-row-rules": (wrapped, "td,th{border-bottom:.4pt solid #888;padding:3pt 6pt} table{border-top:1pt solid}"),
    "wrapped-grid-centred": (wrapped, "td,th{border:.5pt solid;vertical-align:middle}"),
    "wrapped-zebra": (wrapped, "tr:nth-child(odd){background:#eef} td,th{padding:2pt 8pt}"),
    "units-booktabs": (units, LINES + "td,th{text-align:center;padding:1.5pt 8pt}"),
    "sparse-grid": (sparse, "td,th{border:.5pt solid}"),
    "sparse-no-rules": (sparse, "td,th{padding-right:16pt}"),
    "spans-grid": (spans, "td,th{border:.5pt solid}"),
    "spans-row-rules": (spans, "td,th{border-bottom:.4pt solid;padding:2pt 8pt}"),
    "names-narrow": (names, "td,th{padding:1pt 7pt 1pt 0}"),
    "names-two-columns": (names, TWO + LINES),
    "figures-no-rules": (figures, "td,th{padding:1pt 7pt}"),
    "figures-column-rules": (figures, "td,th{border-right:.4pt solid;padding:1pt 6pt} table{border-top:.8pt solid;border-bottom:.8pt solid}"),
    "scores-two-columns": (scores, TWO + LINES + ".g{text-align:center;border-bottom:.4pt solid} td{text-align:center}"),
    "facts-box": (facts, "td{padding:2pt 10pt} table{border:.6pt solid}"),
    "facts-no-rules": (facts, "td{padding:1.5pt 20pt 1.5pt 0}"),
    "variants-group-rules": (variants, LINES + "td,th{border-left:.4pt solid;border-right:.4pt solid;vertical-align:middle;text-align:center} tr.total td{border-top:.4pt solid} tr.total .total{border-bottom:.4pt solid}"),
    "levels-grid": (levels, "td,th{border:.5pt solid} .g{text-align:center}"),
    "levels-three-rules": (levels, LINES + ".g{text-align:center;border-bottom:.4pt solid} td,th{padding:1.5pt 8pt}"),
    "noted-grid": (noted, "td,th{border:.4pt solid} .note{font-size:7.5pt}"),
    "noted-row-rules": (noted, "td,th{border-bottom:.3pt solid #999;padding:2pt 9pt} .note{font-size:7.5pt}"),
    "labels-column-rules": (labels, SMALL + "td,th{border-left:.4pt solid} td:first-child,th:first-child{border-left:none} table{border-top:1pt solid;border-bottom:1pt solid} th{border-bottom:.4pt solid;width:36pt} td{vertical-align:bottom}"),
    "labels-boxes": (labels, SMALL + "table{border-collapse:separate;border-spacing:1.5pt} td,th{border:.3pt solid} th{width:36pt}"),
    "labels-no-rules-bottom": (labels, SMALL + "td{vertical-align:bottom} th{width:45pt}"),
    "labels-no-rules-top": (labels, "td:first-child{width:120pt} td{padding:0 4pt} th{text-align:center;width:50pt}"),
    "labels-three-rules": (labels, LINES + "td:first-child{width:120pt} td{vertical-align:bottom;padding:0 4pt} th{text-align:center;width:50pt}"),
    "shares-no-rules": (shares, ".g{text-align:center} td,th{padding:.5pt 4pt;font-size:8pt}"),
    "shares-zebra": (shares, ".g{text-align:center} td,th{padding:.5pt 4pt;font-size:8pt} tr:nth-child(even) td{background:#e8eef5} thead{background:#ccd}"),
    "actions-no-rules": (actions, "td,th{padding:1pt 8pt 1pt 0} table{width:100%}"),
    "actions-head-rule": (actions, "thead{border-bottom:1pt solid} td,th{padding:3pt 8pt 3pt 0} table{width:100%}"),
    "prisons-no-rules": (prisons, ".c{text-align:center;width:80pt;vertical-align:bottom} td{text-align:right;padding-right:20pt} td:first-child{text-align:left}"),
    "prisons-head-rule": (prisons, "tr.h th{border-bottom:.6pt solid} .c{text-align:left;width:70pt;vertical-align:bottom}"),
    "long-repeated-head": (long, "td,th{border-bottom:.3pt solid #999;padding:2pt 9pt} @page{@bottom-center{content:counter(page)}}"),
}


def styled(rows):
    """Rows as HTML, the heads' last row marked for the line below it."""
    heads = [i for i, row in enumerate(rows) if any(c.head for c in row)]
    out, last = [], heads[-1] if heads else -1
    for i, row in enumerate(rows):
        look = " ".join(filter(None, ["h" if i == last else "", "total" if row and row[0].look == "total" else ""]))
        out.append(f'<tr class="{look}">' + "".join(c.html(True) for c in row) + "</tr>")
    return "<table><thead>" + "".join(out[: last + 1]) + "</thead><tbody>" + "".join(out[last + 1:]) + "</tbody></table>"


def weasyprint(r, layout, path):
    import weasyprint
    make, css = LAYOUTS[layout]
    paragraph = lambda: " ".join(r.sample(EN["sentences"], r.randint(3, 5)))
    reference, text = [], []
    for number in (1, 2):
        rows, caption, source = make(r), f"Table {number}: {r.choice(EN['titles'])}", "Source: " + r.choice(NOTES)
        before = paragraph()
        reference += [before, caption, rows_html(rows), source]
        text += [f"<p>{html.escape(before)}</p><div class=cap>{html.escape(caption)}</div>{styled(rows)}<div class=src>{html.escape(source)}</div>"]
    after = paragraph()
    weasyprint.HTML(string=f"<!doctype html><html lang=en><style>{BASE}{css}</style><body>{''.join(text)}<p>{html.escape(after)}</p></body></html>").write_pdf(path)
    return reference + [after]


def typst_cell(cell):
    spans = (f"colspan: {cell.columns}, " if cell.columns > 1 else "") + (f"rowspan: {cell.rows}, " if cell.rows > 1 else "")
    text = "".join("\\" + c if c in "\\#$*_`<>@=-+/~[]\"'" else c for c in cell.text)
    return f"table.cell({spans.rstrip(', ')})[{text}]" if spans else f"[{text}]"


TYPST = {
    "turned-heads": (figures, "stroke: 0.5pt"),
    "centred-paper": (scores, "stroke: none, align: center"),
    "side-by-side": (figures, "stroke: none"),
    "turned-table": (groups, "stroke: 0.5pt"),
}


def typst(r, layout, path):
    import typst as compiler
    make, options = TYPST[layout]
    paragraph = lambda: " ".join(r.sample(EN["sentences"], r.randint(3, 5)))
    before, after = paragraph(), paragraph()
    tables = [make(r)]
    if layout == "side-by-side":
        tables = [[row[:4] for row in rows[:8]] for rows in (make(r), make(r))]
    sets = []
    for rows in tables:
        width = sum(c.columns for c in rows[0])
        cells = [[typst_cell(c) for c in row] for row in rows]
        if layout == "turned-heads":
            cells[0] = [cells[0][0]] + [f"rotate(-90deg, reflow: true)[{c.text}]" for c in rows[0][1:]]
        lines = "table.hline(), " if layout == "centred-paper" else ""
        heads = 2 if layout in ("centred-paper", "turned-table") else 1
        sets.append(f"table(columns: {width}, {options}, {lines}" + ", ".join(", ".join(row) for row in cells[:heads]) + f", {lines}" + ", ".join(", ".join(row) for row in cells[heads:]) + f", {lines.rstrip(', ')})")
    placed = "#grid(columns: 2, column-gutter: 40pt, " + ", ".join(sets) + ")" if len(sets) > 1 else "#" + sets[0]
    if layout == "turned-table":
        placed = f"#pagebreak()\n#align(center + horizon, rotate(-90deg, reflow: true, {sets[0]}))\n#pagebreak()"
    escape = lambda t: t.replace("#", "\\#")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "x.typ"
        source.write_text(f"#set text(size: 10pt)\n{escape(before)}\n\n{placed}\n\n{escape(after)}\n", "utf-8")
        compiler.compile(str(source), output=str(path))
    return [before] + [rows_html(rows) for rows in tables] + [after]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("out", type=pathlib.Path)
    p.add_argument("--documents", type=int, default=3, help="documents of each layout")
    p.add_argument("--only", default="")
    a = p.parse_args()
    for make, layouts in ((weasyprint, LAYOUTS), (typst, TYPST)):
        for layout in layouts:
            if a.only not in layout:
                continue
            folder = a.out / layout
            folder.mkdir(parents=True, exist_ok=True)
            for n in range(a.documents):
                try:
                    reference = make(random.Random(f"{layout}/{n}"), layout, folder / f"{n}.pdf")
                except ImportError as error:
                    print(f"left out: {layout} ({error})", file=sys.stderr)
                    break
                (folder / f"{n}.pdf.gt.md").write_text("\n\n".join(reference) + "\n", "utf-8")


if __name__ == "__main__":
    main()
