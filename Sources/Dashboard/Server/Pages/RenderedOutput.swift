// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import DashboardScreens
import HTTPTypes
import Hummingbird

/// An output as a page for a frame. Three walls: only markup that we write ourselves, a policy without scripts or requests
/// other than for our style, and a sandbox that makes it a page of nobody.
enum RenderedOutput {
    /// The rest of a longer output is fetched as a file.
    private static let most = 1 << 20
    /// Of all pictures of one page together; those behind are shown by their words.
    private static let mostOfPictures = 4 << 20

    static func answer(_ call: Call) async throws -> Response {
        let output = try await call.output()
        guard output.item.isViewable else { throw Refusal(.conflict, "cannot show \"\(output.item.name)\": only text is shown; fetch it as a file") }
        var view = DocumentView(try output.bytes(upTo: most), name: output.item.name, isRaw: call.query("raw") == "1")
        view.isCut = output.item.bytes > UInt64(most)
        if !view.isRaw, ["md", "html"].contains(OutputType.ending(output.item)) { view.pictures = try await pictures(beside: output.item, call) }
        var response = Answer.html(Screens.document(view))
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
        response.headers[.frameOptions] = "SAMEORIGIN"
        return response
    }

    private static func pictures(beside document: OutputItem, _ call: Call) async throws -> Pictures {
        var pictures = Pictures()
        var left = mostOfPictures
        let job = call.parameter("job")
        guard let folder = document.path.lastIndex(of: "/").map({ document.path[...$0] }) else { return pictures }
        for item in try await call.daemon.job(job).outputs where item.isThere && item.bytes <= UInt64(left) && item.path.hasPrefix(folder) {
            guard let type = OutputType.picture(item) else { continue }
            // One that has gone since is shown by its words.
            guard let bytes = try? await call.daemon.output(item.number, of: job).bytes(upTo: left) else { continue }
            left -= bytes.count
            pictures.add(String(item.path.dropFirst(folder.count)), type, bytes)
        }
        return pictures
    }
}

extension OpenOutput {
    fileprivate func bytes(upTo most: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < most, case let piece = try read(min(256 << 10, most - bytes.count), bytes.count), !piece.isEmpty { bytes += piece }
        return bytes
    }
}
