// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

/// Walks the element tree once, in document order, and sends blocks on as they are complete.
///
/// There is no recursion: the way back is in `steps`, the unfinished parts of the tree are in `frames`, the open inline
/// elements in `marks`. The parts stand in extensions: `+Blocks` decides by role, `+Lists`, `+Tables`, `+Inlines`,
/// `+Embedded` do the work.
final class HTMLWalk {
    /// An element whose children are being visited, and what is to do after the last one.
    struct Step {
        let children: HTMLChildren
        var next = 0
        let leave: Leave
    }

    enum Leave {
        case nothing
        /// The element stood on its own lines.
        case paragraph
        /// The frame on top is complete.
        case frame
        /// These marks are open again.
        case marks([HTMLMark])
        /// What follows is set apart by a space.
        case space
        case quotation
        case keptSpace(Bool)
        case row
    }

    var steps: [Step] = []
    var frames = [HTMLFrame(.document)]
    var marks: [HTMLMark] = []
    var keepsSpace = false
    /// The formula read last, to know its picture by.
    var lastFormula: String?
    var elements = 0
    var diagnostics: Diagnostics
    let page: HTMLPage
    /// What is linked to and was not met yet; and the notes of the page.
    var targets: HTMLTargets
    let noteIDs: [String: NoteID]
    var pendingAnchors: [String] = []
    var pendingPages: [Int?] = []
    /// Elements that are not what the page is about.
    private(set) var dropped: Set<UnsafePointer<GumboNode>> = []
    /// What the page's relative addresses start from.
    private(set) var base: String
    /// What the pages of one document have in common.
    let document: EmbeddedHTML
    private let sink: any DocumentSink

    /// Frames within frames, and inline elements within inline elements: what a writer can follow without running out of
    /// stack. Deeper structure is dropped, its text is not.
    static let deepestFrames = 64
    static let deepestMarks = 16

    init(sink: any DocumentSink, page: HTMLPage, targets: HTMLTargets, document: EmbeddedHTML, diagnostics: Diagnostics) {
        self.sink = sink
        self.page = page
        self.targets = targets
        noteIDs = targets.notes
        // The page itself, linked to from another.
        if let start = targets.anchors[""] { pendingAnchors.append(start) }
        self.document = document
        self.diagnostics = diagnostics
        base = page.base
    }

    var frame: HTMLFrame { frames[frames.count - 1] }

    func walk(_ root: HTMLNode) throws(SinkError) {
        if let address = HTMLMetadata.base(of: root) { base = WebAddress.resolve(address, against: base) }
        for part in content(of: root) { try visit(part) }
        frame.endParagraph()
        placeAnchorsAlone()
        try emit(frames[0].takeBlocks())
    }

    /// All of the page, or the parts of it that it is about.
    private func content(of root: HTMLNode) -> [HTMLNode] {
        guard page.isMainContentOnly else { return [root] }
        guard let content = HTMLMainContent(root) else {
            diagnostics.report("main-content-unclear", "nothing on the page stands out as its content; all of it was kept")
            return [root]
        }
        dropped = content.dropped
        for kind in HTMLClutter.allCases {
            if let count = content.counts[kind] { diagnostics.report("main-content-left-out", "\(kind.name) were left out", count: count) }
        }
        if content.outside > 0 { diagnostics.report("main-content-left-out", "pieces of text around the content were left out", count: content.outside) }
        return content.parts
    }

    private func visit(_ part: HTMLNode) throws(SinkError) {
        enter(part)
        while let top = steps.indices.last {
            if steps[top].next < steps[top].children.count {
                let child = steps[top].children[steps[top].next]
                steps[top].next += 1
                if let child { enter(child) }
            } else {
                leave(steps.removeLast().leave)
            }
            if frames.count == 1, !frames[0].blocks.isEmpty { try emit(frames[0].takeReady()) }
        }
    }

    func descend(_ node: HTMLNode, then leave: Leave) {
        steps.append(Step(children: node.children, leave: leave))
    }

    /// Begins a frame for the children of `node`, or, too deep inside, goes on without.
    func push(_ kind: HTMLFrame.Kind, for node: HTMLNode) -> HTMLFrame? {
        frame.endParagraph()
        guard frames.count < Self.deepestFrames, !frame.holdsOneRun else {
            if !frame.holdsOneRun { diagnostics.report("html-nesting-cut", "elements nested too deeply were flattened") }
            descend(node, then: .paragraph)
            return nil
        }
        let fresh = HTMLFrame(kind)
        frames.append(fresh)
        descend(node, then: .frame)
        return fresh
    }

    private func emit(_ blocks: [Block]) throws(SinkError) {
        for media in document.pictures.takeNew() { try sink.append(media) }
        for block in blocks {
            try sink.append(block)
            blocksSent += 1
            if blocksSent % 256 == 0 { try sink.progress(blocksSent) }
        }
    }

    private(set) var blocksSent = 0
}
