// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import SystemPackage
import Yams

extension Configuration {
    /// Reads a configuration file.
    /// - Throws: `ConfigurationFaults` with everything that is wrong.
    package static func load(_ file: FilePath) throws(ConfigurationFaults) -> Configuration {
        let bytes: [UInt8]
        do { bytes = try Self.bytes(of: file) } catch { throw ConfigurationFaults(file, [ConfigurationFault(problem: "\(error)")]) }
        return try load(file, bytes: bytes)
    }

    static func bytes(of file: FilePath) throws -> [UInt8] {
        let open = try Descriptor.open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        guard try FileIdentity.of(open.raw, path: file).isRegular else { throw SystemError("read", file, errno: EINVAL) }
        return try open.read(YAMLText.mostBytes + 1, path: file)
    }

    /// The same from text that has been read; relative paths in it are from `file`'s folder.
    package static func load(_ file: FilePath, bytes: [UInt8]) throws(ConfigurationFaults) -> Configuration {
        let text = try YAMLText(bytes, file: file)
        guard let root = text.root.map({ Place(node: $0, path: "") }), !root.isNothing else {
            throw ConfigurationFaults(file, [ConfigurationFault(problem: "the file is empty; expected at least \"routes:\"")])
        }
        var walk = Walk(base: file.removingLastComponent(), duplicates: text.duplicates)
        var draft = ConfigurationDraft()
        ConfigurationKeys.all.read(root, into: &draft, &walk)
        // What is missing in something that is no mapping has been said by that.
        if case .mapping = root.node {
            let configuration = draft.finished(at: root, &walk)
            if walk.faults.isEmpty { return configuration }
        }
        throw ConfigurationFaults(file, walk.faults)
    }

    /// Every key that a file may have, with its path: `routes.settle.quiet`.
    package static var keys: [String] { ConfigurationKeys.all.names }

    /// The settings in force as a file that loads again to the same.
    package var yaml: String { shown.yaml() }

    /// The same as one JSON object.
    package var json: String { shown.json() }

    private var shown: Shown { ConfigurationKeys.all.filter { $0.name != "defaults" }.write(ConfigurationDraft(showing: self)) }
}
