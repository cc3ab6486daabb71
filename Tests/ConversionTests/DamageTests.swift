// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentTree
import Testing

@Suite("Damage among losses")
struct DamageTests {
    @Test("what lets a document without text fail as damaged counts as damage; what a format has and an output cannot hold does not")
    func emptied() {
        for code in Diagnostics.damage.sorted() { #expect(Loss(code: code, message: "").isDamage, "\(code)") }
        #expect(!Loss(code: "cells-covered", message: "").isDamage)
    }

    @Test("damage comes first, and else nothing changes places")
    func order() {
        let losses = ["picture-left-out", "zip-checksum", "cells-covered", "page-missing"].map { Loss(code: $0, message: "") }
        #expect(losses.gravestFirst.map(\.code) == ["zip-checksum", "page-missing", "picture-left-out", "cells-covered"])
    }
}
