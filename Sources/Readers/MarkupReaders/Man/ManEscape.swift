// SPDX-License-Identifier: Apache-2.0

/// One escape sequence of roff (groff(7), *Escape sequences*; characters by groff_char(7)).
struct ManEscape {
    enum Meaning {
        case nothing
        case text(String)
        case font(String)
        case string(String)
        /// The line goes on in the next one without a space.
        case goesOn
    }

    let meaning: Meaning
    /// Behind the sequence.
    let end: Int

    init(_ line: Line, _ at: Int) {
        guard at + 1 < line.endIndex else {
            (meaning, end) = (.nothing, line.endIndex)
            return
        }
        let letter = line[at + 1]
        switch letter {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "C"):
            let (name, end) = letter == UInt8(ascii: "C") ? Self.delimited(line, at + 2) : Self.name(line, at + 1)
            self.end = end
            meaning = .text(ManCharacters.text(name))
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            let (name, end) = Self.name(line, at + 2)
            self.end = end
            meaning = letter == UInt8(ascii: "f") ? .font(name) : .nothing
        case UInt8(ascii: "*"):
            let (name, end) = Self.name(line, at + 2)
            self.end = end
            meaning = .string(name)
        case UInt8(ascii: "n"), UInt8(ascii: "g"), UInt8(ascii: "k"), UInt8(ascii: "m"), UInt8(ascii: "M"), UInt8(ascii: "V"), UInt8(ascii: "Y"):
            end = Self.name(line, at + 2).end
            meaning = .nothing
        case UInt8(ascii: "s"):
            end = Self.size(line, at + 2)
            meaning = .nothing
        case UInt8(ascii: "h"), UInt8(ascii: "v"), UInt8(ascii: "w"), UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "D"), UInt8(ascii: "o"), UInt8(ascii: "b"),
            UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "Z"), UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "H"), UInt8(ascii: "S"), UInt8(ascii: "R"),
            UInt8(ascii: "N"):
            let (name, end) = Self.delimited(line, at + 2)
            self.end = end
            let character = letter == UInt8(ascii: "N") ? UInt32(name).flatMap(Unicode.Scalar.init).map { String(Character($0)) } : nil
            meaning = character.map { Meaning.text($0) } ?? .nothing
        case 0x80...:
            (meaning, end) = (.nothing, at + 1)
        default:
            end = at + 2
            meaning = switch letter {
            case UInt8(ascii: "-"): .text("-")
            case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "\\"): .text("\\")
            case UInt8(ascii: " "), UInt8(ascii: "~"), UInt8(ascii: "0"): .text(" ")
            case UInt8(ascii: "t"): .text("\t")
            case UInt8(ascii: "'"): .text("´")
            case UInt8(ascii: "`"): .text("`")
            case UInt8(ascii: "."): .text(".")
            case UInt8(ascii: "c"): .goesOn
            case UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "^"), UInt8(ascii: "/"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "{"),
                UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "u"), UInt8(ascii: "d"), UInt8(ascii: "r"), UInt8(ascii: "p"), UInt8(ascii: "a"), UInt8(ascii: "z"),
                UInt8(ascii: "!"), UInt8(ascii: "?"): .nothing
            default: .text(String(decoding: line[(at + 1)..<(at + 2)], as: UTF8.self))
            }
        }
    }

    /// `x`, `(xx` or `[xxx]`.
    private static func name(_ line: Line, _ at: Int) -> (name: String, end: Int) {
        guard at < line.endIndex else { return ("", line.endIndex) }
        switch line[at] {
        case UInt8(ascii: "("):
            let end = min(at + 3, line.endIndex)
            return (line[(at + 1)..<end].text, end)
        case UInt8(ascii: "["):
            let rest = line[(at + 1)...]
            let end = rest.firstIndex(of: UInt8(ascii: "]")) ?? line.endIndex
            return (line[(at + 1)..<end].text, min(end + 1, line.endIndex))
        default: return (line[at...at].text, at + 1)
        }
    }

    /// `'xxx'`, by any character.
    private static func delimited(_ line: Line, _ at: Int) -> (name: String, end: Int) {
        guard at < line.endIndex else { return ("", line.endIndex) }
        let rest = line[(at + 1)...]
        let end = rest.firstIndex(of: line[at]) ?? line.endIndex
        return (line[(at + 1)..<end].text, min(end + 1, line.endIndex))
    }

    /// `\s-1`, `\s+2`, `\s10`, `\s(12`, `\s[12]`, `\s'12'`.
    private static func size(_ line: Line, _ at: Int) -> Int {
        var place = at
        if place < line.endIndex, line[place] == UInt8(ascii: "+") || line[place] == UInt8(ascii: "-") { place += 1 }
        guard place < line.endIndex else { return line.endIndex }
        switch line[place] {
        case UInt8(ascii: "("), UInt8(ascii: "["): return name(line, place).end
        case UInt8(ascii: "'"): return delimited(line, place).end
        case UInt8(ascii: "1")...UInt8(ascii: "3") where place == at && place + 1 < line.endIndex && Letters.isDigit(line[place + 1]): return place + 2
        default: return Letters.isDigit(line[place]) ? place + 1 : place
        }
    }
}
