#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sorts sound documents into a corpus for each fuzzing target.

    corpus.py OUT FOLDER…
"""
import pathlib, struct, sys

# Formats that are their own target take files of that name; some targets take others' too.
ALSO = {"zip": ["docx", "xlsx", "pptx", "odt", "epub", "zip"], "compound": ["xls", "doc", "ppt", "msg"], "mime": ["eml", "mbox", "mhtml"], "rtf": ["rtf"], "csv": ["csv", "tsv"]}


def frames():
    frame = lambda kind, body: struct.pack("<II", kind, len(body)) + body
    string = lambda text: struct.pack("<I", len(text)) + text
    for version in range(3, 8):
        ready = frame(1, struct.pack("<I", version))
        yield b"\x07" + ready + frame(2, b"txt") + frame(3, struct.pack("<I", 0) + "text ä\n".encode()) + frame(4, string(b"title") + string(b"t"))
        yield b"\x03" + ready + frame(5, struct.pack("<QB", 2, 1) + string(b"a-loss") + string(b"it was lost") + string(b"page 1")) + frame(6, struct.pack("<Q", 5))
        yield b"\xff" + ready + frame(7, string(b"a.png") + string(b"image/png")) + frame(8, b"bytes") + frame(9, b"") + frame(10, string(b"malformed") + string(b"why")) + frame(11, bytes(20))


def main():
    out = pathlib.Path(sys.argv[1])
    count = 0

    def put(target, name, content):
        nonlocal count
        (out / target).mkdir(parents=True, exist_ok=True)
        (out / target / name).write_bytes(content)
        count += 1

    for number, content in enumerate(frames()):
        put("frames", f"seed-{number}", content)
    put("layout", "seed", b"".join(struct.pack(">BBBHHBBB", 0, 97 + i % 26, 0, 1000 + i % 40 * 500, 2000 + i // 40 * 1500, 40, 80, i % 6) for i in range(400)))
    for folder in sys.argv[2:]:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            kind = path.suffix[1:].lower()
            if not path.is_file() or path.name.startswith("expected.") or path.name == "diagnostics.txt" or not kind:
                continue
            content = path.read_bytes()
            name = "seed-" + "-".join(path.parts[-3:])
            for target in {kind, *(t for t, kinds in ALSO.items() if kind in kinds)}:
                put(target, name, content)
            if kind == "xls":
                # The stream within begins where its first record does.
                start = content.find(b"\x09\x08\x10\x00")
                put("xls", name + "-records", content[max(start, 0):])
    print(f"{count} seeds in {out}")


if __name__ == "__main__":
    main()
