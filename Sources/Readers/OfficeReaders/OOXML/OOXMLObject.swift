// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Embedded objects, told by the program they belong to ([MS-OLEDS] 1.3.5).
enum OOXMLObject {
    /// Takes the object that a link leads to, to be read behind the document; one that is linked or lost is a loss.
    static func take(
        _ link: OOXMLPackage.Relationship?, program: String?, _ package: OOXMLPackage, into objects: EmbeddedObjects, _ diagnostics: inout Diagnostics
    ) {
        let loss = loss(program)
        if link?.isExternal == true { return diagnostics.report("object-linked", "a linked object was not followed; its name and place stand in the text") }
        guard let link, !link.isExternal, package.has(link.target) else { return diagnostics.report("object-embedded", loss) }
        objects.add(OOXMLPackage.lastName(link.target), at: link.target, loss: loss) {
            var faults = Diagnostics()
            // A part that cannot be unpacked is reported as an object that was left out.
            return try? package.bytes(link.target, &faults)
        }
    }

    /// The name of an object that is linked and where it is; nil for one that is embedded.
    static func linked(_ link: OOXMLPackage.Relationship?) -> Inline? {
        link.flatMap { $0.isExternal ? LinkedObject.inline($0.target) : nil }
    }

    /// What to report of an object that is left out.
    private static func loss(_ program: String?) -> String {
        let known = kinds.first { program?.hasPrefix($0.program) ?? false }
        return known.map { "an embedded \($0.kind) was left out" } ?? "an embedded object was left out"
    }

    private static let kinds: [(program: String, kind: String)] = [
        ("Excel", "Excel workbook"), ("Word", "Word document"), ("PowerPoint", "PowerPoint presentation"), ("Visio", "Visio drawing"),
        ("Equation", "equation of the old kind"), ("AcroExch", "PDF document"), ("Acrobat", "PDF document"), ("Package", "file"),
        ("MSGraph", "chart of the old kind"), ("Outlook", "mail message"),
    ]
}
