// SPDX-License-Identifier: Apache-2.0

/// Names of months and days in the language a format names ([MS-LCID], low ten bits); English for all others.
struct CalendarNames {
    private let months: [String]
    private let shortMonths: [String]
    private let days: [String]
    private let shortDays: [String]

    init(_ months: String, _ shortMonths: String, _ days: String, _ shortDays: String) {
        self.months = Self.words(months)
        self.shortMonths = Self.words(shortMonths)
        self.days = Self.words(days)
        self.shortDays = Self.words(shortDays)
    }

    private static func words(_ text: String) -> [String] {
        text.split(separator: " ").map { String(decoding: $0.utf8.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }, as: UTF8.self) }
    }

    /// `mmm`, `mmmm`, or the single letter of `mmmmm`.
    static func month(_ month: Int, _ count: Int, _ language: Int) -> String {
        if let sign = monthSigns[language & 0x3FF] { return "\(month)\(sign)" }
        let names = named(language)
        let full = names.months[month - 1]
        return count == 3 ? names.shortMonths[month - 1] : count == 5 ? String(full.prefix(1)) : full
    }

    /// `ddd` or `dddd`; 0 is Sunday.
    static func weekday(_ weekday: Int, _ count: Int, _ language: Int) -> String {
        let names = named(language)
        return count == 3 ? names.shortDays[weekday] : names.days[weekday]
    }

    private static func named(_ language: Int) -> CalendarNames { languages[language & 0x3FF] ?? furtherLanguages[language & 0x3FF] ?? english }

    private static let english = CalendarNames(
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday", "Sun Mon Tue Wed Thu Fri Sat")

    /// East Asian months are numbers with a sign.
    private static let monthSigns = [0x04: "月", 0x11: "月", 0x12: "월"]

    private static let languages: [Int: CalendarNames] = [
        0x04: CalendarNames("", "", "星期日 星期一 星期二 星期三 星期四 星期五 星期六", "周日 周一 周二 周三 周四 周五 周六"),
        0x11: CalendarNames("", "", "日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日", "日 月 火 水 木 金 土"),
        0x12: CalendarNames("", "", "일요일 월요일 화요일 수요일 목요일 금요일 토요일", "일 월 화 수 목 금 토"),
        0x07: CalendarNames(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
            "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag", "So Mo Di Mi Do Fr Sa"),
        0x0C: CalendarNames(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "dimanche lundi mardi mercredi jeudi vendredi samedi", "dim. lun. mar. mer. jeu. ven. sam."),
        0x0A: CalendarNames(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "ene feb mar abr may jun jul ago sep oct nov dic",
            "domingo lunes martes miércoles jueves viernes sábado", "dom lun mar mié jue vie sáb"),
        0x10: CalendarNames(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", "gen feb mar apr mag giu lug ago set ott nov dic",
            "domenica lunedì martedì mercoledì giovedì venerdì sabato", "dom lun mar mer gio ven sab"),
        0x13: CalendarNames(
            "januari februari maart april mei juni juli augustus september oktober november december", "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag", "zo ma di wo do vr za"),
        0x16: CalendarNames(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro", "jan fev mar abr mai jun jul ago set out nov dez",
            "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado", "dom seg ter qua qui sex sáb"),
        0x1D: CalendarNames(
            "januari februari mars april maj juni juli augusti september oktober november december", "jan feb mar apr maj jun jul aug sep okt nov dec",
            "söndag måndag tisdag onsdag torsdag fredag lördag", "sön mån tis ons tor fre lör"),
        0x06: CalendarNames(
            "januar februar marts april maj juni juli august september oktober november december", "jan feb mar apr maj jun jul aug sep okt nov dec",
            "søndag mandag tirsdag onsdag torsdag fredag lørdag", "sø ma ti on to fr lø"),
        0x15: CalendarNames(
            "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień", "sty lut mar kwi maj cze lip sie wrz paź lis gru",
            "niedziela poniedziałek wtorek środa czwartek piątek sobota", "niedz. pon. wt. śr. czw. pt. sob."),
    ]
}
