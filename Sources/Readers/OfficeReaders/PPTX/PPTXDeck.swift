// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// What the slides of one presentation share while they are read.
final class PPTXDeck {
    let package: OOXMLPackage
    let media: OOXMLMedia
    let objects: EmbeddedObjects
    var diagnostics: Diagnostics
    var fonts = OOXMLFonts()
    let labels: LabelLanguage
    /// The slides' parts in the order of the show (19.2.1.34).
    private(set) var slides: [String] = []
    /// How they fared.
    var count = OOXMLPartCount("slide")
    /// How text outside of placeholders looks (19.2.1.8).
    private(set) var textStyle = PPTXListStyle()
    /// Authors of comments by their id.
    private(set) lazy var authors = PPTXComments.authors(self)
    private let main: String
    private var layouts: [String: PPTXLayout] = [:]
    private var numbers: [String: Int] = [:]
    private var linked: Set<String> = []

    init(_ package: OOXMLPackage, _ members: any MemberReading, _ limits: ReadLimits, main: String, _ tree: XMLTree?, _ diagnostics: Diagnostics) {
        self.package = package
        self.main = main
        self.diagnostics = diagnostics
        labels = limits.labels
        media = OOXMLMedia(package, limits, members.names)
        objects = EmbeddedObjects(members)
        let links = package.relationships(of: main, &self.diagnostics)
        tree?.withRoot { root in
            for child in root.firstOrEmpty(.p_sldIdLst).children where child.known == .p_sldId {
                guard let id = child.attribute(.r_id), let link = links[id], !link.isExternal, package.has(link.target) else {
                    count.missing += 1
                    continue
                }
                if numbers.updateValue(slides.count + 1, forKey: link.target) == nil { slides.append(link.target) }
            }
            textStyle = PPTXListStyle(root.firstOrEmpty(.p_defaultTextStyle))
        }
        findSlides(isListWhole: tree.map { $0.fault == nil } ?? false)
        for slide in slides {
            for link in package.relationships(of: slide, &self.diagnostics).values where link.type == "slide" && !link.isExternal { linked.insert(link.target) }
        }
    }

    /// Slides that a lost or damaged list does not lead to come by their numbers.
    private func findSlides(isListWhole: Bool) {
        guard slides.isEmpty || !isListWhole else { return }
        let found = package.numberedParts(Self.slideStart, ".xml").filter { numbers[$0] == nil }
        guard !found.isEmpty else { return }
        for part in found {
            slides.append(part)
            numbers[part] = slides.count
        }
        count.missing = max(0, count.missing - found.count)
        diagnostics.report("slide-order-lost", "the list of slides is damaged or missing; those not in it come in the order of their names")
    }

    /// How the names of slides' parts begin.
    static let slideStart = "ppt/slides/slide"

    func related(_ type: String) -> String? { package.part(type, of: main, &diagnostics) }

    func layout(of slide: String) -> PPTXLayout {
        guard let part = package.part("slideLayout", of: slide, &diagnostics) else { return PPTXLayout.none }
        if let known = layouts[part] { return known }
        let layout = PPTXLayout(self, part)
        layouts[part] = layout
        return layout
    }

    /// The name of the place where a slide begins.
    func anchor(_ slide: String) -> String? { numbers[slide].map { "slide-\($0)" } }

    /// Whether some slide links to this one.
    func isLinked(_ slide: String) -> Bool { linked.contains(slide) }

    /// - Throws: `malformed` when no slide could be read and some should be there.
    func reportLeftOut() throws(ReadError) {
        try count.report(of: slides.count + count.missing, &diagnostics)
        if related("vbaProject") != nil { diagnostics.report("macros-left-out", "the presentation's macros were left out") }
    }
}
