// SPDX-License-Identifier: Apache-2.0

/// Characters that have names in LaTeX.
enum TeXCharacters {
    /// A letter with its accent: precomposed where Unicode has it.
    static func accented(_ accent: String, _ letter: String) -> String? {
        guard let mark = combining[accent] else { return nil }
        guard let base = letter.first else { return "" }
        let plain = base == "ı" ? "i" : base == "ȷ" ? "j" : base
        if let known = precomposed[accent]?[plain] { return String(known) + letter.dropFirst() }
        return String(plain) + mark + letter.dropFirst()
    }

    static func isAccent(_ name: String) -> Bool { combining[name] != nil }

    static func symbol(_ name: String) -> String? { symbols[name] }

    private static let combining: [String: String] = [
        "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "\"": "\u{308}", "~": "\u{303}", "=": "\u{304}", ".": "\u{307}", "u": "\u{306}",
        "v": "\u{30C}", "H": "\u{30B}", "r": "\u{30A}", "c": "\u{327}", "k": "\u{328}", "d": "\u{323}", "b": "\u{331}",
    ]

    private static let precomposed: [String: [Character: Character]] = {
        let pairs: [String: String] = [
            "'": "aáeéiíoóuúyýAÁEÉIÍOÓUÚYÝcćCĆnńNŃsśSŚzźZŹlĺLĹrŕRŔgǵ", "`": "aàeèiìoòuùAÀEÈIÌOÒUÙnǹ",
            "^": "aâeêiîoôuûAÂEÊIÎOÔUÛcĉCĈgĝGĜhĥHĤjĵJĴsŝSŜwŵWŴyŷYŶ", "\"": "aäeëiïoöuüyÿAÄEËIÏOÖUÜYŸ", "~": "aãoõnñAÃOÕNÑiĩIĨuũUŨ",
            "=": "aāeēiīoōuūAĀEĒIĪOŌUŪ", ".": "cċCĊeėEĖgġGĠzżZŻIİ", "u": "aăAĂgğGĞeĕiĭoŏuŭUŬ", "v": "cčCČsšSŠzžZŽeěEĚrřRŘnňNŇdďDĎtťTŤlľgǧ",
            "H": "oőOŐuűUŰ", "r": "aåAÅuůUŮ", "c": "cçCÇsşSŞtţTŢgģkķlļnņrŗ", "k": "aąAĄeęEĘiįIĮuųUŲ", "d": "aạeẹiịoọuụsṣtṭhḥdḍ",
        ]
        return pairs.mapValues { text in
            let characters = Array(text)
            return Dictionary(stride(from: 0, to: characters.count - 1, by: 2).map { (characters[$0], characters[$0 + 1]) }, uniquingKeysWith: { first, _ in first })
        }
    }()

    private static let symbols: [String: String] = {
        var table: [String: String] = [:]
        for pair in names.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { table[String(parts[0])] = String(parts[1]) }
        }
        return table
    }()

    private static let names = """
        ss=ß o=ø O=Ø l=ł L=Ł ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ ldots=… dots=… textellipsis=… S=§ P=¶ copyright=© pounds=£ \
        dag=† ddag=‡ textdagger=† textbullet=• textendash=– textemdash=— textquoteleft=‘ textquoteright=’ textquotedblleft=“ textquotedblright=” \
        quotesinglbase=‚ quotedblbase=„ glqq=„ grqq=“ flqq=« frqq=» guillemotleft=« guillemotright=» guillemetleft=« guillemetright=» euro=€ texteuro=€ EUR=€ \
        textregistered=® texttrademark=™ textcopyright=© textdegree=° degree=° textasciitilde=~ textasciicircum=^ textbackslash=\\ textbar=| textless=< \
        textgreater=> textunderscore=_ textdollar=$ textpercent=% textsection=§ textparagraph=¶ textmu=µ texttimes=× textdiv=÷ textpm=± textperiodcentered=· \
        alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ \
        chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω rightarrow=→ to=→ leftarrow=← Rightarrow=⇒ \
        Leftarrow=⇐ leftrightarrow=↔ uparrow=↑ downarrow=↓ times=× div=÷ pm=± cdot=· leq=≤ le=≤ geq=≥ ge=≥ neq=≠ ne=≠ approx=≈ equiv=≡ infty=∞ in=∈ \
        subset=⊂ cup=∪ cap=∩ forall=∀ exists=∃ sum=∑ prod=∏ int=∫ partial=∂ nabla=∇ sqrt=√ emptyset=∅ star=⋆ bullet=• checkmark=✓ hbar=ħ ell=ℓ \
        LaTeX=LaTeX TeX=TeX LaTeXe=LaTeX2ε BibTeX=BibTeX XeTeX=XeTeX pdfTeX=pdfTeX slash=/ lbrace={ rbrace=} textquotesingle=' textquotedbl=\" \
        nobreakdash= textasciigrave=` textasciimacron=¯ textasciidieresis=¨ ccedil=ç eacute=é
        """
}
