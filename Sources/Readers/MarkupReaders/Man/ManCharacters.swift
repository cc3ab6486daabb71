// SPDX-License-Identifier: Apache-2.0

/// Characters by their names in roff: `\(aq`, `\[u2014]`, `\[char169]` (groff_char(7)).
enum ManCharacters {
    /// What a name stands for; the name itself where nothing is known by it.
    static func text(_ name: String) -> String {
        if let known = table[name] { return known }
        if name.hasPrefix("u"), let scalar = UInt32(name.dropFirst().prefix { $0 != "_" }, radix: 16).flatMap(Unicode.Scalar.init), name.utf8.count >= 5 { return String(Character(scalar)) }
        if name.hasPrefix("char"), let scalar = UInt32(name.dropFirst(4)).flatMap(Unicode.Scalar.init) { return String(Character(scalar)) }
        // An accent and its letter: 'e, :u, `a.
        if name.utf8.count == 2, let mark = name.first.flatMap({ accents[$0] }), let letter = name.last { return String(letter) + mark }
        return name
    }

    private static let accents: [Character: String] = ["'": "\u{301}", "`": "\u{300}", "^": "\u{302}", ":": "\u{308}", "~": "\u{303}", ",": "\u{327}", "o": "\u{30A}"]

    private static let table: [String: String] = [
        "aq": "'", "dq": "\"", "lq": "“", "rq": "”", "oq": "‘", "cq": "’", "Bq": "„", "bq": "‚", "Fo": "«", "Fc": "»", "fo": "‹", "fc": "›",
        "ga": "`", "aa": "´", "ha": "^", "ti": "~", "a^": "^", "a~": "~", "ul": "_", "ru": "_", "rn": "‾", "rs": "\\", "sl": "/", "ba": "|", "bb": "¦", "br": "│", "or": "|",
        "hy": "-", "mi": "−", "en": "–", "em": "—", "bu": "•", "ci": "○", "sq": "□", "ct": "¢", "Po": "£", "Ye": "¥", "Eu": "€", "eu": "€", "Do": "$", "Cs": "¤",
        "co": "©", "rg": "®", "tm": "™", "sc": "§", "ps": "¶", "dg": "†", "dd": "‡", "de": "°", "%0": "‰", "fm": "′", "sd": "″", "at": "@", "sh": "#",
        "lB": "[", "rB": "]", "lC": "{", "rC": "}", "la": "⟨", "ra": "⟩", "<-": "←", "->": "→", "<>": "↔", "ua": "↑", "da": "↓", "va": "↕", "rA": "⇒", "lA": "⇐", "hA": "⇔",
        "+-": "±", "mu": "×", "di": "÷", "**": "∗", "pl": "+", "eq": "=", "!=": "≠", "==": "≡", "~=": "≅", "ap": "∼", "~~": "≈", "<=": "≤", ">=": "≥", "if": "∞", "sr": "√",
        "sum": "∑", "product": "∏", "integral": "∫", "is": "∫", "pd": "∂", "gr": "∇", "no": "¬", "AN": "∧", "OR": "∨", "mo": "∈", "nm": "∉", "sb": "⊂", "sp": "⊃", "ib": "⊆", "ip": "⊇",
        "es": "∅", "fa": "∀", "te": "∃", "tf": "∴", "3d": "∴", "12": "½", "14": "¼", "34": "¾", "S1": "¹", "S2": "²", "S3": "³", "r!": "¡", "r?": "¿", "OK": "✓", "lz": "◊",
        "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "/o": "ø", "/O": "Ø", "/l": "ł", "/L": "Ł", "-D": "Ð", "Sd": "ð", "TP": "Þ", "Tp": "þ", "oa": "å", "oA": "Å", ".i": "ı",
        "ff": "ff", "fi": "fi", "fl": "fl", "Fi": "ffi", "Fl": "ffl", "*a": "α", "*b": "β", "*g": "γ", "*d": "δ", "*e": "ε", "*l": "λ", "*m": "μ", "*p": "π", "*s": "σ", "*w": "ω", "*W": "Ω",
        "'A": "Á", "'E": "É", "'I": "Í", "'O": "Ó", "'U": "Ú", "'a": "á", "'e": "é", "'i": "í", "'o": "ó", "'u": "ú", ":A": "Ä", ":O": "Ö", ":U": "Ü", ":a": "ä", ":e": "ë",
        ":i": "ï", ":o": "ö", ":u": "ü", "`a": "à", "`e": "è", "`o": "ò", "`u": "ù", "^a": "â", "^e": "ê", "^i": "î", "^o": "ô", "^u": "û", "~n": "ñ", "~N": "Ñ", ",c": "ç", ",C": "Ç",
    ]
}
