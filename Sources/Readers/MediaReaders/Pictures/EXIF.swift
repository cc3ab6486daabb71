// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// EXIF 2.32: a TIFF directory with what the camera knew.
enum EXIF {
    /// `octets` begin with the TIFF header.
    static func read(_ octets: Octets, _ picture: inout Picture) {
        guard let (isBig, first) = header(octets), let main = TIFFDirectory(octets, at: first, big: isBig) else { return }
        read(main, &picture)
    }

    static func header(_ octets: Octets) -> (isBig: Bool, first: Int)? {
        let isBig = octets.starts(with: "MM")
        guard isBig || octets.starts(with: "II"), octets.u16(2, big: isBig) == 42, let first = octets.u32(4, big: isBig) else { return nil }
        return (isBig, first)
    }

    /// The main directory, and those it points to.
    static func read(_ main: TIFFDirectory, _ picture: inout Picture) {
        let octets = main.octets
        let camera = main.number(0x8769).flatMap { TIFFDirectory(octets, at: $0, big: main.isBig) }
        picture.orientation = main.number(0x0112) ?? picture.orientation
        picture.facts.describe(title: (main.octets(0x9C9B)?.utf16(big: false)) ?? "")
        picture.facts.describe(text: meaningful(main.text(0x010E)))
        let taken = camera?.text(0x9003) ?? ""
        let date = taken.isEmpty ? main.text(0x0132) : taken
        picture.facts.add(.taken, dateText(date, offset: camera?.text(0x9011) ?? ""), as: "created")
        let maker = main.text(0x010F)
        let model = main.text(0x0110)
        picture.facts.add(.camera, model.hasPrefix(maker) || maker.isEmpty ? model : model.isEmpty ? maker : maker + " " + model, as: "camera")
        if let camera { exposure(camera, &picture) }
        if let place = main.number(0x8825).flatMap({ TIFFDirectory(octets, at: $0, big: main.isBig) }) { position(place, &picture) }
        picture.facts.add(.author, main.text(0x013B), as: "author")
        picture.facts.add(.copyright, main.text(0x8298), as: "copyright")
        picture.facts.add(.keywords, main.octets(0x9C9E)?.utf16(big: false).split(separator: ";").joined(separator: ", ") ?? "", as: "keywords")
        picture.facts.add(.software, main.text(0x0131), as: "software")
    }

    /// Cameras fill the description with their own name.
    private static func meaningful(_ text: String) -> String {
        let empty = ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DIGITAL CAMERA", "MINOLTA DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "DCIM"]
        return empty.contains(text) ? "" : text
    }

    /// `2024:05:17 10:20:30` as `2024-05-17 10:20:30`.
    static func dateText(_ text: String, offset: String = "") -> String {
        guard text.utf8.contains(where: { $0 != UInt8(ascii: "0") && Octets.isDigit($0) }) else { return "" }
        let parts = text.split(separator: " ", maxSplits: 1)
        let day = String(parts[0].map { $0 == ":" ? "-" : $0 })
        return ([day] + parts.dropFirst().map(String.init) + (offset.isEmpty ? [] : [offset])).joined(separator: " ")
    }

    private static func exposure(_ camera: TIFFDirectory, _ picture: inout Picture) {
        picture.facts.add(.lens, camera.text(0xA434), as: "lens")
        var parts: [String] = []
        if let time = camera.ratio(0x829A), time > 0 {
            parts.append(time < 0.5 ? "1/\(Figure.decimal(1 / time, places: 0)) s" : "\(Figure.decimal(time, places: 1)) s")
        }
        if let aperture = camera.ratio(0x829D), aperture > 0 { parts.append("f/\(Figure.decimal(aperture, places: 1))") }
        if let length = camera.ratio(0x920A), length > 0 { parts.append("\(Figure.decimal(length, places: 1)) mm") }
        if let speed = camera.number(0x8827), speed > 0 { parts.append("ISO \(speed)") }
        picture.facts.add(.exposure, parts.joined(separator: ", "))
        if let comment = camera.octets(0x9286), comment.count > 8 {
            let text = comment.part(8)
            picture.facts.add(.comment, comment.starts(with: "UNICODE\0") ? text?.utf16(big: camera.isBig) ?? "" : comment.starts(with: "ASCII") ? text?.text ?? "" : "")
        }
    }

    /// Degrees in decimal form, north and east positive.
    private static func position(_ place: TIFFDirectory, _ picture: inout Picture) {
        func degrees(_ tag: Int, _ reference: Int, _ negative: String) -> Double? {
            guard let whole = place.ratio(tag, 0) else { return nil }
            let value = whole + (place.ratio(tag, 1) ?? 0) / 60 + (place.ratio(tag, 2) ?? 0) / 3_600
            return place.text(reference) == negative ? -value : value
        }
        guard let latitude = degrees(2, 1, "S"), let longitude = degrees(4, 3, "W"), abs(latitude) <= 90, abs(longitude) <= 180,
            latitude != 0 || longitude != 0
        else { return }
        picture.facts.add(.place, "\(Figure.decimal(latitude, places: 6)), \(Figure.decimal(longitude, places: 6))", as: "gps")
        if let height = place.ratio(6) {
            picture.facts.add(.altitude, "\(Figure.decimal(place.number(5) == 1 ? -height : height, places: 1)) m")
        }
    }
}

extension Octets {
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
