// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// How paragraphs of one level look, as far as a reader of text cares; nil: not said (21.1.2.2.7).
struct PPTXLevelStyle {
    enum Bullet: Equatable {
        case none
        case sign
        case counted(scheme: String, start: Int)
    }

    var bullet: Bullet?
    var bold: Bool?
    var italic: Bool?
    var font: String?

    init() {}

    /// `properties` is a `pPr` or a `lvl1pPr`.
    init(_ properties: XMLElement) {
        for child in properties.children {
            switch child.known {
            case .a_buNone: bullet = PPTXLevelStyle.Bullet.none
            case .a_buChar, .a_buBlip: bullet = .sign
            case .a_buAutoNum:
                let start = child.attribute(.n_startAt).flatMap { Int($0) } ?? 1
                bullet = .counted(scheme: child.attribute(.n_type) ?? "", start: min(max(start, 0), 32_767))
            case .a_defRPr where properties.known != .a_pPr: read(run: child)
            default: continue
            }
        }
    }

    mutating func read(run properties: XMLElement) {
        bold = Self.flag(properties, .n_b) ?? bold
        italic = Self.flag(properties, .n_i) ?? italic
        font = properties.first(.a_latin)?.attribute(.n_typeface) ?? font
    }

    func overlaid(by over: PPTXLevelStyle) -> PPTXLevelStyle {
        var result = self
        result.bullet = over.bullet ?? bullet
        result.bold = over.bold ?? bold
        result.italic = over.italic ?? italic
        result.font = over.font ?? font
        return result
    }

    static func flag(_ element: XMLElement, _ name: OOXMLName) -> Bool? { element.attribute(name).map { $0 == "1" || $0 == "true" } }
}

/// A list style (21.1.2.4.12): nine levels.
struct PPTXListStyle {
    private var levels: [PPTXLevelStyle] = []

    init() {}

    init(_ element: XMLElement) {
        guard !element.isNull else { return }
        for child in element.children {
            let level = child.number - OOXMLName.a_lvl1pPr.rawValue
            guard (0..<9).contains(level) else { continue }
            while levels.count <= level { levels.append(PPTXLevelStyle()) }
            levels[level] = PPTXLevelStyle(child)
        }
    }

    subscript(level: Int) -> PPTXLevelStyle { levels.indices.contains(level) ? levels[level] : PPTXLevelStyle() }

    func overlaid(by over: PPTXListStyle) -> PPTXListStyle {
        if over.levels.isEmpty { return self }
        if levels.isEmpty { return over }
        var result = self
        result.levels = (0..<max(levels.count, over.levels.count)).map { self[$0].overlaid(by: over[$0]) }
        return result
    }
}
