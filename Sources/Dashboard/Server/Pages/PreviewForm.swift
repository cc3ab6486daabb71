// SPDX-License-Identifier: Apache-2.0
import DashboardModel

extension Call {
    /// What the preview's form asks for, by the address alone: it can be kept as a bookmark. nil before anything is asked.
    var previewRequest: SweepRequest? {
        get throws {
            guard let folder = query("folder") else { return nil }
            var sweep = SweepRequest(folder: folder)
            sweep.include = words("include")
            sweep.exclude = words("exclude")
            sweep.extensions = words("extensions")
            sweep.minimumSize = try number("minimum_size", 0...(.max)).map { UInt64($0) }
            sweep.maximumSize = try number("maximum_size", 0...(.max)).map { UInt64($0) }
            let formats = words("formats")
            if !formats.isEmpty { sweep.formats = formats }
            return sweep
        }
    }

    /// A field may come many times, and hold many words with commas between.
    private func words(_ name: String) -> [String] {
        path.query.filter { $0.name == name }.flatMap { $0.value.split(separator: ",") }.map { $0.drop { $0 == " " } }
            .compactMap { word in word.lastIndex { $0 != " " }.map { String(word[...$0]) } }
    }
}
