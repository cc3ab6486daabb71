// SPDX-License-Identifier: Apache-2.0

enum RehearsedTexts {
    static let html = """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rehearsal</title></head><body>
        <h1>Title</h1><p>Text with <b>bold</b>, <i>italic</i>, <code>code</code>, <a href="a.html">a link</a> &amp; an <img src="p.png" alt="image">.</p>
        <ul><li>one<ol><li>two</li></ol></li></ul><blockquote><p>quoted</p></blockquote><pre>as  is</pre>
        <dl><dt>term</dt><dd>meaning</dd></dl>
        <table><caption>Sizes</caption><tr><th colspan="2">Head</th></tr><tr><td>a</td><td>1.5</td></tr></table></body></html>
        """

    static let eml = """
        From: =?UTF-8?Q?J=C3=BCrgen?= <a@example.org>\r\nTo: b@example.org\r\nSubject: =?UTF-8?B?w5xidW5n?=\r\nDate: Fri, 27 Nov 2026 10:00:00 +0100\r
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="edge"\r\n\r\n--edge\r\nContent-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r\n\r\nDear all,\r\nhere it is =E2=80=93 at last.\r\n--edge\r\nContent-Type: text/csv; name="a.csv"\r
        Content-Disposition: attachment; filename="a.csv"\r\nContent-Transfer-Encoding: base64\r\n\r\nYSxiCjEsMgo=\r\n--edge--\r\n
        """

    static let rtf = #"""
        {\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fmodern Courier;}}{\stylesheet{\s1 heading 1;}}
        {\info{\title A title}{\author Somebody}{\creatim\yr2020\mo1\dy2\hr3\min4}}
        {\pard\s1\outlinelevel0 Title\par}{\pard Text with {\b bold}, {\i italic} and \'fcbung \u8211 -.\par}
        \trowd\cellx2000\cellx4000\pard\intbl a\cell 1\cell\row\pard\plain after\par}
        """#
}
