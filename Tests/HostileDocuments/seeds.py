#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes sound documents of the formats that no golden input has: seeds for mutation.

    seeds.py OUT
"""
import bz2, gzip, io, lzma, pathlib, struct, sys, tarfile, zlib
import mail, office
from parts import M, compound, docx, epub, odf, paragraph, pdf, pdf_page, png, pptx, shape, stream, tar, xlsx, zipped

PARAGRAPHS = "<text:h text:outline-level='1'>Title</text:h><text:p>Some text <text:span>with a span</text:span>.</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
ROWS = "<table:table table:name='a'><table:table-row><table:table-cell office:value-type='float' office:value='1.5'><text:p>1.5</text:p></table:table-cell><table:table-cell table:number-columns-repeated='3' office:value-type='string'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"


def seeds():
    yield "a.zip", zipped([("a.txt", "some text\n"), ("b/c.csv", "a,b\n1,2\n"), ("d.html", "<h1>T</h1><p>x")])
    yield "packages.zip", zipped([("a.docx", docx(paragraph("x"))), ("b.zip", zipped([("c.md", "# T\n\ntext")]))])
    yield "a.odt", odf("text", PARAGRAPHS + ROWS)
    yield "a.ods", odf("spreadsheet", ROWS)
    yield "a.odp", odf("presentation", "<draw:page draw:name='a'><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></draw:page>")
    yield "a.docx", docx(paragraph("Title", "<w:pStyle w:val='Heading1'/>") + paragraph("text") + "<w:tbl><w:tr><w:tc>" + paragraph("a") + "</w:tc><w:tc>" + paragraph("b") + "</w:tc></w:tr></w:tbl>")
    yield "a.xlsx", xlsx("<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>45000.5</v></c></row><row r='2'><c r='A2' t='b'><v>1</v></c><c r='C2' t='inlineStr'><is><t>y</t></is></c></row></sheetData><mergeCells><mergeCell ref='A1:B2'/></mergeCells>", "<si><t>x</t></si>", "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>")
    yield "a.pptx", pptx(shape("x") + shape("y"), slides=3)
    yield "a.epub", epub(["<h1>T</h1><p>x</p>", "<p>y</p><table><tr><td>a<td>b</table>"])
    members = tar([("a.txt", 5, b"text\n", b"0"), ("b/", 0, b"", b"5"), ("b/c.csv", 8, b"a,b\n1,2\n", b"0"), ("l", 0, b"", b"2")])
    yield "a.tar", members
    for name, pack in [("gz", lambda data: gzip.compress(data, mtime=0)), ("bz2", bz2.compress), ("xz", lzma.compress), ("lzma", lambda data: lzma.compress(data, lzma.FORMAT_ALONE))]:
        yield f"a.txt.{name}", pack(b"some text\n" * 50)
        yield f"a.tar.{name}", pack(members)
    yield "a.zst", struct.pack("<IBB", 0xFD2FB528, 0x20, 10) + struct.pack("<I", 10 << 3 | 1)[:3] + b"some text\n"
    # Nine bits for each byte: a dictionary that is never used is right too.
    bits = sum(byte << (9 * i) for i, byte in enumerate(b"some text of a packed file"))
    yield "a.Z", b"\x1f\x9d\x90" + bits.to_bytes(30, "little")
    yield "a.cpio", b"".join(b"070701" + b"".join(b"%08X" % v for v in [1, 0o100644, 0, 0, 1, 0, len(d), 0, 0, 0, 0, len(n) + 1, 0]) + (n + b"\0").ljust((len(n) + 1 + 110 + 3) // 4 * 4 - 110, b"\0") + d.ljust((len(d) + 3) // 4 * 4, b"\0") for n, d in [(b"a.txt", b"text"), (b"TRAILER!!!", b"")])
    yield "a.ar", b"!<arch>\n" + b"a.txt/          0           0     0     644     4         `\ntext"
    text = "From: A <a@b.c>\nTo: d@e.f, \"G, H\" <g@h.i>\nSubject: =?utf-8?q?s=C3=A4?= t\nDate: Mon, 1 Jan 2024 00:00:00 +0100\nMIME-Version: 1.0\n"
    multi = text + "Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nt=E4xt\n\n> quoted\n--c\nContent-Type: text/html\n\n<p>t<b>e</b>xt\n--c--\n--b\nContent-Type: message/rfc822\n\n" + text + "\ninner\n--b\nContent-Type: text/csv; name*=utf-8''a.csv\nContent-Disposition: attachment; filename=a.csv\nContent-Transfer-Encoding: base64\n\nYSxiCjEsMgo=\n--b--\n"
    yield "a.eml", multi
    yield "plain.eml", text + "\nsome text\n"
    yield "a.mbox", "".join("From a@b.c Mon Jan  1 00:00:00 2024\n" + t + "\n\n" for t in [multi, text + "\nx"])
    yield "tnef.eml", mail.attachment("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00" + b"\x01\x05\x80\x01\x00\x04\0\0\0text\xc0\x01" + b"\x02\x0f\x80\x06\x00\x04\0\0\0text\xc0\x01", "application/ms-tnef")
    wide = lambda value: value.encode("utf-16-le")
    yield "a.msg", compound([("__substg1.0_0037001F", wide("subject")), ("__substg1.0_1000001F", wide("some text of a message")), ("__substg1.0_0C1A001F", wide("A")), ("__substg1.0_10130102", b"<p>html"), ("__properties_version1.0", bytes(32) + struct.pack("<HHIQ", 0x001F, 0x0037, 6, 16) * 4)])
    record = lambda kind, body: struct.pack("<HH", kind, len(body)) + body
    bof = lambda kind: record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))
    shared = record(0xFC, struct.pack("<II", 2, 2) + struct.pack("<HB", 3, 0) + b"abc" + struct.pack("<HB", 2, 1) + wide("xy"))
    head = bof(5) + shared
    cells = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0)) + record(0x203, struct.pack("<HHHd", 0, 1, 0, 1.5)) + record(0x27E, struct.pack("<HHHI", 1, 0, 0, 6)) + record(0xBD, struct.pack("<HH", 2, 0) + struct.pack("<HI", 0, 6) * 3 + struct.pack("<H", 2)) + record(0x204, struct.pack("<HHHHB", 3, 0, 0, 2, 0) + b"hi") + record(0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 1)) + record(0x06, struct.pack("<HHHdHIH", 4, 0, 0, 2.0, 0, 0, 1) + b"\x1e")
    yield "a.xls", compound([("Workbook", head + record(0x85, struct.pack("<IHB", len(head) + 16, 0, 1) + b"\0S") + record(0x0A, b"")[:4] + bof(0x10) + cells + record(0x0A, b""))])
    page = stream("BT /F1 18 Tf 72 720 Td (Title) Tj ET\n" + "".join(f"BT /F1 10 Tf 72 {690 - 12 * i} Td (A line of text, number {i}) Tj ET\n" for i in range(12)) + "72 400 m 300 400 l S 72 380 m 300 380 l S 72 380 m 72 400 l S 300 380 m 300 400 l S BT /F1 10 Tf 75 385 Td (cell) Tj ET")
    yield "a.pdf", pdf_page(page, pages=3)
    yield "tagged.pdf", pdf(["<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R /Outlines 8 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /StructParents 0 >>", stream("/H1 << /MCID 0 >> BDC BT /F1 12 Tf 72 700 Td (text) Tj ET EMC /P << /MCID 1 >> BDC BT /F1 9 Tf 72 650 Td (more) Tj ET EMC"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Type /StructTreeRoot /K [7 0 R 9 0 R] >>", "<< /S /H1 /P 6 0 R /Pg 3 0 R /K 0 >>", "<< /First 10 0 R /Last 10 0 R >>", "<< /S /P /P 6 0 R /Pg 3 0 R /K [1] >>", "<< /Title (text) /Dest [3 0 R /Fit] /Parent 8 0 R >>"])
    exif = b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + struct.pack("<HHII", 0x10F, 2, 6, 40) + struct.pack("<HHII", 0x8769, 4, 1, 48) + struct.pack("<I", 0) + b"\0\0maker\0\0\0" + struct.pack("<HHHII", 1, 0x9003, 2, 20, 70) + struct.pack("<I", 0) + b"2024:01:01 00:00:00\0"
    entry = lambda tag, kind, count, value: struct.pack("<HHII", tag, kind, count, value)
    yield "a.tiff", b"II*\0\x08\0\0\0" + struct.pack("<H", 4) + entry(0x100, 3, 1, 16) + entry(0x101, 3, 1, 16) + entry(0x10E, 2, 6, 62) + entry(0x8769, 4, 1, 70) + struct.pack("<I", 0) + b"title\0\0\0" + struct.pack("<H", 1) + entry(0x9003, 2, 20, 88) + struct.pack("<I", 0) + b"2024:01:01 00:00:00\0"
    yield "a.jpg", b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif + b"\xff\xfe\0\x09comment\xff\xc0\0\x11\x08\0\x10\0\x10\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9"
    yield "a.png", png(4, 4, bytes(52), [(b"tEXt", b"Title\0x"), (b"iTXt", b"Comment\0\0\0\0\0text"), (b"zTXt", b"Author\0\0" + zlib.compress(b"me")), (b"eXIf", exif), (b"tIME", b"\x07\xe8\1\1\0\0\0")])
    yield "a.gif", b"GIF89a\4\0\4\0\x80\0\0\0\0\0\xff\xff\xff!\xfe\4text\0,\0\0\0\0\4\0\4\0\0\2\2D\1\0;"
    yield "a.bmp", b"BM" + struct.pack("<IIIIiiHHIIiiII", 70, 0, 54, 40, 2, 2, 1, 24, 0, 16, 0, 0, 0, 0) + bytes(16)
    vp8 = b"VP8X" + struct.pack("<I", 10) + b"\x08\0\0\0\3\0\0\3\0\0" + b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2)
    yield "a.webp", b"RIFF" + struct.pack("<I", len(vp8) + 4) + b"WEBP" + vp8
    yield "a.wav", b"RIFF" + struct.pack("<I", 70) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"LIST\x14\0\0\0INFOINAM\6\0\0\0title\0\0\0" + b"data\4\0\0\0abcd"
    yield "a.mp3", b"ID3\3\0\0\0\0\0\x30" + b"TIT2\0\0\0\6\0\0\0title" + b"TPE1\0\0\0\5\0\0\1\xff\xfea\0" + bytes(13) + b"\xff\xfb\x90\x64" + bytes(413)
    yield "a.flac", b"fLaC\0\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0a\xc4\x42\xf0\0\0\0\x64" + bytes(16) + b"\x84\0\0\x1c" + struct.pack("<I", 3) + b"lib" + struct.pack("<I", 1) + struct.pack("<I", 9) + b"TITLE=abc" + bytes(1)
    box = lambda kind, body: struct.pack(">I", len(body) + 8) + kind + body
    movie = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 5000) + bytes(80)) + box(b"udta", box(b"meta", bytes(4) + box(b"ilst", box(b"\xa9nam", box(b"data", b"\0\0\0\1\0\0\0\0title")))))
    yield "a.m4a", box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", movie)
    yield "a.mp4", box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", movie + box(b"trak", box(b"tkhd", bytes(84))))
    yield "a.mkv", b"\x1a\x45\xdf\xa3\x84\x42\x82\x81\x61\x18\x53\x80\x67\x95\x15\x49\xa9\x66\x90\x2a\xd7\xb1\x83\x0f\x42\x40\x7b\xa9\x85title\x42\x86\x81\1"
    yield "a.ogg", b"OggS\0\2" + bytes(20) + b"\1\x1e\1vorbis" + bytes(4) + b"\2" + struct.pack("<I", 44100) + bytes(14)
    yield "a.avi", b"RIFF" + struct.pack("<I", 80) + b"AVI LIST" + struct.pack("<I", 68) + b"hdrlavih" + struct.pack("<I", 56) + bytes(56)
    yield "a.jsonl", '{"a":1,"b":"x"}\n{"a":2,"c":[1,{"d":null}]}\n'
    yield "a.ini", "[section]\nkey=value\n; comment\n"
    yield "a.tsv", "a\tb\n1\t\"x\ny\"\n"
    yield "a.xhtml", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body><h1>T</h1><p>x <em>y</em></p></body></html>"
    yield "a.opml", "<opml version='2.0'><head><title>t</title></head><body><outline text='a'><outline text='b'/></outline></body></opml>"
    yield "rich.rtf", r'''{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss Arial;}}{\stylesheet{\s1 heading 1;}}{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc0{\leveltext\'02\'00.;}}\listid1}}{\*\listoverridetable{\listoverride\listid1\ls1}}\pard\s1 Title\par\pard\ls1\ilvl0 item\par\trowd\cellx1000\cellx2000\intbl a\cell b\cell\row\pard{\field{\*\fldinst HYPERLINK "http://a.b"}{\fldrslt link}}\u228?\'e4{\footnote note}\par{\pict\pngblip 89504e47}}'''
    yield "rich.md", "# T\n\n- a\n  1. b\n\n> q `c` *e* **s** [l](http://a.b \"t\") ![i](p.png)\n\n```py\nx = 1\n```\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n[^1]: note\n\na[^1] <b>h</b> $x^2$ &amp;\n\n- [x] done\n"
    yield "rich.html", "<!DOCTYPE html><title>t</title><nav>n</nav><main><h1>T</h1><p>x <a href='/y'>l</a><ul><li>a<ul><li>b</ul></ul><table><thead><tr><th>a<th>b<tbody><tr><td rowspan=2>1<td>2<tr><td>3</table><pre><code class=language-c>int x;</code></pre><dl><dt>t<dd>d</dl><math><mfrac><mi>a</mi><mn>2</mn></mfrac></math><ruby>a<rt>b</ruby><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt=i></main>"
    yield "deep.json", '{"a":[1,2,{"b":[{"c":"x"},{"c":"y"}]}],"d":true,"e":null,"f":-1.5e10,"g":"\\u00e4\\n"}'


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, content in seeds():
        (out / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        count += 1
    print(f"{count} seeds in {out}")


if __name__ == "__main__":
    main()
