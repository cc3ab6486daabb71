// SPDX-License-Identifier: Apache-2.0
import NumberFormats
import Testing

@Suite("number formats")
struct NumberFormatTests {
    private func shown(_ value: Double, _ code: String) -> String { NumberFormat(code: code).text(for: value) }

    @Test("General shows a number in full and no digit that the decimal form does not have", arguments: [
        (0.1 + 0.2, "0.3"), (0, "0"), (-0.0, "0"), (5, "5"), (-12.5, "-12.5"), (1.0 / 3, "0.333333333333333"), (1234567.891234, "1234567.891234"),
        (123456789012, "123456789012"), (4006381333931, "4006381333931"), (1e20, "100000000000000000000"), (1.5e300, "1.5E+300"),
        (0.00001234, "0.00001234"), (0.00000001, "1E-08"), (2.675, "2.675"), (1e15, "1000000000000000"), (0.1, "0.1"), (1234567890123451, "1234567890123451"), (1.005, "1.005"),
    ] as [(Double, String)])
    func general(value: Double, text: String) {
        #expect(NumberFormat.general.text(for: value) == text)
    }

    @Test("digits are placed, rounded half up and grouped", arguments: [
        (1234.5, "#,##0.00", "1,234.50"), (1.005, "0.00", "1.01"), (2.5, "0", "3"), (-2.5, "0", "-3"), (0.125, "0.00%", "12.50%"), (0, "#", ""),
        (0.5, "#.##", ".5"), (12, "#.##", "12."), (5, "0,000", "0,005"), (1234567, "#,##0,", "1,235"), (1234567, "0.0,,\" M\"", "1.2 M"),
        (1234567, "#,##0.0,", "1,234.6"), (123456789, "000-00-0000", "123-45-6789"), (5551234567, "(###) ###-####", "(555) 123-4567"),
        (7, "000", "007"), (1.5, "0.0##", "1.5"), (1.2345, "0.0##", "1.235"), (0.999, "0.00", "1.00"), (1234.5, "\"$\"#,##0.00", "$1,234.50"),
        (1234, "[$€-407] #,##0.00", "€ 1,234.00"), (1234, "#,##0 [$CHF]", "1,234 CHF"), (12345, "0.00E+00", "1.23E+04"), (0.00012, "0.0E-00", "1.2E-04"),
        (123456, "##0.0E+0", "123.5E+3"), (999.99, "0.0E+0", "1.0E+3"), (0, "0.00E+00", "0.00E+00"), (15, "0\\x0", "1x5"),
        (1e18, "#,##0", "1,000,000,000,000,000,000"), (0.1 + 0.2, "0.00000000000000000", "0.30000000000000000"),
    ] as [(Double, String, String)])
    func numbers(value: Double, code: String, text: String) {
        #expect(shown(value, code) == text)
    }

    @Test("a section is chosen by sign or condition, and says the sign itself when it is for negative numbers", arguments: [
        (-5, "0;(0)", "(5)"), (5, "0;(0);\"zero\"", "5"), (0, "0;(0);\"zero\"", "zero"), (-5, "0;-0", "-5"), (-5, "0", "-5"), (5, ";;", ""),
        (50, "[<100]\"low \"0;\"high \"0", "low 50"), (500, "[<100]\"low \"0;\"high \"0", "high 500"), (-5, "[<100]0;0.0", "-5"),
        (1, "[=1]\"yes\";[=0]\"no\";\"?\"", "yes"), (0, "[=1]\"yes\";[=0]\"no\";\"?\"", "no"), (3, "[=1]\"yes\";[=0]\"no\";\"?\"", "?"),
        (5551234, "[<=9999999]###-####;(###) ###-####", "555-1234"), (-3, "[Red]0;[Blue]0", "3"), (0, "_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", "-"),
        (-1234, "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", "$(1,234.00)"), (12, "General\" kg\"", "12 kg"), (-12, "General;-General", "-12"),
    ] as [(Double, String, String)])
    func sections(value: Double, code: String, text: String) {
        #expect(shown(value, code) == text)
    }

    @Test("fractions are the nearest with the digits there is room for", arguments: [
        (1.25, "# ?/?", "1 1/4"), (0.25, "# ?/?", "1/4"), (5, "# ?/?", "5"), (0, "# ?/?", "0"), (3.14159265, "# ??/??", "3 14/99"), (1.5, "?/?", "3/2"),
        (0.3, "# ?/8", "2/8"), (2.99, "# ?/?", "3"), (0.7, "# ??/10", "7/10"), (-1.5, "# ?/2", "-1 1/2"), (3.14159265, "# ???/???", "3 16/113"),
        (0.01, "# ??/100", "1/100"),
    ] as [(Double, String, String)])
    func fractions(value: Double, code: String, text: String) {
        #expect(shown(value, code) == text)
    }

