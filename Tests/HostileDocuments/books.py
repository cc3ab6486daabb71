# SPDX-License-Identifier: Apache-2.0
"""EPUB, OpenDocument: loops, missing parts, many parts, repeated cells."""
from parts import epub, odf, zipped


def bombs(scale):
    n = lambda count: int(count * scale)
    yield "delivered", "epub-spine-repeats.epub", lambda: epub(["<p>x</p>" * 100], spine="<itemref idref='c0'/>" * n(20_000))
    yield "delivered", "epub-many-chapters.epub", lambda: epub(["<p>x</p>"] * n(900))
    yield "either", "epub-too-many-chapters.epub", lambda: epub(["<p>x</p>"] * n(3_000))
    yield "delivered", "epub-deep-chapter.epub", lambda: epub(["<div>" * n(30_000) + "x"])
    yield "delivered", "epub-fallback-loop.epub", lambda: epub(["<p>x</p>"], navigation="<item id='a' href='a.x' media-type='x/x' fallback='b'/><item id='b' href='b.x' media-type='x/x' fallback='a'/>", spine="<itemref idref='a'/><itemref idref='c0'/>")
    yield "delivered", "epub-nav-deep.epub", lambda: epub(["<p>x</p>", "<nav>" + "<ol><li><a href='c0.xhtml'>a</a>" * n(5_000)], navigation="<item id='nav' href='c1.xhtml' properties='nav' media-type='application/xhtml+xml'/>")
    yield "either", "epub-no-spine.epub", lambda: epub(["<p>text</p>"], spine="")
    yield "either", "epub-missing-book.epub", lambda: zipped([("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='no.opf'/></rootfiles></container>"), ("a.xhtml", "<html><body><p>text</p></body></html>")])
    yield "either", "epub-book-is-container.epub", lambda: zipped([("mimetype", "application/epub+zip"), ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='META-INF/container.xml'/></rootfiles></container>")])
    yield "either", "epub-climbs-out.epub", lambda: epub(["<p>x<img src='../../../../etc/passwd'/></p>"], navigation="<item id='z' href='../../../../../etc/passwd' media-type='application/xhtml+xml'/>", spine="<itemref idref='z'/><itemref idref='c0'/>")
    yield "either", "epub-laughs.epub", lambda: epub([("<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)) + "]><html><body><p>&j;</p></body></html>").encode()])
    yield "either", "epub-big-chapter.epub", lambda: epub(["<p>" + "x " * n(10_000_000)])
    yield "either", "epub-space.epub", lambda: epub(["<p>" + " " * n(100_000_000) + "x</p>"])

    column = "<table:table-column table:number-columns-repeated='{}'/>"
    cell = "<table:table-cell table:number-columns-repeated='{}' office:value-type='string'><text:p>x</text:p></table:table-cell>"
    row = "<table:table-row table:number-rows-repeated='{}'>{}</table:table-row>"
    sheet = lambda rows: odf("spreadsheet", f"<table:table table:name='a'>{rows}</table:table>")
    yield "either", "ods-repeated-everywhere.ods", lambda: sheet(row.format(1_048_576, cell.format(16_384)))
    yield "either", "ods-repeated-often.ods", lambda: sheet(row.format(100, cell.format(100)) * n(500))
    yield "either", "ods-repeat-huge.ods", lambda: sheet(row.format("99999999999999999999", cell.format("99999999999999999999")))
    yield "either", "ods-repeat-negative.ods", lambda: sheet(row.format(-5, cell.format(-9)))
    yield "delivered", "ods-far-corner.ods", lambda: sheet(row.format(1_048_575, "<table:table-cell/>") + row.format(1, "<table:table-cell table:number-columns-repeated='16383'/>" + cell.format(1)))
    yield "delivered", "ods-spans.ods", lambda: sheet("".join(row.format(1, "<table:table-cell table:number-columns-spanned='999999' table:number-rows-spanned='999999' office:value-type='string'><text:p>x</text:p></table:table-cell>") for _ in range(n(1_000))))
    yield "delivered", "ods-columns-grouped.ods", lambda: sheet("<table:table-column-group>" * 200 + column.format(9_999_999) + "</table:table-column-group>" * 200 + row.format(1, cell.format(1)))
    yield "either", "ods-many-sheets.ods", lambda: odf("spreadsheet", "<table:table>" + row.format(1, cell.format(1)) + "</table:table>" + ("<table:table>" + row.format(1, cell.format(1)) + "</table:table>") * n(3_000))
    loop = "<style:style style:name='a' style:family='paragraph' style:parent-style-name='b'/><style:style style:name='b' style:family='paragraph' style:parent-style-name='a'/>"
    yield "delivered", "odt-style-loop.odt", lambda: odf("text", "<text:p text:style-name='a'>x</text:p>" * n(10_000), loop)
    chain = lambda: "".join(f"<style:style style:name='s{i}' style:family='paragraph' style:parent-style-name='s{i + 1}'/>" for i in range(n(10_000)))
    yield "delivered", "odt-style-chain.odt", lambda: odf("text", "".join(f"<text:p text:style-name='s{i}'>x</text:p>" for i in range(n(10_000))), chain())
    yield "either", "odt-spaces.odt", lambda: odf("text", "<text:p>x" + "<text:s text:c='999999999'/>" * n(100) + "</text:p>")
    yield "either", "odt-spaces-many.odt", lambda: odf("text", "<text:p>x" + "<text:s text:c='1000'/>" * n(20_000) + "</text:p>")
    yield "either", "odt-deep-lists.odt", lambda: odf("text", "<text:list><text:list-item>" * 120 + "<text:p>x</text:p>" + "</text:list-item></text:list>" * 120)
    yield "either", "odt-deep-spans.odt", lambda: odf("text", "<text:p>" + "<text:span>" * n(50_000) + "x" + "</text:span>" * n(50_000) + "</text:p>")
    yield "either", "odt-table-spans.odt", lambda: odf("text", "<table:table>" + "<table:table-row><table:table-cell table:number-columns-spanned='65535' table:number-rows-spanned='65535'><text:p>x</text:p></table:table-cell></table:table-row>" * n(500) + "</table:table>")
    yield "delivered", "odt-columns-repeated.odt", lambda: odf("text", "<table:table>" + column.format(2_000_000_000) + row.format(1, cell.format(2_000_000_000)) + "</table:table>")
    yield "delivered", "odt-heading-level.odt", lambda: odf("text", "<text:h text:outline-level='99999999999999999999'>x</text:h><text:h text:outline-level='-3'>y</text:h>")
    yield "delivered", "odt-notes.odt", lambda: odf("text", "<text:p>" + "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>" * n(20_000) + "</text:p>")
    yield "either", "odt-notes-nested.odt", lambda: odf("text", "<text:p>" + "<text:note><text:note-body><text:p>n" * 60 + "</text:p></text:note-body></text:note>" * 60 + "</text:p>")
    yield "either", "odt-no-content.odt", lambda: zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("styles.xml", "<a/>")])
    yield "either", "odt-empty-content.odt", lambda: zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")])
    yield "either", "odt-space-bomb.odt", lambda: odf("text", "<text:p>x</text:p>" + " " * n(100_000_000))
    yield "either", "odt-tracked.odt", lambda: odf("text", "<text:tracked-changes>" + "".join(f"<text:changed-region text:id='c{i}'><text:deletion><text:p>d</text:p></text:deletion></text:changed-region>" for i in range(n(10_000))) + "</text:tracked-changes>" + "".join(f"<text:p><text:change text:change-id='c{i}'/>x</text:p>" for i in range(n(10_000))))
    yield "either", "odp-many-slides.odp", lambda: odf("presentation", "<draw:page draw:name='a'><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></draw:page>" * n(5_000))
    yield "either", "odp-groups-deep.odp", lambda: odf("presentation", "<draw:page>" + "<draw:g>" * 240 + "<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>" + "</draw:g>" * 240 + "</draw:page>")
    yield "either", "odp-many-shapes.odp", lambda: odf("presentation", "<draw:page>" + "".join(f"<draw:frame xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0' svg:x='{i * 37 % 100}cm' svg:y='{i * 91 % 100}cm' svg:width='1e300cm' svg:height='-1e300cm'><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>" for i in range(n(5_000))) + "</draw:page>")
