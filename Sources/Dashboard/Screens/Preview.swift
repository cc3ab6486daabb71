// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// What a sweep of a folder would do, and why not with the rest; and its start.
struct PreviewScreen {
    let preview: SweepPreview
    let frame: Frame

    private var request: SweepRequest { preview.request ?? SweepRequest(folder: preview.folders.first ?? "") }

    var page: String {
        frame.page(.preview, title: "Preview", #"""
            <div class="head"><h1>Preview</h1><p class="lead">Go once through a folder that is no inbox: look first what would be converted, then start it. Originals stay where they are.</p></div>
            \#(preview.folders.isEmpty ? noFolders : "<div class=\"stack\">\(form)\(found)</div>")
            <section class="stack after" id="sweeps" data-live>\#(sweeps)</section>
            """#)
    }

    private var noFolders: Markup {
        Pieces.empty("No folder may be swept from here", "List the folders that may be under dashboard.sweep_folders in the configuration, or start with --sweep-folder DIR. In a terminal any folder can be swept: intray sweep DIR --outbox DIR --dry-run")
    }

    private var form: Markup {
        let formats = [("md", "Markdown"), ("txt", "Text"), ("json", "JSON"), ("html", "HTML")]
        return #"""
            <form class="panel stack" action="/preview" method="get" aria-label="What to sweep"><div class="fields">
            <div class="field wide"><label for="folder">Folder</label><input id="folder" name="folder" list="folders" required value="\#(request.folder)"><datalist id="folders">\#(preview.folders.map { Pieces.option($0, $0, chosen: nil) })</datalist></div>
            <div class="field"><label for="ext">Only these endings</label><input id="ext" name="extensions" placeholder="pdf, docx" value="\#(request.extensions.joined(separator: ", "))"></div>
            <div class="field"><label for="include">Only paths like</label><input id="include" name="include" placeholder="2025/**" value="\#(request.include.joined(separator: ", "))"></div>
            <div class="field"><label for="exclude">But not</label><input id="exclude" name="exclude" placeholder="**/drafts/**" value="\#(request.exclude.joined(separator: ", "))"></div></div>
            <div class="fields"><div class="field"><label for="smallest">At least, bytes</label><input id="smallest" name="minimum_size" inputmode="numeric" pattern="[0-9]*" value="\#(request.minimumSize.map(String.init) ?? "")"></div>
            <div class="field"><label for="largest">At most, bytes</label><input id="largest" name="maximum_size" inputmode="numeric" pattern="[0-9]*" value="\#(request.maximumSize.map(String.init) ?? "")"></div>
            <fieldset><legend>Into</legend>\#(formats.map { name, word in #"<label><input type="checkbox" name="formats" value="\#(name)"\#(if: request.formats.contains(name), " checked")> \#(word)</label>"# })</fieldset>
            <button class="main">Look</button></div></form>
            """#
    }

    private var found: Markup {
        guard preview.request != nil else { return "" }
        let counts = preview.counts
        let all = counts.convert + counts.skip + counts.leave + counts.wait
        guard all > 0 else { return Pieces.empty("Nothing is there to convert", "The folder is empty, or the filter lets nothing through.") }
        let order = Order(label: "Start the sweep", address: "/api/v1/sweeps", body: request.json,
            question: ("Convert \(Quantity.count(counts.convert, "file", "files"))?", "Results go to \(preview.outbox ?? "the outbox"). Originals stay in \(request.folder)."), look: "main")
        return #"""
            <section class="panel" aria-labelledby="found"><header><h2 id="found">\#(Quantity.count(all, "file", "files"))\#(if: preview.isCutShort, " and more")</h2>
            <span>\#(Pieces.state("\(Quantity.count(counts.convert)) to convert", .good)) \#(if: counts.skip > 0, Pieces.state("\(Quantity.count(counts.skip)) skipped", .plain)) \#(if: counts.leave > 0, Pieces.state("\(Quantity.count(counts.leave)) left", .odd)) \#(if: counts.wait > 0, Pieces.state("\(Quantity.count(counts.wait)) not complete", .warn))</span>
            <div class="actions">\#(if: counts.convert > 0, order.button(frame))</div></header>
            \#(if: preview.outbox != nil, #"<p class="quiet">Results would go to <span class="path">\#(preview.outbox ?? "")</span></p>"#)
            <table class="jobs cards files"><thead><tr><th scope="col">What</th><th scope="col">File</th><th scope="col">Why, or into what</th></tr></thead><tbody>\#(preview.files.map(row))</tbody></table>
            \#(if: all > preview.files.count, #"<p class="quiet small">The first \#(Quantity.count(preview.files.count)) are shown.</p>"#)</section>
            """#
    }

    private func row(_ file: PreviewItem) -> Markup {
        let tone: Tone = switch file.action {
        case .convert: .good
        case .skip: .plain
        case .leave: .odd
        case .wait: .warn
        }
        let into = file.outputs.prefix(4).joined(separator: ", ")
        return #"<tr><td>\#(Pieces.state(file.action.rawValue, tone))</td><td class="name path">\#(file.path)</td><td class="why quiet">\#(file.reason ?? "")\#(if: file.reason != nil && !into.isEmpty, ": ")<span class="path">\#(into)</span></td></tr>"#
    }

    private var sweeps: Markup {
        guard !preview.sweeps.isEmpty else { return "" }
        let rows: [Markup] = preview.sweeps.map { sweep in
            #"<tr><td>\#(Pieces.state(sweep.isRunning ? "running" : "ended", sweep.isRunning ? .busy : sweep.failed > 0 ? .warn : .good))</td><td class="name path">\#(sweep.folder)</td><td class="number">\#(Quantity.count(sweep.done)) done</td><td class="number">\#(Quantity.count(sweep.failed)) failed</td><td>\#(sweep.result ?? "since \(Words.moment(sweep.started))")</td></tr>"#
        }
        return #"<div class="panel"><h2>Sweeps</h2><table class="cards"><thead><tr><th scope="col">State</th><th scope="col">Folder</th><th scope="col" class="number">Done</th><th scope="col" class="number">Failed</th><th scope="col">Result</th></tr></thead><tbody>\#(rows)</tbody></table></div>"#
    }
}

extension SweepRequest {
    /// As the API takes it.
    fileprivate var json: String {
        JSONText.object([
            ("folder", .text(folder)), ("include", .texts(include)), ("exclude", .texts(exclude)), ("extensions", .texts(extensions)),
            ("minimum_size", minimumSize.map { .number($0) }), ("maximum_size", maximumSize.map { .number($0) }), ("formats", .texts(formats)),
        ])
    }
}