    @Test("dates, times and durations", arguments: [
        (45000, "yyyy-mm-dd", "2023-03-15"), (45000.75, "d/m/yy h:mm", "15/3/23 18:00"), (45000.75, "h:mm AM/PM", "6:00 PM"), (0.5, "h:mm", "12:00"),
        (45000, "dddd, mmmm d, yyyy", "Wednesday, March 15, 2023"), (45000, "ddd dd mmm", "Wed 15 Mar"), (1, "yyyy-mm-dd", "1900-01-01"),
        (59, "m/d/yyyy", "2/28/1900"), (60, "m/d/yyyy", "2/29/1900"), (61, "m/d/yyyy", "3/1/1900"), (0, "m/d/yyyy", "1/0/1900"), (1.5, "[h]:mm:ss", "36:00:00"),
        (0.0625, "[mm]:ss", "90:00"), (0.00001, "[s]", "1"), (0.123456, "h:mm:ss.000", "2:57:46.598"), (0.999999, "h:mm", "0:00"), (0.9999, "h:mm", "23:59"),
        (45000, "yyyy\"年\"m\"月\"d\"日\"", "2023年3月15日"), (45000, "[$-411]ggge\"年\"m\"月\"", "令和5年3月"), (45000, "d.m.yyyy", "15.3.2023"), (45000, "[$-407]d. mmmm", "15. März"),
        (45000, "[$-40C]ddd d mmm", "mer. 15 mars"), (45000, "[$-411]mmmaaaa", "3月水曜日"),
        (-0.5, "[h]:mm", "-12:00"), (-1, "yyyy", "-1"), (3e6, "yyyy", "3000000"), (45000.5, "mmm-yy", "Mar-23"), (45000, "mmmmm", "M"), (0.5, "mm:ss", "00:00"),
        (45000.25, "yyyy-mm-dd\\Thh:mm:ss", "2023-03-15T06:00:00"), (45000.25, "[$-F400]h:mm:ss AM/PM", "6:00:00 AM"), (2958465, "yyyy", "9999"),
        (45000.25, "yyyy\\-mm\\-dd\\ h:mm:ss", "2023-03-15 06:00:00"), (45000.25, "d-m-yyyy h:mm", "15-3-2023 6:00"),
    ] as [(Double, String, String)])
    func dates(value: Double, code: String, text: String) {
        #expect(shown(value, code) == text)
    }

    @Test("in the 1904 system day 0 is 1904-01-01")
    func date1904() {
        #expect(NumberFormat(code: "yyyy-mm-dd").text(for: 0, date1904: true) == "1904-01-01")
        #expect(NumberFormat(code: "yyyy-mm-dd").text(for: 43538, date1904: true) == "2023-03-15")
    }

    @Test("built-in formats are known by number", arguments: [
        (14, "2023-03-15"), (22, "2023-03-15 12:00"), (15, "15-Mar-23"), (9, "4500050%"), (0, "45000.5"), (44, "$45,000.50"), (20, "12:00"), (27, "2023-03-15"),
    ])
    func builtIn(id: Int, text: String) {
        #expect(NumberFormat(builtIn: id)?.text(for: 45000.5) == text)
    }

    @Test("a number that is no built-in format has none")
    func unknown() {
        #expect(NumberFormat(builtIn: 164) == nil)
    }

    @Test("text is shown by the section for text")
    func text() {
        #expect(NumberFormat(code: "0;0;0;\"<\"@\">\"").text(for: "a") == "<a>")
        #expect(NumberFormat(code: "0.00").text(for: "NA") == "NA")
        #expect(NumberFormat(code: "@").text(for: "007") == "007")
        #expect(NumberFormat(code: "@").text(for: 7) == "7")
        #expect(NumberFormat(code: "0;0;0;").text(for: "hidden").isEmpty)
    }

    @Test("codes that make no sense are shown as far as they go", arguments: ["", "[", "\"", "\\", "_", "*", "0/", "/", "[$-", "E+", "0E+", "....", ";;;;;;", "[h", "#,", ",", "@@@", "?/99999", "?/???????", "# ?/00000"])
    func nonsense(code: String) {
        let format = NumberFormat(code: code)
        for value in [0, -1, 1.5, 1e300, -1e-300, 999_999_999_999_999.5] { _ = format.text(for: value) }
        _ = format.text(for: "x")
    }
}

@Suite("names of months and days")
struct CalendarNameTests {
    @Test("every language has twelve months and seven days of both lengths")
    func completeness() {
        for language in 1...0x7F {
            for code in ["mmm", "mmmm", "ddd", "dddd"] {
                let format = NumberFormat(code: "[$-\(String(0x400 + language, radix: 16))]\(code)")
                let values = (0..<366).map { format.text(for: 45_292 + Double($0)) }
                #expect(!values.contains(""), "\(language) \(code)")
                if code == "mmmm" { #expect(Set(values).count == 12, "\(language)") }
                if code == "dddd" { #expect(Set(values).count == 7, "\(language)") }
            }
        }
    }

    @Test("a format's language names the month", arguments: [
        ("41E", "1 มีนาคม 2024"), ("419", "1 марта 2024"), ("408", "1 Μαρτίου 2024"), ("403", "1 de març 2024"), ("42A", "1 March 2024"), ("407", "1 März 2024"),
    ])
    func months(_ language: String, _ text: String) {
        #expect(NumberFormat(code: "[$-\(language)]d mmmm yyyy").text(for: 45_352) == text)
    }
}
