// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Sheets
import XMLTree

/// What the sheets of one workbook share while they are read (18.2).
final class XLSXBook {
    struct Sheet {
        var name: String
        var part: String
        var type: String
        var visibility: SheetStream.Visibility
    }

    let package: OOXMLPackage
    let media: OOXMLMedia
    let objects: EmbeddedObjects
    let labels: LabelLanguage
    let main: String
    var diagnostics: Diagnostics
    private(set) var sheets: [Sheet] = []
    /// How the sheets fared.
    var count = OOXMLPartCount("sheet")
    var strings = XLSXStrings()
    var styles = XLSXStyles()
    var date1904 = false
    /// Comments so far, which number their notes.
    var noteCount = 0
    private(set) lazy var persons = XLSXComments.persons(self)

    init(_ package: OOXMLPackage, _ members: any MemberReading, _ limits: ReadLimits, main: String, _ diagnostics: Diagnostics) {
        self.package = package
        self.main = main
        self.diagnostics = diagnostics
        media = OOXMLMedia(package, limits, members.names)
        objects = EmbeddedObjects(members)
        labels = limits.labels
    }

    /// Reads the workbook part of an xlsx, as far as it is there: sheets are found without it.
    func read() throws(ReadError) {
        var isWhole = false
        do throws(ReadError) {
            if let tree = try package.tree(main, &diagnostics) {
                isWhole = tree.fault == nil
                tree.withRoot { read($0) }
            }
        } catch {
            guard case .malformed = error, !package.numberedParts(Self.sheetStart, ".xml").isEmpty else { throw error }
            diagnostics.report("part-unreadable", "a part could not be read", at: main)
        }
        findSheets(".xml", isListWhole: isWhole)
    }

    private func read(_ root: XMLElement) {
        date1904 = root.firstOrEmpty(.x_workbookPr).attribute(.n_date1904).map { $0 == "1" || $0 == "true" } ?? false
        let links = package.relationships(of: main, &diagnostics)
        for (index, child) in root.firstOrEmpty(.x_sheets).children.filter({ $0.known == .x_sheet }).enumerated() {
            let link = links.isEmpty
                ? OOXMLPackage.Relationship(type: "worksheet", target: Self.sheetStart + "\(index + 1).xml", isExternal: false)
                : child.attribute(.r_id).flatMap { links[$0] }
            add(child.attribute(.n_name) ?? "", state: child.attribute(.n_state), link)
        }
    }

    /// Adds the next sheet by its link.
    func add(_ name: String, state: String?, _ link: OOXMLPackage.Relationship?) {
        guard let link, !link.isExternal, package.has(link.target) else { return count.missing += 1 }
        let visibility: SheetStream.Visibility = state == "hidden" ? .hidden : state == "veryHidden" ? .veryHidden : .visible
        sheets.append(Sheet(name: name, part: link.target, type: link.type, visibility: visibility))
    }

    /// Sheets that a lost or damaged list does not lead to have numbers for names.
    func findSheets(_ ending: String, isListWhole: Bool) {
        guard sheets.isEmpty || !isListWhole else { return }
        let known = Set(sheets.map(\.part))
        let found = package.numberedParts(Self.sheetStart, ending).filter { !known.contains($0) }
        guard !found.isEmpty else { return }
        for part in found {
            let number = part.dropFirst(Self.sheetStart.count).dropLast(ending.count)
            sheets.append(Sheet(name: "Sheet\(number)", part: part, type: "worksheet", visibility: .visible))
        }
        count.missing = max(0, count.missing - found.count)
        diagnostics.report("sheet-list-lost", "the list of sheets is damaged or missing; those not in it come in the order of their parts")
    }

    /// How the names of sheets' parts begin.
    static let sheetStart = "xl/worksheets/sheet"

    func related(_ type: String) -> String? { package.part(type, of: main, &diagnostics) }

    /// Reads the shared strings and the styles; a workbook without them has cells that need none.
    func loadParts() throws(ReadError) {
        let strings = related("sharedStrings") ?? "xl/sharedStrings.xml"
        do throws(ReadError) {
            if let pieces = try OOXMLPieces(strings, in: package, &diagnostics) {
                while let piece = try pieces.next(&diagnostics) { self.strings.read(piece) }
                self.strings.finish()
            }
        } catch {
            switch error {
            case .limit, .xmlDepth: throw error
            default: break
            }
            diagnostics.report("part-unreadable", "a part could not be read", at: strings)
        }
        let styles = related("styles") ?? "xl/styles.xml"
        do throws(ReadError) {
            if let bytes = try package.bytes(styles, &diagnostics) { self.styles = XLSXStyles(bytes) }
        } catch {
            diagnostics.report("part-unreadable", "a part could not be read", at: styles)
        }
    }

    func nextNote() -> NoteID {
        noteCount += 1
        return media.names.claim(note: NoteID("c\(noteCount)"))
    }

    /// - Throws: `malformed` when no sheet could be read and some should be there.
    func reportLeftOut(_ limits: ReadLimits) throws(ReadError) {
        try count.report(of: sheets.count + count.missing, &diagnostics)
        package.reportLost(from: main, &diagnostics)
        if sheets.count > limits.members { diagnostics.report("sheets-left-out", "sheets after the first \(limits.members) were left out", count: sheets.count - limits.members) }
        if related("vbaProject") != nil { diagnostics.report("macros-left-out", "the workbook's macros were left out") }
        if related("externalLink") != nil { diagnostics.report("external-links-left-out", "links to other workbooks were not followed") }
    }
}
