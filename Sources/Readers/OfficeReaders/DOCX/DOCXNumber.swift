// SPDX-License-Identifier: Apache-2.0

/// Numbers as lists print them (17.18.59).
enum DOCXNumber {
    static func text(_ number: Int, _ format: String) -> String {
        switch format {
        case "lowerLetter": letters(number).lowercased()
        case "upperLetter": letters(number)
        case "lowerRoman": roman(number).lowercased()
        case "upperRoman": roman(number)
        case "decimalZero": number < 10 && number >= 0 ? "0\(number)" : "\(number)"
        case "ordinal": ordinal(number)
        case "russianLower": alphabet(number, "абвгдежзиклмнопрстуфхцчшщыэюя")
        case "russianUpper": alphabet(number, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ")
        case "hebrew2": alphabet(number, "אבגדהוזחטיכלמנסעפצקרשת")
        case "arabicAlpha": alphabet(number, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي")
        case "aiueoFullWidth", "aiueo": alphabet(number, "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン")
        case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital",
            "japaneseDigitalTenThousand": chinese(number)
        default: "\(number)"
        }
    }

    private static func letters(_ number: Int) -> String {
        guard number > 0, number <= 26 * 20 else { return "\(number)" }
        return String(repeating: Character(Unicode.Scalar(UInt8(65 + (number - 1) % 26))), count: (number - 1) / 26 + 1)
    }

    private static func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (_, 11...13): "\(number)th"
        case (1, _): "\(number)st"
        case (2, _): "\(number)nd"
        case (3, _): "\(number)rd"
        default: "\(number)th"
        }
    }

    private static func alphabet(_ number: Int, _ letters: String) -> String {
        guard number > 0, number <= letters.count else { return "\(number)" }
        return String(letters[letters.index(letters.startIndex, offsetBy: number - 1)])
    }

    /// 二十三: counting numbers below ten thousand.
    private static func chinese(_ number: Int) -> String {
        guard number > 0, number < 10_000 else { return "\(number)" }
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        var out = "", rest = number, isGap = false
        for (value, unit) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = rest / value
            rest %= value
            if digit == 0 {
                isGap = !out.isEmpty
                continue
            }
            if isGap { out += digits[0] }
            isGap = false
            out += (digit == 1 && value == 10 && out.isEmpty ? "" : digits[digit]) + unit
        }
        return out
    }

    private static func roman(_ number: Int) -> String {
        guard number > 0, number < 4_000 else { return "\(number)" }
        var rest = number, out = ""
        for (value, digits) in [(1_000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while rest >= value {
                out += digits
                rest -= value
            }
        }
        return out
    }
}
