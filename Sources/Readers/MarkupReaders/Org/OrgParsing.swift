// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Everything that one text's blocks share.
final class OrgParsing {
    let limits: ReadLimits
    var diagnostics: Diagnostics
    var metadata = Metadata()
    var notes: [Note] = []
    var todo: Set<String> = ["TODO", "DONE", "NEXT", "WAITING", "CANCELLED", "CANCELED"]
    var abbreviations: [String: String] = [:]
    var inlineNotes = 0

    init(limits: ReadLimits, diagnostics: Diagnostics) {
        self.limits = limits
        self.diagnostics = diagnostics
    }
}
