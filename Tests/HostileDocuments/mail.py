# SPDX-License-Identifier: Apache-2.0
"""Messages and mailboxes: parts within parts, headers without end, attachments that are lies."""
import base64

HEAD = "From: a@b.c\nTo: d@e.f\nSubject: s\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nMIME-Version: 1.0\n"


def bombs(scale):
    n = lambda count: int(count * scale)
    yield "either", "eml-deep-parts.eml", lambda: HEAD + "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(n(3_000))) + "\ntext"
    yield "either", "eml-deep-one-boundary.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" * n(3_000) + "\ntext"
    yield "either", "eml-deep-messages.eml", lambda: HEAD + "Content-Type: message/rfc822\n\n" + (HEAD + "Content-Type: message/rfc822\n\n") * n(2_000) + HEAD + "\ntext"
    yield "either", "eml-many-parts.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * n(30_000) + "--b--\n"
    yield "either", "eml-many-attachments.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: text/csv; name=a.csv\nContent-Disposition: attachment; filename=a.csv\n\na,b\n" * n(3_000) + "--b--\n"
    yield "either", "eml-empty-boundary.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=\"\"\n\n" + "--\n\nx\n" * n(30_000)
    yield "either", "eml-dashes-boundary.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=\"" + "-" * 60 + "\"\n\n" + "-" * n(1_000_000)
    yield "either", "eml-prefix-boundaries.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "".join(f"--b{'b' * (i % 60)}\nContent-Type: multipart/mixed; boundary={'b' * (i % 60 + 1)}\n\n" for i in range(n(3_000)))
    yield "either", "eml-encoded-words.eml", lambda: "From: a@b.c\nSubject: " + "=?utf-8?b?w6Q=?= " * n(60_000) + "\n\ntext"
    yield "either", "eml-encoded-words-cut.eml", lambda: "From: a@b.c\nSubject: " + "=?utf-8?q?" * n(60_000) + "\n\ntext"
    yield "either", "eml-parameters.eml", lambda: HEAD + "Content-Type: text/plain" + "".join(f"; n*{i}*=utf-8''%41" for i in range(n(20_000))) + "\n\ntext"
    yield "either", "eml-addresses.eml", lambda: "From: a@b.c\nTo: " + "\"x, y\" <a@b.c>, " * n(40_000) + "\n\ntext"
    yield "either", "eml-address-comments.eml", lambda: "From: " + "(" * n(100_000) + "a@b.c\nSubject: s\n\ntext"
    yield "either", "eml-address-groups.eml", lambda: "From: a@b.c\nTo: " + "g:" * n(50_000) + "a@b.c" + ";" * n(50_000) + "\n\ntext"
    yield "either", "eml-folded.eml", lambda: "From: a@b.c\nSubject: s\n" + " x\n" * n(300_000) + "\ntext"
    yield "either", "eml-many-headers.eml", lambda: "From: a@b.c\n" + "X-A: b\n" * n(150_000) + "\ntext"
    yield "either", "eml-many-dates.eml", lambda: "From: a@b.c\nDate: " + "1 " * n(300_000) + "\n\ntext"
    yield "either", "eml-quoted.eml", lambda: HEAD + "Content-Transfer-Encoding: quoted-printable\n\n" + "=" * n(1_000_000)
    yield "either", "eml-base64-noise.eml", lambda: HEAD + "Content-Transfer-Encoding: base64\n\n" + "=\n" * n(500_000)
    yield "either", "eml-uu.eml", lambda: HEAD + "\nbegin 644 a.txt\n" * n(20_000)
    yield "either", "eml-quotes-deep.eml", lambda: HEAD + "\n" + "\n".join(">" * (i % 500) + " x" for i in range(n(4_000)))
    yield "either", "eml-html-part.eml", lambda: HEAD + "Content-Type: text/html\n\n" + "<div>" * n(100_000) + "x"
    yield "either", "eml-charset.eml", lambda: HEAD + "Content-Type: text/plain; charset=" + "x" * n(300_000) + "\n\ntext"
    yield "either", "eml-charset-utf7.eml", lambda: HEAD + "Content-Type: text/plain; charset=utf-7\n\n" + "+AGE" * n(200_000)
    yield "either", "eml-charset-iso-2022.eml", lambda: HEAD + "Content-Type: text/plain; charset=iso-2022-jp\n\n" + "\x1b$B" * n(200_000)
    yield "either", "eml-zip-in-zip.eml", lambda: attachment("a.zip", zips_within_zips(12))
    yield "either", "eml-wants-outside.eml", lambda: HEAD + "Content-Type: message/external-body; access-type=local-file; name=\"/etc/passwd\"\n\nContent-Type: text/plain\n\n"
    yield "either", "eml-attachment-names.eml", lambda: HEAD + "Content-Type: multipart/mixed; boundary=b\n\n" + "".join(f"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=\"{name}\"\n\nx\n" for name in ["../../etc/passwd", "a/b", "\x1b[2J.txt", ".hidden", "x" * 3_000, "con", "a\x00b", "..", ""]) + "--b--\n"
    yield "either", "eml-tnef.eml", lambda: attachment("winmail.dat", b"\x78\x9f\x3e\x22\x00\x00" + b"\x01\x05\x80\x01\x00\xff\xff\xff\x7f" * 1_000, "application/ms-tnef")
    yield "either", "eml-tnef-attributes.eml", lambda: attachment("winmail.dat", b"\x78\x9f\x3e\x22\x00\x00" + b"\x01\x05\x80\x01\x00\x00\x00\x00\x00\x00\x00" * n(30_000), "application/ms-tnef")
    yield "either", "eml-calendar.eml", lambda: HEAD + "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nSUMMARY:x\n" * n(20_000)
    yield "either", "eml-alternatives.eml", lambda: HEAD + "Content-Type: multipart/alternative; boundary=b\n\n" + "--b\nContent-Type: text/html\n\n<p>x\n" * n(10_000)
    yield "either", "eml-related-loop.eml", lambda: HEAD + "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\nContent-ID: <a>\n\n" + "<img src=cid:a>" * n(20_000) + "x\n--b--\n"
    yield "either", "mbox-many.mbox", lambda: ("From a@b.c Mon Jan  1 00:00:00 2024\n" + HEAD + "\nx\n\n") * n(5_000)
    yield "either", "mbox-only-lines.mbox", lambda: "From a@b.c Mon Jan  1 00:00:00 2024\n" * n(50_000)
    yield "either", "mhtml-deep.mhtml", lambda: HEAD + "Content-Type: multipart/related; boundary=b\n\n" + "--b\nContent-Type: multipart/related; boundary=b\n\n" * n(3_000) + "--b\nContent-Type: text/html\n\n<p>x"
    yield "either", "mhtml-many.mhtml", lambda: HEAD + "Content-Type: multipart/related; type=\"text/html\"; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x</p>" + "<img src='cid:a'>" * n(5_000) + "\n" + "--b\nContent-Type: image/png\nContent-ID: <a>\nContent-Transfer-Encoding: base64\n\nAAAA\n" * n(5_000) + "--b--\n"


def attachment(name, content, kind="application/octet-stream"):
    body = base64.encodebytes(content).decode()
    return HEAD + f"Content-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: {kind}; name={name}\nContent-Disposition: attachment; filename={name}\nContent-Transfer-Encoding: base64\n\n{body}\n--b--\n"


def zips_within_zips(depth):
    from parts import zipped
    content = zipped([("a.txt", "x")])
    for i in range(depth):
        content = zipped([("a.zip", content)])
    return content
