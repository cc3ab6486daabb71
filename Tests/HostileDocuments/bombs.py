#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes hostile documents: OUT/EXPECTED/NAME, all invented here.

    bombs.py OUT [--scale N] [--only WORD]

EXPECTED says how a conversion may end: `delivered` (text, with or without losses), `refused` (a named failure), `either`, `limited`
(a library of others is stopped by a limit of memory or time).
`--scale 2` doubles every size: twice the input may take about twice the time, not four times.
"""
import argparse, pathlib, sys
import books, containers, mail, markup, office, print_, text

FAMILIES = [text, markup, office, books, mail, containers, print_]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    count = 0
    for family in FAMILIES:
        for expected, name, make in family.bombs(arguments.scale):
            if arguments.only not in name:
                continue
            folder = arguments.out / expected
            folder.mkdir(parents=True, exist_ok=True)
            content = make()
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
            count += 1
    print(f"{count} documents in {arguments.out}")
    return 0 if count else 1


if __name__ == "__main__":
    sys.exit(main())
