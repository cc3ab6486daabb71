// SPDX-License-Identifier: Apache-2.0

/// Character references and backslash escapes (CommonMark 2.4 and 2.5); of the named references those people write.
enum MarkdownEntities {
    static func decoded(_ text: Line) -> String {
        guard text.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) else { return text.text }
        var out: [UInt8] = []
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "\\"), at + 1 < text.endIndex, Letters.isPunctuation(text[at + 1]) {
                out.append(text[at + 1])
                at += 2
            } else if text[at] == UInt8(ascii: "&"), let reference = reference(text, at) {
                out += reference.characters.utf8
                at = reference.end
            } else {
                out.append(text[at])
                at += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The reference that begins at `at`, and where it ends.
    static func reference(_ text: Line, _ at: Int) -> (characters: String, end: Int)? {
        guard let end = text[at...].prefix(34).firstIndex(of: UInt8(ascii: ";")), end > at + 1 else { return nil }
        let name = text[(at + 1)..<end]
        if name.first == UInt8(ascii: "#") {
            let digits = name.dropFirst()
            let isHexadecimal = digits.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
            // At most seven digits, or six that are hexadecimal (CommonMark 2.5).
            guard digits.count <= 7, digits.dropFirst(isHexadecimal ? 1 : 0).allSatisfy({ Letters.isDigit($0) || Letters.isLetter($0) }), let code = UInt32((isHexadecimal ? digits.dropFirst() : digits).text, radix: isHexadecimal ? 16 : 10) else { return nil }
            let scalar = code == 0 || code < 0x20 && code != 0x09 && code != 0x0A ? nil : Unicode.Scalar(code)
            return (String(Character(scalar ?? "\u{FFFD}")), end + 1)
        }
        return table[name.text].map { ($0, end + 1) }
    }

    private static let table: [String: String] = {
        var table: [String: String] = ["nbsp": "\u{A0}", "shy": "\u{AD}", "ensp": "\u{2002}", "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwj": "\u{200D}", "zwnj": "\u{200C}"]
        for pair in names.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { table[String(parts[0])] = String(parts[1]) }
        }
        return table
    }()

    private static let names = """
        amp=& AMP=& lt=< gt=> quot=" apos=' copy=© reg=® trade=™ hellip=… mdash=— ndash=– lsquo=‘ rsquo=’ ldquo=“ rdquo=” sbquo=‚ bdquo=„ \
        laquo=« raquo=» lsaquo=‹ rsaquo=› bull=• middot=· sect=§ para=¶ dagger=† Dagger=‡ permil=‰ prime=′ Prime=″ euro=€ pound=£ yen=¥ cent=¢ \
        curren=¤ deg=° plusmn=± times=× divide=÷ minus=− frac12=½ frac14=¼ frac34=¾ sup1=¹ sup2=² sup3=³ micro=µ ordf=ª ordm=º not=¬ \
        iexcl=¡ iquest=¿ szlig=ß auml=ä ouml=ö uuml=ü Auml=Ä Ouml=Ö Uuml=Ü euml=ë iuml=ï yuml=ÿ aacute=á eacute=é iacute=í oacute=ó uacute=ú \
        Aacute=Á Eacute=É Iacute=Í Oacute=Ó Uacute=Ú agrave=à egrave=è igrave=ì ograve=ò ugrave=ù Agrave=À Egrave=È acirc=â ecirc=ê icirc=î \
        ocirc=ô ucirc=û Acirc=Â Ecirc=Ê ntilde=ñ Ntilde=Ñ atilde=ã otilde=õ aring=å Aring=Å aelig=æ AElig=Æ oslash=ø Oslash=Ø ccedil=ç Ccedil=Ç \
        eth=ð thorn=þ oelig=œ OElig=Œ scaron=š Scaron=Š larr=← uarr=↑ rarr=→ darr=↓ harr=↔ rArr=⇒ lArr=⇐ hArr=⇔ forall=∀ part=∂ exist=∃ \
        empty=∅ nabla=∇ isin=∈ notin=∉ ni=∋ prod=∏ sum=∑ radic=√ infin=∞ ang=∠ and=∧ or=∨ cap=∩ cup=∪ int=∫ there4=∴ sim=∼ cong=≅ asymp=≈ \
        ne=≠ equiv=≡ le=≤ ge=≥ sub=⊂ sup=⊃ sube=⊆ supe=⊇ oplus=⊕ otimes=⊗ perp=⊥ alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η \
        theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π rho=ρ sigma=σ sigmaf=ς tau=τ upsilon=υ phi=φ chi=χ psi=ψ omega=ω \
        Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω check=✓ cross=✗ star=☆ starf=★ phone=☎ hearts=♥ spades=♠ clubs=♣ \
        diams=♦ lbrace={ rbrace=} lbrack=[ rbrack=] lpar=( rpar=) ast=* num=# dollar=$ percnt=% vert=| bsol=\\ sol=/ colon=: semi=; comma=, period=. \
        excl=! quest=? lowbar=_ grave=` commat=@ plus=+ equals== hyphen=‐ dash=‐ horbar=― Tab=\u{9} NewLine=\u{A}
        """
}
