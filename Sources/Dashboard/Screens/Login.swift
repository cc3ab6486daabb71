// SPDX-License-Identifier: Apache-2.0
import DashboardModel

/// Where a token is asked for.
struct LoginScreen {
    let isWrong: Bool

    var page: String {
        Frame.document(title: "Sign in · intray", csrf: nil, live: false, #"""
            <main id="main"><section class="panel alone stack"><h1>Sign in to intray</h1>
            \#(if: isWrong, Pieces.notice("That is not the token.", "Copy it whole, without a space before or behind it.", .bad))
            <p class="quiet">Open the address that the daemon said when it started, or take the token from its file: <code>dashboard.token</code> in the state folder.</p>
            \#(Self.form)</section></main>
            """#)
    }

    static let form: Markup = #"""
        <form method="post" action="/session" class="fields login"><input name="user" value="intray" autocomplete="username" hidden><div class="field wide"><label for="token">Token</label><input id="token" name="token" type="password" autocomplete="off" required></div><button class="main">Sign in</button></form>
        """#
}

/// What could not be shown or done.
struct RefusalScreen {
    let refusal: Refusal
    let frame: Frame

    var page: String {
        if refusal.kind == .unauthorized { return LoginScreen(isWrong: refusal.message.contains("that is not")).page }
        let title = switch refusal.kind {
        case .missing: "There is no such page"
        case .forbidden: "Not allowed from here"
        case .unavailable: "Not possible now"
        case .tooLarge: "Too large"
        default: "That does not work"
        }
        let next: Markup = #"<a class="button main" href="/">To the overview</a><a class="button" href="/jobs">To the jobs</a>"#
        return frame.page(nil, title: title, Pieces.empty(title, refusal.message, next, isWholePage: true))
    }
}
