// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FileAccess
import Glibc
import Pipeline
import SystemPackage

/// A word in the place of a command that names none: refused in a line, with the command that was probably meant.
enum UnknownCommand {
    /// nil when the command is there, or none was named.
    static func refusal(of arguments: [String]) -> ProgramError? {
        var command: any ParsableCommand.Type = Intray.self
        var way = "intray"
        for word in arguments {
            let children = command.configuration.subcommands
            guard !children.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            guard let next = children.first(where: { $0._commandName == word }) else { return refusal(of: word, among: children.map { $0._commandName }, way) }
            command = next
            way += " \(word)"
        }
        return nil
    }

    private static func refusal(of word: String, among names: [String], _ way: String) -> ProgramError {
        let path = PathArgument(argument: word).path
        var text = "unknown command \(path.quoted)"
        if let near = nearest(to: word, among: names) {
            text += "; did you mean \"\(near)\"?"
        } else if path.withPlatformString({ access($0, F_OK) }) == 0 {
            text += Folders.isFolder(path) ? ", which is a folder: intray sweep \(path.shellWord) --outbox OUT" : ", which is a file: intray convert \(path.shellWord)"
        }
        return ProgramError(.usage, "\(text)\n\"\(way) --help\" lists the commands")
    }

    /// The name that is a slip or two away; nil when none is.
    static func nearest(to word: String, among names: [String]) -> String? {
        if word.count > 2, let longer = names.first(where: { $0.hasPrefix(word) }) { return longer }
        let near = names.map { (name: $0, slips: slips(Array(word.prefix(32)), Array($0))) }.min { $0.slips < $1.slips }
        return near.flatMap { $0.slips <= max(1, $0.name.count / 3) ? $0.name : nil }
    }

    /// Letters that are missing, surplus, wrong or changed places (the distance of Damerau and Levenshtein, optimal string alignment).
    private static func slips(_ a: [Character], _ b: [Character]) -> Int {
        var before: [Int] = []
        var last = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            for (j, y) in b.enumerated() {
                var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (x == y ? 0 : 1))
                if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { least = min(least, before[j - 1] + 1) }
                row.append(least)
            }
            (before, last) = (last, row)
        }
        return last[b.count]
    }
}
