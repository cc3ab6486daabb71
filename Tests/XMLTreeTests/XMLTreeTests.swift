// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import XMLTree

@Suite("The XML tree")
struct XMLTreeTests {
    private let words = XMLVocabulary(["w:p", "w:t", "w:val", "r:id"])
    private let uri = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    private func tree(_ text: String, limits: XMLLimits = XMLLimits()) throws -> XMLTree {
        try XMLTree(Array(text.utf8), vocabulary: words, limits: limits)
    }

    @Test("names have fixed prefixes, whatever the document calls its namespaces")
    func prefixes() throws {
        for space in [uri, "http://purl.oclc.org/ooxml/wordprocessingml/main"] {
            for (open, close) in [("<q:p xmlns:q='\(space)' q:val='1'><q:t/>", "</q:p>"), ("<p xmlns='\(space)' xmlns:z='\(space)' z:val='1'><t/>", "</p>")] {
                let tree = try tree(open + close)
                tree.withRoot { root in
                    #expect(root.number == 0)
                    #expect(root.attribute(2) == "1")
                    #expect(!root.firstOrEmpty(1).isNull)
                }
            }
        }
    }

    @Test("a prefix bound anew within an element means the old namespace after it")
    func rebinding() throws {
        let tree = try tree("<w:p xmlns:w='\(uri)'><w:t xmlns:w='urn:other'><w:t/></w:t><w:t>x</w:t></w:p>")
        #expect(tree.withRoot { $0.children.map(\.number).last } == 1)
        #expect(tree.withRoot { $0.firstOrEmpty(1).text } == "x")
    }

    @Test("references are decoded, CDATA is taken as it stands, unknown entities stay")
    func references() throws {
        let tree = try tree("<a b='&lt;&#x41;&#66;'>&amp;&quot;&#x1F600;<![CDATA[&amp;<]]>&nope; & x</a>")
        #expect(tree.withRoot { $0.text } == "&\"😀&amp;<&nope; & x")
        #expect(tree.withRoot { $0.attributes.first?.value } == "<AB")
    }

    @Test("a document that ends early keeps what came before")
    func cut() throws {
        let tree = try tree("<a><b>one</b><b>tw")
        #expect(tree.withRoot { $0.text } == "onetw")
        #expect(tree.fault != nil)
    }

    @Test("end tags that do not match are stepped over")
    func mismatch() throws {
        let tree = try tree("<a><b><c>x</b></d><e/></a>")
        #expect(tree.withRoot { $0.children.map(\.name) } == ["b", "e"])
        #expect(tree.fault != nil)
    }

    @Test("nesting has a limit")
    func depth() {
        let deep = String(repeating: "<a>", count: 200_000)
        #expect(throws: XMLError.depth("is nested deeper than 256 elements")) { try tree(deep) }
        #expect(throws: XMLError.depth("is nested deeper than 256 elements")) { try tree("<!DOCTYPE a>" + deep) }
    }

    @Test("a billion laughs end in an error")
    func laughs() {
        let text = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><a>&b;</a>"
        #expect(throws: XMLError.malformed("declares entities of its own, which are never expanded")) { try tree(text) }
    }

    @Test("a document's own entities are read where they are short texts, and nowhere else")
    func ownEntities() throws {
        let start = "<?xml version='1.0'?><!-- a --><!DOCTYPE a PUBLIC 'x>' \"y\" [ <!-- ]> --> <!ENTITY ns 'urn:x'> <!ELEMENT a ANY>\n<!ENTITY q '\"quoted\" >'>]>"
        let tree = try tree(start + "<a b='&ns;/&q;'>&q;&ns; &amp; &other;<![CDATA[&ns;]]><!-- &ns; --></a>")
        #expect(tree.withRoot { $0.attributes.first?.value } == "urn:x/\"quoted\" >")
        #expect(tree.withRoot { $0.text } == "\"quoted\" >urn:x & &other;&ns;")
        for declaration in ["<!ENTITY e SYSTEM 'file:///etc/passwd'>", "<!ENTITY % p 'x'>", "<!ENTITY e '<b/>'>", "<!ENTITY x 'y'><!ENTITY e '&x;'>"] {
            #expect(throws: XMLError.malformed("declares entities of its own, which are never expanded")) { try self.tree("<!DOCTYPE a [\(declaration)]><a>&e;</a>") }
        }
    }

