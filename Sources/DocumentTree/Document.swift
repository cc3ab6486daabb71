// SPDX-License-Identifier: Apache-2.0

/// A piece of a document that stands on its own lines.
///
/// Exhaustive on purpose: a new case breaks every writer at compile time, where it must be handled.
package indirect enum Block: Sendable, Hashable {
    /// `level` is 1 for the topmost; readers may give up to 9, writers clamp to what their format has.
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    case list(List)
    case table(Table)
    case code(String, language: String?)
    case quote([Block])
    case definitions([Definition])
    case rule
    /// The `page`-th page begins here, when it is known; `label` is what the document calls it, where that is not its number: `iv`.
    case pageBreak(page: Int?, label: String? = nil)
    /// A picture or other object with its caption.
    case figure([Block], caption: [Inline])
    /// Displayed mathematics as LaTeX, without delimiters.
    case math(String)
    /// Text in a markup language kept as it is; writers of another language show it as code.
    case raw(String, format: String)
}

/// A piece of running text.
package indirect enum Inline: Sendable, Hashable {
    case text(String)
    case lineBreak
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    case underline([Inline])
    case superscript([Inline])
    case `subscript`([Inline])
    case code(String)
    case link(to: String, title: String?, [Inline])
    case image(Image)
    case note(NoteID)
    /// Mathematics within the line, LaTeX without delimiters.
    case math(String)
    /// A place that links point to; `#name`.
    case anchor(String)
}

package struct List: Sendable, Hashable {
    package enum Marker: Sendable, Hashable {
        case bullet
        case ordered(start: Int)
    }

    package var marker: Marker
    package var items: [ListItem]

    package init(_ marker: Marker, items: [ListItem]) {
        self.marker = marker
        self.items = items
    }
}

package struct ListItem: Sendable, Hashable {
    package var blocks: [Block]
    /// A task's box: nil when the item is no task.
    package var checked: Bool?

    package init(_ blocks: [Block], checked: Bool? = nil) {
        self.blocks = blocks
        self.checked = checked
    }
}

package struct Definition: Sendable, Hashable {
    package var term: [Inline]
    package var descriptions: [[Block]]

    package init(term: [Inline], descriptions: [[Block]]) {
        self.term = term
        self.descriptions = descriptions
    }
}

package struct Image: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
        case media(MediaID)
        /// An address the document itself names; nothing is ever fetched.
        case address(String)
    }

    package var source: Source
    package var alternative: String
    package var title: String?

    package init(_ source: Source, alternative: String, title: String? = nil) {
        self.source = source
        self.alternative = alternative
        self.title = title
    }
}
