#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores tables by their cells' neighbours (Göbel et al., ICDAR 2013): precision, recall and F1 by folder.

    adjacency.py REFERENCE_DIR OUTPUT_DIR [--worst N]

REFERENCE_DIR/X.pdf.gt.md is held against OUTPUT_DIR/X.pdf.md. A relation is a filled cell, the next filled one to its right
or below, and which of both; empty cells between are skipped, a cell that spans neighbours all that it touches, once each.
Tables are pipe tables and HTML tables; a document's tables count together.
"""
import argparse, collections, html.parser, pathlib, re, unicodedata


class Tables(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.cell = [], None

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            spans = dict(attributes)
            self.cell = [[], int(spans.get("colspan") or 1), int(spans.get("rowspan") or 1)]
            self.tables[-1][-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.cell = None

    def handle_data(self, text):
        if self.cell:
            self.cell[0].append(text)


def text(parts):
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", parts)).casefold()


def grids(markdown):
    """Each table as a grid: (row, column) → (number of the cell, its text)."""
    parser = Tables()
    parser.feed(markdown)
    tables = parser.tables
    rows = []
    for line in markdown.splitlines() + [""]:
        if re.match(r"\s*\|.*\|\s*$", line):
            if not re.match(r"[\s|:-]+$", line) or "-" not in line:
                rows.append([[[cell.replace("\\", "")], 1, 1] for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])])
        elif rows:
            tables.append(rows)
            rows = []
    for rows in tables:
        grid, number = {}, 0
        for r, row in enumerate(rows):
            c = 0
            for parts, columns, height in row:
                while (r, c) in grid:
                    c += 1
                for dr in range(height):
                    for dc in range(columns):
                        grid[r + dr, c + dc] = (number, text("".join(parts)))
                number += 1
                c += columns
        yield grid


def relations(markdown):
    found = collections.Counter()
    for grid in grids(markdown):
        seen = set()
        height = 1 + max((r for r, _ in grid), default=-1)
        width = 1 + max((c for _, c in grid), default=-1)
        for (r, c), (number, content) in grid.items():
            if not content:
                continue
            for way, path in (("right", ((r, k) for k in range(c + 1, width))), ("below", ((k, c) for k in range(r + 1, height)))):
                other = next((grid[place] for place in path if place in grid and grid[place][1] and grid[place][0] != number), None)
                if other and (number, other[0], way) not in seen:
                    seen.add((number, other[0], way))
                    found[content, other[1], way] += 1
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("reference", type=pathlib.Path)
    p.add_argument("output", type=pathlib.Path)
    p.add_argument("--worst", type=int, default=0)
    a = p.parse_args()
    folders, documents = collections.defaultdict(list), []
    for reference in sorted(a.reference.rglob("*.gt.md")):
        name = str(reference.relative_to(a.reference)).replace(".gt.md", ".md")
        output = a.output / name
        want = relations(reference.read_text("utf-8"))
        got = relations(output.read_text("utf-8", "replace")) if output.exists() else collections.Counter()
        if not want:
            continue
        both = sum((want & got).values())
        row = (both, sum(got.values()), sum(want.values()))
        folders[str(pathlib.Path(name).parent)].append(row)
        documents.append((2 * both / (row[1] + row[2]), name))
    print(f"{'layout':36}{'docs':>5}{'prec':>8}{'recall':>8}{'F1':>8}")
    everything = [row for rows in folders.values() for row in rows]
    for folder, rows in sorted(folders.items()) + [("all", everything)]:
        both, got, want = (sum(row[i] for row in rows) for i in range(3))
        print(f"{folder:36}{len(rows):5}{both / max(got, 1):8.3f}{both / max(want, 1):8.3f}{2 * both / max(got + want, 1):8.3f}")
    print(f"{'mean of documents':36}{len(documents):5}{'':16}{sum(f for f, _ in documents) / max(len(documents), 1):8.3f}")
    for score, name in sorted(documents)[: a.worst]:
        print(f"{score:.3f} {name}")


if __name__ == "__main__":
    main()
