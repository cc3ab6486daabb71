// SPDX-License-Identifier: Apache-2.0

/// The formats that files name by number alone (18.8.30).
enum BuiltInFormats {
    static func code(_ id: Int) -> String? { codes[id] }

    /// The system's own date, for which ISO 8601 stands here: what it would be on the reader's desk is not in the file.
    private static let date = "yyyy\\-mm\\-dd"

    private static let codes: [Int: String] = {
        var codes = [
            0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
            5: "\"$\"#,##0_);\\(\"$\"#,##0\\)", 6: "\"$\"#,##0_);[Red]\\(\"$\"#,##0\\)",
            7: "\"$\"#,##0.00_);\\(\"$\"#,##0.00\\)", 8: "\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)",
            9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
            14: date, 15: "d\\-mmm\\-yy", 16: "d\\-mmm", 17: "mmm\\-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
            20: "h:mm", 21: "h:mm:ss", 22: date + " hh:mm",
            37: "#,##0_);\\(#,##0\\)", 38: "#,##0_);[Red]\\(#,##0\\)", 39: "#,##0.00_);\\(#,##0.00\\)", 40: "#,##0.00_);[Red]\\(#,##0.00\\)",
            41: "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)", 42: "_($* #,##0_);_($* \\(#,##0\\);_($* \"-\"_);_(@_)",
            43: "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", 44: "_($* #,##0.00_);_($* \\(#,##0.00\\);_($* \"-\"??_);_(@_)",
            45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
            // Numbers of Thai files.
            59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
            75: "h:mm", 76: "h:mm:ss", 77: date + " hh:mm", 78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0",
        ]
        // Dates and times of East Asian and Thai files, which differ by the system's language.
        for id in [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58, 71, 72, 73, 74, 81] { codes[id] = date }
        for id in [32, 34, 55] { codes[id] = "h:mm" }
        for id in [33, 35, 56] { codes[id] = "h:mm:ss" }
        return codes
    }()
}
