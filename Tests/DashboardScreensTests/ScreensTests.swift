// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import DashboardScreens
import Testing

@Suite("Screens")
struct ScreensTests {
    @Test("what a refusal says is text, never markup")
    func escapesMessages() {
        let page = Screens.refusal(Refusal(.missing, "cannot find \"<script>alert(1)</script>\""), Frame(csrf: nil, path: "/", version: "1"))
        #expect(!page.contains("<script>alert"))
        #expect(page.contains("&lt;script&gt;"))
    }
}
