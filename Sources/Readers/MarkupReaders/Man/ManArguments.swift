// SPDX-License-Identifier: Apache-2.0

/// The arguments of a macro: held apart by spaces, with spaces in them within quotes, where two quotes are one.
enum ManArguments {
    static func split(_ line: Line) -> [Line] {
        var out: [Line] = []
        var at = line.startIndex
        while at < line.endIndex, out.count < 1_000 {
            if line[at] == 0x20 || line[at] == 0x09 {
                at += 1
                continue
            }
            var value: [UInt8] = []
            if line[at] == UInt8(ascii: "\"") {
                at += 1
                while at < line.endIndex {
                    if line[at] == UInt8(ascii: "\"") {
                        at += 1
                        guard at < line.endIndex, line[at] == UInt8(ascii: "\"") else { break }
                    }
                    value.append(line[at])
                    at += 1
                }
            } else {
                while at < line.endIndex, line[at] != 0x20, line[at] != 0x09 {
                    // An escaped space is part of the argument.
                    if line[at] == UInt8(ascii: "\\"), at + 1 < line.endIndex {
                        value.append(line[at])
                        at += 1
                    }
                    value.append(line[at])
                    at += 1
                }
            }
            out.append(value[...])
        }
        return out
    }
}
