// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Synchronization
import SystemPackage

extension Stage {
    /// Begins a part in every format; `name` is a relative path of plain file names.
    package func beginPart(name: String) throws {
        try makeFolder()
        let path = FilePath(name)
        let parts = folder.appending("parts")
        try spool.folders.outbox.makeFolders(parts.appending(path.removingLastComponent().components), mode: 0o755)
        let formats = renditions.withLock { $0.map(\.format) }
        for format in formats {
            let named = path.sibling((path.lastComponent.map { FilePath(root: nil, [$0]).bytes } ?? []) + Array(".\(format)".utf8))
            let file = try spool.folders.outbox.open(parts.appending(named.components), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644)
            rest.withLock { rest in
                rest.part.append(file)
                rest.parts.append((named, format, 0))
            }
        }
    }

    /// More of the part that was begun last.
    package func part(_ bytes: UnsafeRawBufferPointer, rendition: Int) throws {
        try rest.withLock { rest in
            guard rest.part.indices.contains(rendition) else { return }
            try rest.part[rendition].write(bytes, path: folder)
            rest.parts[rest.parts.count - rest.part.count + rendition].bytes += UInt64(bytes.count)
        }
    }

    package func endPart() { rest.withLock { $0.part = [] } }
}
