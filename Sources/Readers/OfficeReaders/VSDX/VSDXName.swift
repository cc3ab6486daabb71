// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// The element and attribute names of Visio's parts; elements stand in Visio's own namespace, which has no fixed prefix.
enum VSDXName: Int, CaseIterable, Sendable {
    case Page, Rel, Shapes, Shape, Text, Cell, Connects, Connect
    case n_ID, n_Name, n_N, n_V, n_FromSheet, n_FromCell, n_ToSheet, r_id
    // Geometry, characters, data and formulas: nothing in them is read.
    case Section, Trigger, PageSheet

    static let vocabulary = XMLVocabulary(allCases.map { name in
        let spelling = "\(name)"
        if spelling.hasPrefix("n_") { return String(spelling.dropFirst(2)) }
        return spelling == "r_id" ? "r:id" : "?:" + spelling
    }, opaque: [Section.rawValue, Trigger.rawValue, PageSheet.rawValue])
}

extension XMLElement {
    /// nil for names that are of no use here.
    var visio: VSDXName? { VSDXName(rawValue: number) }
    func value(of name: VSDXName) -> String? { attribute(name.rawValue) }
}
