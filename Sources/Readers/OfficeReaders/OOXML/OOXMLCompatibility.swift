// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// Markup that newer programs add beside what older ones read (ECMA-376 part 3).
enum OOXMLCompatibility {
    /// Of alternatives the first that needs only what is understood here; else the fallback, if it holds anything.
    static func choice(_ element: XMLElement) -> XMLElement {
        for child in element.children where child.known == .mc_Choice {
            let needs = (child.attribute(.n_Requires) ?? "").split(separator: " ")
            if needs.allSatisfy(isUnderstood) { return child }
        }
        if let fallback = element.first(.mc_Fallback), !fallback.isEmpty { return fallback }
        return element.firstOrEmpty(.mc_Choice)
    }

    /// By the prefixes that every program uses for these namespaces.
    private static func isUnderstood(_ prefix: Substring) -> Bool {
        understood.contains(prefix) || prefix.hasPrefix("cx")
    }

    private static let understood: Set<Substring> = [
        "wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "a14", "a16", "c14", "c15", "c16", "dgm", "dsp", "asvg", "sle15", "tsle",
    ]
}

extension XMLElement {
    /// Whether it has no child elements.
    var isEmpty: Bool {
        var inner = children
        return inner.next() == nil
    }
}
