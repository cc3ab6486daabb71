// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import FoundationEssentials
import SystemPackage

/// What a sweep's outputs depend on beside the documents, in the words of its command line. Kept with the state, so that a later
/// sweep can say in what it differs.
struct SweepOptions: Codable, Equatable {
    private var values: [String: String]

    init(_ options: RenderOptions) {
        func onOff(_ isOn: Bool) -> String { isOn ? "on" : "off" }
        values = [
            "--format": options.formats.map(\.rawValue).joined(separator: ","), "--front-matter": onOff(options.frontMatter),
            "--page-markers": onOff(options.pageMarkers), "--images": options.images.rawValue, "--tables": options.tables.rawValue,
            "--heading-offset": "\(options.headingOffset)", "--main-content": onOff(options.mainContent), "--wrap": "\(options.wrap)",
            "--labels": options.labels.rawValue, "--chunk-tokens": "\(options.chunkTokens)", "--split": options.split.rawValue,
            "--pages": options.pages.map { "\($0.first)-\($0.last)" } ?? "all", "intray": Version.text,
        ]
    }

    /// `--format json (md before)`, for each that differs.
    func differences(from earlier: SweepOptions) -> [String] {
        values.sorted { $0.key < $1.key }.compactMap { name, value in
            guard let before = earlier.values[name], before != value else { return nil }
            return "\(name) \(value) (\(before) before)"
        }
    }

    /// Of the last sweep that converted something with this state.
    static func kept(in state: FilePath) -> SweepOptions? {
        // Without a record that can be read nothing is known of the earlier options, and nothing is said.
        guard let folder = try? Folder(state), let bytes = try? folder.readIfPresent(file) else { return nil }
        return try? JSONDecoder().decode(SweepOptions.self, from: Data(bytes))
    }

    func keep(in state: FilePath) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try Folder(state).write([UInt8](try encoder.encode(self)), to: Self.file)
    }

    private static let file = FilePath("options.json")
}
