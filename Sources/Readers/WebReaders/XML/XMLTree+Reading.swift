// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension XMLTree {
    /// A whole document's tree, names without their prefixes; `what` is what losses and errors call it.
    static func read(_ source: Source, called what: String, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) throws(ReadError) -> XMLTree {
        do throws(XMLError) {
            let tree = try XMLTree(Array(source.bytes), vocabulary: XMLLocalName.vocabulary, limits: XMLLimits(depth: limits.xmlDepth))
            if let fault = tree.fault { diagnostics.report("xml-malformed", "\(what) \(fault)") }
            return tree
        } catch {
            switch error {
            case .malformed(let reason): throw .malformed("\(what) \(reason)")
            case .limit(let reason): throw .limit("\(what) \(reason)")
            case .depth: throw .xmlDepth("elements nested more than \(limits.xmlDepth) deep")
            }
        }
    }
}
