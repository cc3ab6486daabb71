// SPDX-License-Identifier: Apache-2.0
import Glibc
import Mutations

/// A sound document to be damaged.
struct Seed: Sendable {
    /// Its path below the folder that was named.
    let name: String
    let kind: String
    let bytes: [UInt8]
    private let archive: Archive?

    /// Every file below a folder, in the order of names.
    static func all(in folder: String) -> [Seed] {
        files(in: folder, depth: 0).sorted().compactMap { path in
            guard let bytes = read(path), !bytes.isEmpty else { return nil }
            return Seed(name: String(path.dropFirst(folder.utf8.count + 1)), bytes: bytes)
        }
    }

    private init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        let file = name.split(separator: "/").last ?? ""
        kind = file.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? "none"
        archive = Archive(bytes)
    }

    /// Mutant `number`; of archives every other one is damaged within a member.
    func mutant(_ number: Int, seed: UInt64) -> Subject {
        var dice = Dice(seed: seed, file: name, number: number)
        let isInner = number >= Mutation.truncations && number % 4 != 0
        let bytes = isInner ? archive?.mutant(number, &dice) : nil
        let stem = name.split(separator: "/").joined(separator: "-")
        return Subject(name: "m\(number)-\(stem)", kind: kind, bytes: bytes ?? Mutation.mutant(self.bytes, number: number, &dice))
    }

    private static func files(in folder: String, depth: Int) -> [String] {
        guard depth < 8, let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            guard !name.hasPrefix("."), !name.hasPrefix("expected."), name != "diagnostics.txt" else { continue }
            let path = folder + "/" + name
            if entry.pointee.d_type == UInt8(DT_DIR) { found += files(in: path, depth: depth + 1) } else { found.append(path) }
        }
        return found
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(facts.st_size)) { room, filled in
            while filled < room.count {
                let count = Glibc.read(descriptor, room.baseAddress.map { $0 + filled }, room.count - filled)
                guard count > 0 else { return }
                filled += count
            }
        }
    }
}
