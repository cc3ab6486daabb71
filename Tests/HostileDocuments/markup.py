# SPDX-License-Identifier: Apache-2.0
"""Entities, attributes, depth and tables in XML, SVG, HTML and OPML."""
from parts import zipped


def bombs(scale):
    n = lambda count: int(count * scale)
    laughs = "<!DOCTYPE a [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{i} '{f'&l{i-1};' * 10}'>" for i in range(1, 11)) + "]>"
    quadratic = "<!DOCTYPE a [<!ENTITY b '" + "b" * n(100_000) + "'>]>"
    outside = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    parameter = "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1/x.dtd'> %p; <!ENTITY % q '%p;%p;%p;'> %q;]>"
    loop = "<!DOCTYPE a [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"
    for name, head, entity in [("laughs", laughs, "&l10;"), ("quadratic", quadratic, "&b;" * n(10_000)), ("outside", outside, "&x;"), ("parameter", parameter, "y"), ("loop", loop, "&a;")]:
        yield "either", f"xml-{name}.xml", lambda h=head, e=entity: f"<?xml version='1.0'?>{h}<a>{e}</a>"
        yield "either", f"svg-{name}.svg", lambda h=head, e=entity: f"<?xml version='1.0'?>{h}<svg xmlns='http://www.w3.org/2000/svg'><text>{e}</text></svg>"
        yield "either", f"xhtml-{name}.xhtml", lambda h=head, e=entity: f"<?xml version='1.0'?>{h}<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{e}</p></body></html>"
        yield "either", f"fb2-{name}.fb2", lambda h=head, e=entity: f"<?xml version='1.0'?>{h}<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><body><section><p>{e}</p></section></body></FictionBook>"
        yield "either", f"rss-{name}.rss", lambda h=head, e=entity: f"<?xml version='1.0'?>{h}<rss version='2.0'><channel><title>{e}</title><item><title>{e}</title></item></channel></rss>"
        yield "either", f"fodt-{name}.fodt", lambda h=head, e=entity: f"<?xml version='1.0'?>{h}<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' office:mimetype='application/vnd.oasis.opendocument.text'><office:body><office:text><text:p>{e}</text:p></office:text></office:body></office:document>"
    many = lambda: "".join(f" a{i}='1'" for i in range(n(100_000)))
    wraps = {"xml": ("<a", "/>"), "svg": ("<svg xmlns='http://www.w3.org/2000/svg'", "><text>x</text></svg>"), "html": ("<html><body><p", ">x</p></body></html>"), "fb2": ("<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'", "><body><p>x</p></body></FictionBook>"),
             "rss": ("<rss version='2.0'", "><channel><item><title>x</title></item></channel></rss>")}
    for kind, (a, b) in wraps.items():
        yield "either", f"markup-attributes.{kind}", lambda a=a, b=b: a + many() + b
        yield "either", f"markup-same-attribute.{kind}", lambda a=a, b=b: a + " a='1'" * n(100_000) + b
        yield "either", f"markup-namespaces.{kind}", lambda a=a, b=b: a + "".join(f" xmlns:n{i}='u{i}'" for i in range(n(30_000))) + b
        yield "either", f"markup-long-attribute.{kind}", lambda a=a, b=b: a + " t='" + "v" * n(3_000_000) + "'" + b
        yield "either", f"markup-long-name.{kind}", lambda a=a, b=b: a + " " + "v" * n(3_000_000) + "='1'" + b
    yield "either", "xml-namespaces-nested.xml", lambda: "".join(f"<a xmlns:n{i}='u{i}'>" for i in range(250)) + "<b/>" * n(20_000) + "</a>" * 250
    yield "either", "xml-comments.xml", lambda: "<a>" + "<!---->" * n(200_000) + "</a>"
    yield "either", "xml-instructions.xml", lambda: "<a>" + "<?b c?>" * n(200_000) + "</a>"
    yield "either", "xml-sections.xml", lambda: "<a>" + "<![CDATA[x]]>" * n(150_000) + "</a>"
    yield "either", "xml-references.xml", lambda: "<a>" + "&#65;" * n(300_000) + "</a>"
    yield "delivered", "xml-wide.xml", lambda: "<a>" + "<b/>" * n(300_000) + "</a>"
    yield "either", "xml-other-names.xml", lambda: "<a>" + "".join(f"<b{i}/>" for i in range(n(150_000))) + "</a>"
    yield "either", "xml-notation.xml", lambda: "<!DOCTYPE a [" + "<!NOTATION n SYSTEM 'x'>" * n(20_000) + "]><a/>"
    yield "either", "xml-attlist.xml", lambda: "<!DOCTYPE a [" + "".join(f"<!ATTLIST a b{i} CDATA 'x'>" for i in range(n(20_000))) + "]><a>" + "<a/>" * 100 + "</a>"
    yield "either", "xml-elements.xml", lambda: "<!DOCTYPE a [<!ELEMENT a " + "(" * n(50_000) + "b" + ")" * n(50_000) + ">]><a/>"
    yield "either", "xml-content-model.xml", lambda: "<!DOCTYPE a [<!ELEMENT a (" + "(a|b)?," * 5_000 + "a)>]><a/>"
    yield "either", "xml-encoding-lie.xml", lambda: "<?xml version='1.0' encoding='UTF-16'?><a>x</a>"
    yield "either", "xml-encoding-utf7.xml", lambda: "<?xml version='1.0' encoding='UTF-7'?><a>+ADw-b+AD4-</a>"
    yield "either", "xml-utf16-cut.xml", lambda: "<a>text</a>".encode("utf-16")[:-1]
    yield "either", "xml-utf32.xml", lambda: "<a>text</a>".encode("utf-32")
    yield "either", "xml-nul.xml", lambda: b"<a>te\0xt</a>"
    yield "either", "xml-only-doctype.xml", lambda: "<!DOCTYPE a>"
    yield "either", "xml-xinclude.xml", lambda: "<a xmlns:xi='http://www.w3.org/2001/XInclude'>" + "<xi:include href='file:///etc/passwd' parse='text'/>" * 100 + "text</a>"

    # Pages.
    yield "delivered", "html-span-grid.html", lambda: "<table>" + "<tr><td colspan=1000 rowspan=65534>x</td></tr>" * n(1_000) + "</table>"
    yield "delivered", "html-rowspans.html", lambda: "<table>" + ("<tr>" + "<td rowspan=9999>x" * 30) * n(1_000) + "</table>"
    yield "delivered", "html-colspan-huge.html", lambda: "<table><tr><td colspan=99999999999>x</td><td rowspan=99999999999>y</td></tr></table>"
    yield "delivered", "html-wide-table.html", lambda: "<table><tr>" + "<td>x" * n(100_000) + "</table>"
    yield "delivered", "html-long-table.html", lambda: "<table>" + "<tr><td>x<td>y" * n(60_000) + "</table>"
    yield "delivered", "html-misnested.html", lambda: "<p>" + "<b><i><a href=x><font>t</b></i>" * n(3_000)
    yield "delivered", "html-formatting-scope.html", lambda: "".join(f"<b id=i{i}>" for i in range(n(2_000))) + "<p>x" * n(2_000)
    yield "delivered", "html-foster.html", lambda: "<table>" + "x<b>y" * n(20_000)
    yield "delivered", "html-tables-in-tables.html", lambda: "<table><tr><td>" * n(3_000) + "x"
    yield "delivered", "html-list-start.html", lambda: "<ol start=99999999999999999999>" + "<li value=-9223372036854775808>x" * n(20_000)
    yield "delivered", "html-references.html", lambda: "<p>" + "&amp;&#x1F600;&notit;&#99999999999;" * n(20_000)
    yield "delivered", "html-data-address.html", lambda: "<img src='data:image/png;base64," + "A" * n(3_000_000) + "'>text"
    yield "delivered", "html-pictures.html", lambda: "<img src=a.png alt=x>" * n(50_000)
    yield "delivered", "html-links.html", lambda: "<a href=#x>y</a> " * n(50_000)
    yield "delivered", "html-anchors.html", lambda: "".join(f"<h2 id=a{i}>t</h2><a href=#a{i}>x</a>" for i in range(n(15_000)))
    yield "delivered", "html-spaces.html", lambda: "<p>a" + " " * n(2_000_000) + "b"
    yield "delivered", "html-pre-spaces.html", lambda: "<pre>a" + " \n" * n(1_000_000) + "b</pre>"
    yield "delivered", "html-styles.html", lambda: "<p style='" + "display:none;" * n(100_000) + "x'>a</p>text"
    yield "delivered", "html-ruby.html", lambda: "<ruby>" + "a<rt>b</rt>" * n(50_000) + "</ruby>"
    yield "delivered", "html-math.html", lambda: "<math>" + "<mrow><msup><mi>x</mi>" * n(300) + "</math>text"
    yield "delivered", "html-math-wide.html", lambda: "<math>" + "<mi>x</mi><mo>+</mo>" * n(20_000) + "</math>"
    yield "delivered", "html-definitions.html", lambda: "<dl>" + "<dt>a<dd>b" * n(40_000)
    yield "delivered", "html-quotes.html", lambda: "<blockquote>x" * n(5_000)
    yield "delivered", "html-backticks.html", lambda: "<code>" + "`" * n(500_000) + "</code>" + "<pre>" + "~" * n(500_000) + "`" * n(200_000) + "</pre>"
    yield "delivered", "html-to-escape.html", lambda: "<p>" + "*_[]()#|\\&lt;" * n(60_000)
    yield "delivered", "html-details.html", lambda: "<details><summary>a</summary>" * n(4_000) + "x"
    yield "delivered", "html-fieldsets.html", lambda: "<form><fieldset><legend>a</legend><input value=x>" * n(4_000)
    yield "delivered", "html-many-titles.html", lambda: "<title>" + "t" * n(1_000_000) + "</title><p>x" + "<meta name=author content=x>" * n(20_000)
    yield "delivered", "html-base-64-svg.html", lambda: "<p>x<svg>" + "<g>" * n(50_000) + "<text>a"
    for kind, tag in [("opml", "<outline text='x'>"), ("svg", "<g>"), ("gpx", "<trk>"), ("kml", "<Folder>"), ("fb2", "<section>")]:
        root = {"opml": "<opml><body>", "svg": "<svg xmlns='http://www.w3.org/2000/svg'>", "gpx": "<gpx>", "kml": "<kml>", "fb2": "<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><body>"}[kind]
        close = f"</{tag[1:].split()[0].strip('>')}>"
        for depth in (240, 300, n(100_000)):
            yield "either", f"markup-deep-{depth}.{kind}", lambda r=root, t=tag, c=close, d=depth: r + t * d + "x" + c * d
    yield "either", "svg-use-loop.svg", lambda: "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><g id='a'><use xlink:href='#b'/><use xlink:href='#b'/></g><g id='b'><use xlink:href='#a'/><use xlink:href='#a'/></g><text>x</text></svg>"
    yield "either", "svg-texts.svg", lambda: "<svg xmlns='http://www.w3.org/2000/svg'>" + "".join(f"<text x='{i * 37 % 1000}' y='{i * 91 % 1000}'>w</text>" for i in range(n(30_000))) + "</svg>"
    yield "either", "svg-transforms.svg", lambda: "<svg xmlns='http://www.w3.org/2000/svg'><text transform='" + "rotate(1) " * n(100_000) + "'>x</text></svg>"
    yield "either", "svgz-bomb.svgz", lambda: __import__("gzip").compress(b"<svg xmlns='http://www.w3.org/2000/svg'><text>" + b" " * n(50_000_000) + b"x</text></svg>", mtime=0)
    yield "either", "fbz-bomb.fbz", lambda: zipped([("a.fb2", b"<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><body><p>" + b" " * n(50_000_000) + b"x</p></body></FictionBook>")])
    yield "either", "fb2-notes-loop.fb2", lambda: "<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0' xmlns:l='http://www.w3.org/1999/xlink'><body><p>x<a l:href='#n1' type='note'>1</a></p></body><body name='notes'><section id='n1'><p>n<a l:href='#n2' type='note'>2</a></p></section><section id='n2'><p>m<a l:href='#n1' type='note'>1</a></p></section></body></FictionBook>"
    yield "either", "fb2-binaries.fb2", lambda: "<FictionBook xmlns='http://www.gribuser.ru/xml/fictionbook/2.0'><body><p>x</p></body>" + "".join(f"<binary id='b{i}' content-type='image/png'>AAAA</binary>" for i in range(n(20_000))) + "</FictionBook>"
