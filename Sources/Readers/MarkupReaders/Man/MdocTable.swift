// SPDX-License-Identifier: Apache-2.0

/// The macros of mdoc(7) that stand within lines, by what they do to the words behind them.
enum MdocMacro {
    case font(ManRun.Font, prefix: String, alone: String)
    /// What it puts around the rest of the line.
    case enclosure(String, String)
    case open(String), close(String)
    /// A name that needs no words.
    case word(String)
    case noSpace, apostrophe, subject, page, function, include, link, mail, ignored

    static let byName: [String: MdocMacro] = {
        var table: [String: MdocMacro] = [
            "Fl": .font(.bold, prefix: "-", alone: "-"), "Ar": .font(.italic, prefix: "", alone: "file ..."), "Pa": .font(.italic, prefix: "", alone: "~"),
            "Cm": .font(.bold, prefix: "", alone: ""), "Ic": .font(.bold, prefix: "", alone: ""), "Sy": .font(.bold, prefix: "", alone: ""), "Em": .font(.italic, prefix: "", alone: ""),
            "Fa": .font(.italic, prefix: "", alone: ""), "Va": .font(.italic, prefix: "", alone: ""), "Vt": .font(.italic, prefix: "", alone: ""), "Ft": .font(.italic, prefix: "", alone: ""),
            "Ad": .font(.italic, prefix: "", alone: ""), "Cd": .font(.bold, prefix: "", alone: ""), "Fd": .font(.bold, prefix: "", alone: ""), "Ms": .font(.bold, prefix: "", alone: ""),
            "Li": .font(.code, prefix: "", alone: ""), "Op": .enclosure("[", "]"), "Dq": .enclosure("“", "”"), "Sq": .enclosure("‘", "’"), "Qq": .enclosure("\"", "\""),
            "Pq": .enclosure("(", ")"), "Bq": .enclosure("[", "]"), "Brq": .enclosure("{", "}"), "Aq": .enclosure("<", ">"), "Ql": .enclosure("‘", "’"), "D1": .ignored,
            "Oo": .open("["), "Oc": .close("]"), "Po": .open("("), "Pc": .close(")"), "Bo": .open("["), "Bc": .close("]"), "Bro": .open("{"), "Brc": .close("}"), "Do": .open("“"),
            "Dc": .close("”"), "So": .open("‘"), "Sc": .close("’"), "Qo": .open("\""), "Qc": .close("\""), "Ao": .open("<"), "Ac": .close(">"), "Xo": .ignored, "Xc": .ignored,
            "Ns": .noSpace, "Ap": .apostrophe, "Nm": .subject, "Xr": .page, "Fn": .function, "In": .include, "Lk": .link, "Mt": .mail, "Ux": .word("UNIX"), "Dx": .word("DragonFly"),
            "Nx": .word("NetBSD"), "Ox": .word("OpenBSD"), "Fx": .word("FreeBSD"), "Bx": .word("BSD"), "Bsx": .word("BSD/OS"), "At": .word("AT&T UNIX"),
        ]
        for name in ["No", "Ev", "Er", "Dv", "Tn", "St", "An", "Lb", "Db", "Pf", "Ta", "Sx", "Bk", "Ek", "Ud", "Bt"] { table[name] = .font(.roman, prefix: "", alone: "") }
        return table
    }()

    /// Marks that stand right behind the word before them.
    static let closing: Set<String> = [".", ",", ":", ";", ")", "]", "?", "!"]
    static let opening: Set<String> = ["(", "["]
}
