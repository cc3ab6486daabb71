// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Pipeline
import Testing

@Suite("whom workers become")
struct WorkerAccountTests {
    @Test("root's daemon refuses to start until a user is named, and takes neither root nor nobody it does not know", arguments: [
        (nil, "say whom workers become"), ("", "say whom workers become"), ("no-such-user", "there is no such user"), ("4242424242", "there is no such user"),
        ("root", "that is root"), ("0", "that is root"), ("\u{1B}[31mx", "workers \"[31mx\""),
    ] as [(String?, String)])
    func refused(_ name: String?, _ reason: String) {
        do throws(ProgramError) {
            _ = try WorkerAccount.user(named: name, isRoot: true)
            Issue.record("it was taken")
        } catch {
            #expect(error.exit == .refused)
            #expect(error.description.contains(reason), "\(error)")
        }
    }

    @Test("a user goes by name or number; where root has no part in it, nobody is asked")
    func taken() throws {
        #expect(try WorkerAccount.user(named: "nobody", isRoot: true) == .nobody)
        #expect(try WorkerAccount.user(named: "65534", isRoot: true) == .nobody)
        #expect(try WorkerAccount.user(named: nil, isRoot: false) == .nobody)
    }
}
