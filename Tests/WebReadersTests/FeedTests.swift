// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("feeds")
struct FeedTests {
    private func blocks(_ xml: String) throws -> [String] { try Outline.read(Array(xml.utf8), XMLReader()).document.blocks.map(Outline.block) }

    @Test("RSS 2.0 with its modules")
    func rss2() throws {
        let feed = """
            <rss version="2.0" xmlns:dc="d" xmlns:content="c" xmlns:atom="a"><channel><title>F &amp;amp; G</title><link>http://x/</link><atom:link rel="self" href="http://x/f"/>
            <description>About</description><image><title>no</title><url>no</url></image><item><title>A &lt;b&gt;bold&lt;/b&gt; title</title><link>http://x/1</link><dc:creator>Ann</dc:creator>
            <pubDate>Mon, 01 Jan 2024</pubDate><category>c</category><category>d</category><enclosure url="http://x/a.mp3"/><description>Short text</description>
            <content:encoded><![CDATA[<h2>Part</h2><p>Long <a href="/p">text</a></p>]]></content:encoded></item>
            <item><description>Only this</description><guid>http://x/2</guid></item></channel></rss>
            """
        #expect(try blocks(feed) == [
            "h1(F & G)", "p(About)", "h2(A bold title)",
            "p(Published: Mon, 01 Jan 2024⏎Author: Ann⏎Categories: c, d⏎Link: a[http://x/1](http://x/1)⏎Enclosure: a[http://x/a.mp3](http://x/a.mp3))",
            "p(Short text)", "h4(Part)", "p(Long a[http://x/p](text))", "h2(http://x/2)", "p(Link: a[http://x/2](http://x/2))", "p(Only this)",
        ])
    }

    @Test("RSS 1.0 and 0.9")
    func rss1() throws {
        let feed = "<?xml version='1.0'?><rdf:RDF xmlns:rdf='r'><channel><title>F</title></channel><item><title>A</title><link>http://x/1</link><dc:date>2001</dc:date></item></rdf:RDF>"
        #expect(try blocks(feed) == ["h1(F)", "h2(A)", "p(Published: 2001⏎Link: a[http://x/1](http://x/1))"])
    }

    @Test("Atom with text, HTML and XHTML")
    func atom() throws {
        let feed = """
            <feed xmlns="http://www.w3.org/2005/Atom"><title type="text">F &lt;1&gt;</title><link rel="self" href="http://x/f"/><link href="http://x/"/><author><name>All</name></author>
            <entry><title type="html">A &amp;amp; B</title><link rel="alternate" href="http://x/1"/><published>2024-01-01</published><updated>2024-01-02</updated>
            <author><name>Ann</name><email>a@x</email></author><category term="t" label="Label"/><summary>The beginning of a text that goes on and on</summary>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The beginning of a text that goes on <em>and on</em><br/>x</p></div></content></entry></feed>
            """
        #expect(try blocks(feed) == [
            "h1(F <1>)", "h2(A & B)", "p(Published: 2024-01-01⏎Updated: 2024-01-02⏎Author: Ann⏎Categories: Label⏎Link: a[http://x/1](http://x/1))",
            "p(The beginning of a text that goes on em(and on)⏎x)",
        ])
    }

    @Test("a feed cut anywhere is still read")
    func cut() throws {
        let feed = Array("<feed><title>F</title><entry><title>A</title><content type='xhtml'><div><p>x</p></div></content><link href='u'/></entry></feed>".utf8)
        for length in 0...feed.count { _ = try Outline.read(Array(feed.prefix(length)), XMLReader()) }
    }
}
