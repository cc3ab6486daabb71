# SPDX-License-Identifier: Apache-2.0
"""PDF: loops in every tree, counts that are lies, streams within streams, text without end."""
import random
import struct
import zlib
from parts import pdf, pdf_page, stream

SHOW = "BT /F1 12 Tf 72 {} Td (text) Tj ET\n"


def bombs(scale):
    n = lambda count: int(count * scale)
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    text = stream(SHOW.format(700))
    tree = lambda pages, one=page, more=(): pdf(["<< /Type /Catalog /Pages 2 0 R >>", pages, one, text, font, *more])
    yield "either", "pdf-kids-loop.pdf", lambda: tree("<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 >>")
    yield "either", "pdf-count-lie.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>")
    yield "either", "pdf-count-negative.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count -1 >>")
    yield "limited", "pdf-one-page-often.pdf", lambda: tree(f"<< /Type /Pages /Kids [{'3 0 R ' * n(5_000)}] /Count {n(5_000)} >>")
    yield "either", "pdf-too-many-pages.pdf", lambda: tree(f"<< /Type /Pages /Kids [{'3 0 R ' * n(60_000)}] /Count {n(60_000)} >>")
    yield "either", "pdf-kids-deep.pdf", lambda: deep_kids(n(5_000))
    yield "either", "pdf-parent-loop.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>", page.replace("/MediaBox [0 0 612 792]", ""))
    yield "either", "pdf-box-huge.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page.replace("612 792", "1e30 -1e30"))
    yield "either", "pdf-box-empty.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page.replace("612 792", "0 0"))
    yield "either", "pdf-arrays-deep.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /X " + "[" * n(200_000) + " >>"])
    yield "either", "pdf-dictionaries-deep.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /X " + "<< /A " * n(100_000) + " >>"])
    yield "either", "pdf-filters.pdf", lambda: pdf_page(stream(b"x", "/Filter [" + "/FlateDecode " * n(10_000) + "]"))
    yield "either", "pdf-flate-bomb.pdf", lambda: pdf_page(stream(b" " * n(200_000_000), packed=True))
    yield "either", "pdf-flate-twice.pdf", lambda: pdf_page(twice(b" " * n(200_000_000)))
    yield "either", "pdf-ascii-bomb.pdf", lambda: pdf_page(stream(b"z" * n(5_000_000), "/Filter /ASCII85Decode"))
    yield "either", "pdf-run-length-bomb.pdf", lambda: pdf_page(stream(b"\x81 " * n(2_000_000), "/Filter /RunLengthDecode"))
    yield "either", "pdf-text-many.pdf", lambda: pdf_page(stream("".join(SHOW.format(i % 790) for i in range(n(40_000))), packed=True))
    yield "either", "pdf-text-more.pdf", lambda: pdf_page(stream(SHOW.format(700) * n(1_000_000), packed=True))
    yield "limited", "pdf-text-one-place.pdf", lambda: pdf_page(stream("BT /F1 12 Tf 72 700 Td " + "(a) Tj -5 0 Td " * n(60_000) + "ET", packed=True))
    yield "either", "pdf-text-scattered.pdf", lambda: pdf_page(stream("".join(f"BT /F1 {1 + i % 30} Tf {i * 37 % 600} {i * 91 % 790} Td (w) Tj ET\n" for i in range(n(20_000))), packed=True))
    yield "either", "pdf-text-columns.pdf", lambda: pdf_page(stream("".join(f"BT /F1 4 Tf {i % 100 * 6} {i // 100 * 5 % 790} Td ({i}) Tj ET\n" for i in range(n(15_000))), packed=True))
    yield "either", "pdf-text-long.pdf", lambda: pdf_page(stream("BT /F1 1 Tf 0 700 Td (" + "word " * n(200_000) + ") Tj ET", packed=True))
    yield "either", "pdf-text-sizes.pdf", lambda: pdf_page(stream("".join(f"BT /F1 {s} Tf 72 700 Td (text) Tj ET\n" for s in ["0", "-12", "1e30", "1e-30", "nan", "99999999999999999999", "32767"]) + "1e38 0 0 1e38 0 0 cm 1e38 0 0 1e38 0 0 cm " + SHOW.format(1)))
    yield "either", "pdf-text-turned.pdf", lambda: pdf_page(stream("".join(f"q {(i % 7) / 7:.3f} {(i % 5) / 5:.3f} -{(i % 3) / 3:.3f} 1 {i % 600} {i * 7 % 790} cm BT /F1 9 Tf 0 0 Td (turned) Tj ET Q\n" for i in range(n(5_000))), packed=True))
    yield "either", "pdf-lines.pdf", lambda: pdf_page(stream("".join(f"{i * 7 % 600} 0 m {i * 7 % 600} 790 l S 0 {i * 3 % 790} m 600 {i * 3 % 790} l S\n" for i in range(n(20_000))) + SHOW.format(700), packed=True))
    yield "either", "pdf-grid-of-text.pdf", lambda: pdf_page(stream("".join(f"{i * 2} 0 m {i * 2} 790 l S 0 {i * 2} m 600 {i * 2} l S\n" for i in range(300)) + "".join(f"BT /F1 2 Tf {i % 300 * 2} {i // 300 * 2 % 790} Td (a) Tj ET\n" for i in range(n(20_000))), packed=True))
    yield "either", "pdf-rectangles.pdf", lambda: pdf_page(stream("".join(f"{i * 7 % 600} {i * 11 % 790} {i % 50} {i % 40} re f\n" for i in range(n(50_000))) + SHOW.format(700), packed=True))
    yield "either", "pdf-paths.pdf", lambda: pdf_page(stream("0 0 m " + "1 1 l " * n(500_000) + "S " + SHOW.format(700), packed=True))
    yield "either", "pdf-state-stack.pdf", lambda: pdf_page(stream("q " * n(500_000) + SHOW.format(700), packed=True))
    yield "limited", "pdf-marked-deep.pdf", lambda: pdf_page(stream("/P << /MCID 1 >> BDC " * n(100_000) + SHOW.format(700), packed=True))
    yield "either", "pdf-strings-deep.pdf", lambda: pdf_page(stream("BT /F1 12 Tf (" + "(" * n(300_000) + ") Tj ET", packed=True))
    yield "either", "pdf-inline-picture.pdf", lambda: pdf_page(stream("BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID x EI " * n(2_000) + SHOW.format(700), packed=True))
    form = lambda target, facts="": stream(f"/X Do /X Do {SHOW.format(700)}", f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X {target} 0 R >> /Font << /F1 4 0 R >> >> {facts}")
    yield "limited", "pdf-form-loop.pdf", lambda: pdf_page("/X Do", "/XObject << /X 5 0 R >>", more=[form(5)])
    yield "limited", "pdf-form-tree.pdf", lambda: pdf_page("/X Do", "/XObject << /X 5 0 R >>", more=[form(min(6 + i, 34)) for i in range(30)])
    yield "either", "pdf-form-chain.pdf", lambda: pdf_page("/X Do", "/XObject << /X 5 0 R >>", more=[stream("/X Do " + SHOW.format(700), f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X {6 + i} 0 R >> >>") for i in range(n(2_000))])
    yield "either", "pdf-picture-huge.pdf", lambda: pdf_page("/X Do " + SHOW.format(700), "/XObject << /X 5 0 R >>", more=[stream(b"x", "/Type /XObject /Subtype /Image /Width 2147483647 /Height 2147483647 /BitsPerComponent 8 /ColorSpace /DeviceRGB", True)])
    yield "either", "pdf-picture-bomb.pdf", lambda: pdf_page("/X Do " + SHOW.format(700), "/XObject << /X 5 0 R >>", more=[stream(bytes(n(100_000_000)), "/Type /XObject /Subtype /Image /Width 10000 /Height 10000 /BitsPerComponent 8 /ColorSpace /DeviceGray", True)])
    yield "either", "pdf-picture-often.pdf", lambda: pdf_page("/X Do " * n(20_000) + SHOW.format(700), "/XObject << /X 5 0 R >>", more=[stream(bytes(300), "/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceRGB", True)])
    yield "either", "pdf-picture-mask-loop.pdf", lambda: pdf_page("/X Do " + SHOW.format(700), "/XObject << /X 5 0 R >>", more=[stream(bytes(300), "/Type /XObject /Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /ColorSpace /DeviceRGB /SMask 5 0 R", True)])
    outline = lambda objects: pdf(["<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, *objects])
    yield "either", "pdf-outline-loop.pdf", lambda: outline(["<< /First 7 0 R /Last 7 0 R >>", "<< /Title (a) /Next 7 0 R /First 6 0 R /Dest [3 0 R /Fit] >>"])
    yield "either", "pdf-outline-two.pdf", lambda: outline(["<< /First 7 0 R >>", "<< /Title (a) /Next 8 0 R /First 8 0 R >>", "<< /Title (b) /Next 7 0 R /First 7 0 R >>"])
    yield "either", "pdf-outline-deep.pdf", lambda: outline(["<< /First 7 0 R >>"] + [f"<< /Title (a) /First {8 + i} 0 R >>" for i in range(n(10_000))])
    yield "either", "pdf-outline-long.pdf", lambda: outline(["<< /First 7 0 R >>"] + [f"<< /Title (a) /Next {8 + i} 0 R /Dest [3 0 R /Fit] >>" for i in range(n(10_000))])
    structure = lambda objects: pdf(["<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream("/P << /MCID 0 >> BDC " + SHOW.format(700) + "EMC"), font, *objects])
    yield "either", "pdf-structure-loop.pdf", lambda: structure(["<< /Type /StructTreeRoot /K [7 0 R] >>", "<< /S /P /P 6 0 R /K [7 0 R 7 0 R << /Type /MCR /Pg 3 0 R /MCID 0 >>] >>"])
    yield "either", "pdf-structure-deep.pdf", lambda: structure(["<< /Type /StructTreeRoot /K [7 0 R] >>"] + [f"<< /S /Div /P 6 0 R /K [{8 + i} 0 R 0] /Pg 3 0 R >>" for i in range(n(5_000))])
    yield "either", "pdf-structure-wide.pdf", lambda: structure(["<< /Type /StructTreeRoot /K [" + "7 0 R " * n(50_000) + "] >>", "<< /S /P /P 6 0 R /K 0 /Pg 3 0 R >>"])
    yield "either", "pdf-structure-roles.pdf", lambda: structure(["<< /Type /StructTreeRoot /K [7 0 R] /RoleMap << /A /B /B /A >> >>", "<< /S /A /P 6 0 R /K 0 /Pg 3 0 R >>"])
    yield "either", "pdf-structure-table.pdf", lambda: structure(["<< /Type /StructTreeRoot /K [7 0 R] >>", "<< /S /Table /K [" + "8 0 R " * 500 + "] >>", "<< /S /TR /K [" + "9 0 R " * 100 + "] >>", "<< /S /TD /A << /O /Table /ColSpan 2147483647 /RowSpan 2147483647 >> /K 0 /Pg 3 0 R >>"])
    yield "either", "pdf-links.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page[:-3] + " /Annots [" + "6 0 R " * n(20_000) + "] >>", text, font, "<< /Type /Annot /Subtype /Link /Rect [0 0 600 790] /A << /S /URI /URI (http://a.b) >> >>"])
    yield "either", "pdf-fields-loop.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page[:-3] + " /Annots [6 0 R] >>", text, font, "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Kids [6 0 R] /Parent 6 0 R /Rect [0 0 9 9] >>"])
    yield "either", "pdf-names-loop.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 6 0 R /Dests 6 0 R >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, "<< /Kids [6 0 R 6 0 R] >>"])
    yield "either", "pdf-attachments.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [" + "(a.txt) 6 0 R " * n(3_000) + "] >> >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, "<< /Type /Filespec /F (a.txt) /EF << /F 7 0 R >> >>", stream(b"x" * n(5_000_000), "", True)])
    yield "either", "pdf-itself-attached.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a.pdf) 6 0 R] >> >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, "<< /Type /Filespec /F (a.pdf) /EF << /F 7 0 R >> >>", stream(tree("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"))])
    yield "either", "pdf-length-loop.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream", font])
    yield "either", "pdf-reference-loop.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R >>", "6 0 R", page, text, font, "2 0 R"])
    yield "either", "pdf-prev-loop.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count 1 >>").replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 0")
    yield "either", "pdf-no-table.pdf", lambda: tree("<< /Type /Pages /Kids [3 0 R] /Count 1 >>").split(b"xref")[0]
    yield "either", "pdf-only-objects.pdf", lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * n(200_000)
    yield "either", "pdf-table-size.pdf", lambda: b"%PDF-1.4\nxref\n0 4294967295\n" + b"0000000000 65535 f \n" * n(50_000) + b"trailer << /Size 4294967295 /Root 1 0 R >>\nstartxref\n9\n%%EOF"
    yield "either", "pdf-object-stream-loop.pdf", lambda: object_stream()
    yield "limited", "pdf-map-bomb.pdf", lambda: mapped("1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange <00> <FF> <" + "0041" * n(30_000) + "> endbfrange", n(500))
    yield "either", "pdf-map-ranges.pdf", lambda: mapped("1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n" + "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange\n" * n(200), 10)
    yield "either", "pdf-encrypted-lie.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, "<< /Filter /Standard /V 5 /R 6 /Length 999999 /O (x) /U (x) /P -1 >>"], trailer="/Encrypt 6 0 R")
    yield "either", "pdf-layers.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [" + "6 0 R " * n(20_000) + "] /D << /OFF [6 0 R] >> >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, "<< /Type /OCG /Name (x) >>"])
    yield "either", "pdf-labels.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [" + "0 << /S /R /St 2147483647 >> " * n(20_000) + "] >> >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font])
    yield "either", "pdf-function-loop.pdf", lambda: pdf_page("/P sh " + SHOW.format(700), "/Shading << /P << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 1 1] /Function 5 0 R >> >>", more=["<< /FunctionType 3 /Domain [0 1] /Functions [5 0 R 5 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"])
    yield "either", "pdf-colour-loop.pdf", lambda: pdf_page("/C cs 1 sc " + SHOW.format(700), "/ColorSpace << /C 5 0 R >>", more=["[/Indexed 5 0 R 255 (x)]"])
    yield "either", "pdf-type3-loop.pdf", lambda: pdf_page("BT /T 12 Tf 72 700 Td (aaaa) Tj ET " + SHOW.format(600), "/Font << /F1 4 0 R /T 5 0 R >>", more=["<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> /Resources << /Font << /T 5 0 R >> >> >>", stream("BT /T 1 Tf (aa) Tj ET")])

    picture = lambda data, facts: pdf_page("q 400 0 0 400 99 99 cm /X Do Q " + SHOW.format(700), "/XObject << /X 5 0 R >>", more=[stream(data, "/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray " + facts)])
    # Each codec, its own header saying another size than the dictionary, and nothing behind it.
    yield "either", "pdf-picture-jbig2.pdf", lambda: picture(struct.pack(">IBBIIIIIBH", 0, 0x30, 0, 0, 19, 0x7FFFFFFF, 0x7FFFFFFF, 0, 0, 0, ) + b"\0\0\0\1\x26\0\1\xff\xff\xff\xff", "/Width 30000 /Height 30000 /Filter /JBIG2Decode")
    yield "either", "pdf-picture-jpx.pdf", lambda: picture(b"\xff\x4f\xff\x51" + struct.pack(">HHIIIIIIIIH", 41, 0, 0xFFFFFFF0, 0xFFFFFFF0, 0, 0, 1, 1, 0, 0, 1) + b"\7\1\1\xff\x52" + bytes(99), "/Width 9 /Height 9 /Filter /JPXDecode")
    yield "either", "pdf-picture-jpeg.pdf", lambda: picture(b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\1\1\x11\0\xff\xda\0\x08\1\1\0\0\x3f\0" + bytes(n(1_000_000)), "/Width 65535 /Height 65535 /Filter /DCTDecode")
    yield "either", "pdf-picture-fax.pdf", lambda: picture(b"\0" * n(1_000_000), "/Width 60000 /Height 2147483647 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 2147483647 >>")
    yield "either", "pdf-picture-lzw.pdf", lambda: picture(b"\x80\x0b\x60\x50" * n(200_000), "/Width 9 /Height 9 /Filter /LZWDecode")
    yield "either", "pdf-predictor.pdf", lambda: pdf_page(stream(zlib.compress(b"x" * n(1_000_000)), "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>"))
    yield "limited", "pdf-paths-many.pdf", lambda: pdf_page(stream("0 0 m 9 9 l S\n" * n(1_500_000) + SHOW.format(700), packed=True))
    for kind, key, facts in [("Type1", "FontFile", "/Length1 2147483647 /Length2 -1 /Length3 9"), ("TrueType", "FontFile2", "/Length1 9"), ("Type1", "FontFile3", "/Subtype /Type1C")]:
        for name, data in [("noise", random.Random(7).randbytes(n(300_000))), ("head", {"FontFile": b"%!PS-AdobeFont-1.0: A\n/CharStrings 2147483647 dict dup begin ", "FontFile2": b"\0\1\0\0\xff\xff\0\0\0\0\0\0" + b"glyf" + b"\xff" * 12, "FontFile3": b"\1\0\4\4\xff\xff\4" + b"\xff" * n(70_000)}[key])]:
            yield "either", f"pdf-{key.lower()}-{name}.pdf", lambda kind=kind, key=key, facts=facts, data=data: pdf_page(
                "BT /T 12 Tf 72 700 Td (text) Tj ET " + SHOW.format(600), "/Font << /F1 4 0 R /T 5 0 R >>",
                more=[f"<< /Type /Font /Subtype /{kind} /BaseFont /A /FirstChar 32 /LastChar 126 /FontDescriptor 6 0 R >>", f"<< /Type /FontDescriptor /FontName /A /Flags 4 /{key} 7 0 R >>", stream(data, facts, True)])
    note = "<< /Type /Annot /Subtype /Text /Rect [{} 0 600 790] /T (a) /Contents (" + "note " * 50 + ") /IRT 6 0 R >>"
    noted = lambda kids, objects: pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page[:-3] + f" /Annots [{kids}] >>", stream("".join(SHOW.format(i % 790) for i in range(n(2_000)))), font, *objects])
    yield "either", "pdf-remarks-one-often.pdf", lambda: noted("6 0 R " * n(200_000), [note.format(0)])
    yield "either", "pdf-remarks-many.pdf", lambda: noted("".join(f"{6 + i} 0 R " for i in range(n(20_000))), [note.format(i % 500) for i in range(n(20_000))])
    yield "either", "pdf-object-stream-bomb.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R >>", stream(b"2 0 " * n(20_000_000), "/Type /ObjStm /N 2147483647 /First 2147483647", True)])
    yield "refused", "pdf-encrypted.pdf", lambda: pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, text, font, f"<< /Filter /Standard /V 1 /R 2 /O <{'17' * 32}> /U <{'2b' * 32}> /P -4 >>"], trailer="/Encrypt 6 0 R /ID [(a) (a)]")


def twice(data):
    inner = zlib.compress(zlib.compress(data))
    return f"<< /Length {len(inner)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + inner + b"\nendstream"


def deep_kids(depth):
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    for i in range(depth):
        objects.append(f"<< /Type /Pages /Kids [{3 + i} 0 R] /Count 1 >>")
    return pdf(objects + ["<< /Type /Page /MediaBox [0 0 9 9] >>"])


def object_stream():
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", stream("2 0 << /Type /Pages /Kids [] /Count 0 >>", "/Type /ObjStm /N 1000000000 /First 4 /Extends 2 0 R")])


def mapped(body, count):
    head = "/CIDInit /ProcSet findresource begin begincmap "
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
                stream("BT /F1 12 Tf 72 700 Td (" + "a" * count + ") Tj ET"), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>", stream(head + body + " endcmap", packed=True)])
