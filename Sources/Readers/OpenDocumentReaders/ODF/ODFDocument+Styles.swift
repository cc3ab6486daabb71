// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension ODFDocument {
    /// The common styles of `styles.xml`, then the content's automatic ones.
    func takeStyles(common: XMLTree?, content: XMLElement) {
        common?.withRoot { root in
            styles.take(root.firstOrEmpty(.office_automaticStyles))
            styles.take(root.firstOrEmpty(.office_styles))
        }
        styles.take(content.firstOrEmpty(.office_automaticStyles))
    }

    /// Headers and footers have automatic styles of their own, with names that the content may use for others.
    func addMargins(_ common: XMLTree?, to metadata: inout Metadata) {
        let used = styles.masterPages
        common?.withRoot { root in
            styles = ODFStyles()
            styles.take(root.firstOrEmpty(.office_styles))
            styles.take(root.firstOrEmpty(.office_automaticStyles))
            ODFMetadata.addMargins(root, self, used: used, to: &metadata)
        }
    }
}
