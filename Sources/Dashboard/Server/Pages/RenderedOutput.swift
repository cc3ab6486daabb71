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

    static func answer(_ call: Call) async throws -> Response {
        let output = try await call.output()
        guard output.item.isViewable else { throw Refusal(.conflict, "cannot show \"\(output.item.name)\": only text is shown; fetch it as a file") }
        var bytes: [UInt8] = []
        while bytes.count < most, case let piece = try output.read(min(256 << 10, most - bytes.count), bytes.count), !piece.isEmpty { bytes += piece }
        if output.item.bytes > UInt64(most) { bytes += "\n\n[The rest is not shown here: fetch the file.]\n".utf8 }
        var response = Answer.html(Screens.document(bytes, name: output.item.name, isRaw: call.query("raw") == "1"))
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
        response.headers[.frameOptions] = "SAMEORIGIN"
        return response
    }
}
