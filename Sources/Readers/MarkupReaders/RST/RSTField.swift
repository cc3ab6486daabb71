// SPDX-License-Identifier: Apache-2.0

/// `:name: value`.
struct RSTField {
    let name: Line
    let value: Line

    init?(_ line: Line) {
        guard line.first == UInt8(ascii: ":"), line.count > 2, line[line.startIndex + 1] != UInt8(ascii: ":"), line[line.startIndex + 1] != 0x20 else { return nil }
        var at = line.startIndex + 1
        while at < line.endIndex {
            if line[at] == UInt8(ascii: "\\") { at += 2; continue }
            if line[at] == UInt8(ascii: ":") {
                if at + 1 == line.endIndex || line[at + 1] == 0x20 { break }
                // A role.
                if line[at + 1] == UInt8(ascii: "`") { return nil }
            }
            at += 1
        }
        guard at < line.endIndex, line[at - 1] != 0x20 else { return nil }
        name = line[(line.startIndex + 1)..<at]
        value = line[(at + 1)...].trimmed
    }
}