    @Test("an entity named again and again cannot make a document much larger than it is")
    func amplification() {
        let value = String(repeating: "x", count: 4_000)
        let text = "<!DOCTYPE a [<!ENTITY e '\(value)'>]><a>" + String(repeating: "&e;", count: 2_000) + "</a>"
        #expect(throws: XMLError.malformed("declares entities of its own, which are never expanded")) { try tree(text) }
    }

    @Test("UTF-16 and Latin-1 documents are read through libxml2")
    func encodings() throws {
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in "<?xml version='1.0' encoding='UTF-16'?><a b='&lt;ü'>ä&amp;</a>".utf16 { wide += [UInt8(unit & 255), UInt8(unit >> 8)] }
        let tree = try XMLTree(wide, vocabulary: words)
        #expect(tree.withRoot { $0.text } == "ä&")
        #expect(tree.withRoot { $0.attributes.first?.value } == "<ü")
        let latin = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE4] + Array("</a>".utf8)
        let second = try XMLTree(latin, vocabulary: words)
        #expect(second.withRoot { $0.text } == "ä")
    }

    @Test("a harmless DOCTYPE reads the same as none")
    func doctype() throws {
        let tree = try tree("<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'><w:p xmlns:w='\(uri)' w:val='2'><w:t>x</w:t></w:p>")
        #expect(tree.withRoot { $0.number } == 0)
        #expect(tree.withRoot { $0.attribute(2) } == "2")
        #expect(tree.withRoot { $0.text } == "x")
    }

    @Test("what an opaque element holds is passed over, unless its end is lost or it seems to begin again")
    func opaque() throws {
        let vocabulary = XMLVocabulary(["o", "b"], opaque: [0])
        func text(_ xml: String) throws -> String { try XMLTree(Array(xml.utf8), vocabulary: vocabulary).withRoot { $0.text } }
        #expect(try text("<a><o x='1'><b>gone</b><oo/></o><b>kept</b></a>") == "kept")
        #expect(try text("<a><o/><b>kept</b></a>") == "kept")
        #expect(try text("<a><o><b>one</b><b>two</b></a>") == "onetwo")
        #expect(try text("<a><o><b>one</b><o><b>two</b></o></a>") == "one")
    }

    @Test("documents that share their spellings keep their namespaces apart")
    func spellings() throws {
        var spellings = XMLSpellings(words)
        func number(_ xml: String) throws -> Int { try XMLTree(Array(xml.utf8), spellings: &spellings).withRoot { $0.number } }
        #expect(try number("<w:p xmlns:w='\(uri)'/>") == 0)
        #expect(try number("<p xmlns='\(uri)'/>") == 0)
        #expect(try number("<p/>") != 0)
        #expect(try number("<w:p xmlns:w='urn:other'/>") != 0)
        #expect(try number("<w:p xmlns:w='\(uri)'/>") == 0)
    }

    @Test("a usual prefix may mean a stranger's namespace, and a default namespace holds where it is declared")
    func strangers() throws {
        let stranger = try tree("<w:p xmlns:w='urn:other' w:val='1'/>")
        #expect(stranger.withRoot { $0.number } != 0)
        #expect(stranger.withRoot { $0.attribute(2) } == nil)
        let inner = try tree("<a><p xmlns='\(uri)'><t/></p><p/><p xmlns='urn:other'><w:t xmlns:w='\(uri)'/><t/></p></a>")
        #expect(inner.withRoot { $0.children.map { $0.number == 0 } } == [true, false, false])
        #expect(inner.withRoot { root in root.children.flatMap { $0.children.map { $0.number == 1 } } } == [true, true, false])
    }

    @Test("an element may have more attributes than most")
    func manyAttributes() throws {
        let tree = try tree("<a " + (0..<100).map { "n\($0)='\($0)' " }.joined() + "><b x='1'/></a>")
        #expect(tree.withRoot { $0.attributes.map(\.value) } == (0..<100).map(String.init))
        #expect(tree.withRoot { $0.children.map { $0.attributes.map(\.value) } } == [["1"]])
    }
}
