# SPDX-License-Identifier: Apache-2.0
"""The containers that hostile documents are made of, with every field open to lies."""
import io, struct, zipfile, zlib


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """A ZIP archive of (name, text or bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, compress_type=method)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
M = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(links):
    rows = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in links)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def types(parts):
    rows = "".join(f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>' for name, kind in parts)
    return ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{rows}</Types>')


def docx(body, parts=(), links=()):
    return zipped([
        ("[Content_Types].xml", types([("word/document.xml", "wordprocessingml.document.main")])),
        ("_rels/.rels", relations([("r1", "officeDocument", "word/document.xml")])),
        ("word/_rels/document.xml.rels", relations(links)),
        ("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"), *parts])


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(sheet, strings=None, styles="", workbook=""):
    parts = [("xl/worksheets/sheet1.xml", f"<worksheet {M}>{sheet}</worksheet>")]
    links = [("r1", "worksheet", "worksheets/sheet1.xml")]
    if strings is not None:
        parts.append(("xl/sharedStrings.xml", f"<sst {M}>{strings}</sst>"))
        links.append(("r2", "sharedStrings", "sharedStrings.xml"))
    if styles:
        parts.append(("xl/styles.xml", f"<styleSheet {M}>{styles}</styleSheet>"))
        links.append(("r3", "styles", "styles.xml"))
    return zipped([
        ("[Content_Types].xml", types([("xl/workbook.xml", "spreadsheetml.sheet.main")])),
        ("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", relations(links)),
        ("xl/workbook.xml", f'<workbook {M}><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>{workbook}</workbook>'), *parts])


def pptx(shapes, slides=1, extra=(), links=()):
    names = [f"slides/slide{n}.xml" for n in range(1, slides + 1)]
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(slides))
    return zipped([
        ("[Content_Types].xml", types([("ppt/presentation.xml", "presentationml.presentation.main")])),
        ("_rels/.rels", relations([("r1", "officeDocument", "ppt/presentation.xml")])),
        ("ppt/_rels/presentation.xml.rels", relations([(f"s{n}", "slide", name) for n, name in enumerate(names)])),
        ("ppt/presentation.xml", f"<p:presentation {P}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"),
        *[(f"ppt/{name}", f"<p:sld {P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>") for name in names],
        *[(f"ppt/slides/_rels/slide{n}.xml.rels", relations(links)) for n in range(1, slides + 1) if links], *extra])


def shape(text):
    return f"<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"


ODF = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in [
    ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"), ("presentation", "presentation")])


def odf(kind, body, styles="", method=zipfile.ZIP_DEFLATED):
    mime = {"text": "text", "spreadsheet": "spreadsheet", "presentation": "presentation"}[kind]
    content = f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    return zipped([("mimetype", f"application/vnd.oasis.opendocument.{mime}"), ("content.xml", content),
                   ("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')], method)


def epub(chapters, spine=None, navigation=""):
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = spine if spine is not None else "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return zipped([
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'),
        ("book.opf", f'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>{items}{navigation}</manifest><spine>{spine}</spine></package>'),
        *[(f"c{n}.xhtml", c if isinstance(c, bytes) else f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{c}</body></html>') for n, c in enumerate(chapters)]])


def pdf(objects, root=1, trailer="", version="1.7"):
    """A PDF of objects 1, 2, …; each the bytes between `obj` and `endobj`."""
    out = bytearray(f"%PDF-{version}\n%\xe2\xe3\n".encode("latin-1"))
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010} 00000 n \n".encode()
    return bytes(out) + f"trailer\n<< /Size {len(objects) + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(data, facts="", packed=False):
    data = data if isinstance(data, bytes) else data.encode("latin-1")
    if packed:
        data, facts = zlib.compress(data), facts + " /Filter /FlateDecode"
    return f"<< /Length {len(data)} {facts} >>\nstream\n".encode() + data + b"\nendstream"


def pdf_page(content, resources="", pages=1, more=()):
    """`pages` pages that share one content stream; `more` objects begin at 5."""
    kids = " ".join(f"{5 + len(more) + n} 0 R" for n in range(pages))
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> {resources} >> >>"
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
                content if isinstance(content, bytes) else stream(content),
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *more, *[page] * pages])


def compound(streams, lie=None):
    """A compound file (MS-CFB version 3) of (name, bytes) in the root storage; `lie(tables, directory)` changes what it says.

    Streams are padded to 4,096 bytes, so that none is in the mini stream."""
    table, sectors = [], b""

    def place(data):
        nonlocal sectors
        count = max((len(data) + 511) // 512, 1)
        first = len(table)
        table.extend([first + n + 1 for n in range(count - 1)] + [0xFFFFFFFE])
        sectors += data.ljust(count * 512, b"\0")
        return first

    entries = [["Root Entry", 5, 0xFFFFFFFF, 0xFFFFFFFF, 1 if streams else 0xFFFFFFFF, 0xFFFFFFFE, 0]]
    for n, (name, data) in enumerate(streams):
        data = data.ljust(4096, b"\0")
        entries.append([name, 2, 0xFFFFFFFF, n + 2 if n + 1 < len(streams) else 0xFFFFFFFF, 0xFFFFFFFF, place(data), len(data)])
    if lie:
        lie(table, entries)
    directory = b""
    for name, kind, left, right, child, first, size in entries:
        units = name.encode("utf-16-le")[:62]
        directory += units.ljust(64, b"\0") + struct.pack("<HBBIII", len(units) + 2, kind, 1, left, right, child) + bytes(36) + struct.pack("<IQ", first, size)
    start = place(directory)
    count = len(table) // 127 + 1
    first = len(table)
    table.extend([0xFFFFFFFD] * count)
    allocation = struct.pack(f"<{len(table)}I", *table).ljust(count * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, first)
    header += struct.pack("<108I", *[first + n if n < count else 0xFFFFFFFF for n in range(1, 109)])
    return header + sectors + allocation


def tar(members):
    out = b""
    for name, size, data, kind in members:
        head = name.encode()[:100].ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"00000000000\0" + b" " * 8 + kind + bytes(100) + b"ustar\x0000" + bytes(247)
        head = head[:512].ljust(512, b"\0")
        head = head[:148] + b"%06o\0 " % sum(head) + head[156:]
        out += head + data.ljust((len(data) + 511) // 512 * 512, b"\0")
    return out + bytes(1024)


def png(width, height, data=b"", chunks=()):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return out + b"".join(chunk(k, b) for k, b in chunks) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
