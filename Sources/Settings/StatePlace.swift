// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// Where a configuration file has its daemon keep its state. That much is read in spite of mistakes elsewhere in the file, so
/// that a daemon can be asked and ended whose file somebody has broken meanwhile.
package struct StatePlace: Sendable {
    package let state: FilePath
    package let controlSocket: FilePath
    /// What is wrong with the file; nil when nothing is.
    package let faults: ConfigurationFaults?

    /// - Throws: the file's faults, when it cannot be read so far.
    package init(of file: FilePath) throws(ConfigurationFaults) {
        let faults: ConfigurationFaults
        do {
            let configuration = try Configuration.load(file)
            (state, controlSocket, self.faults) = (configuration.state, configuration.controlSocketPath, nil)
            return
        } catch { faults = error }
        guard let bytes = try? Configuration.bytes(of: file), let draft = Self.draft(file, bytes), let state = draft.statePlace else { throw faults }
        self.state = state
        controlSocket = draft.controlSocket ?? state.appending("control.sock")
        self.faults = faults
    }

    /// What can be read: where the text is no YAML any more, what stands before.
    private static func draft(_ file: FilePath, _ bytes: [UInt8]) -> ConfigurationDraft? {
        var bytes = bytes
        for _ in 0..<mostCuts {
            do {
                let text = try YAMLText(bytes, file: file)
                guard let root = text.root else { return nil }
                var walk = Walk(base: file.removingLastComponent(), duplicates: text.duplicates)
                var draft = ConfigurationDraft()
                ConfigurationKeys.all.read(Place(node: root, path: ""), into: &draft, &walk)
                return draft
            } catch {
                let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
                let kept = min(lines.count, error.faults.first?.line ?? 0) - 1
                guard kept > 0 else { return nil }
                bytes = Array(lines.prefix(kept).joined(separator: [0x0A]))
            }
        }
        return nil
    }

    private static let mostCuts = 16
}
