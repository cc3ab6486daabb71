// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import LegacyOfficeReaders
import ReaderTestSupport
import ZipArchive

/// Containers: every member that is listed is unpacked.
enum PackageTargets {
    static func zip(_ bytes: UnsafeRawBufferPointer) {
        let limits = ZipLimits(members: 100, unpackedBytes: 1 << 22, unpackedRatio: 1_000)
        guard let file = try? ZipFile(bytes, limits: limits) else { return }
        for entry in file.entries {
            _ = entry.name
            _ = file.entry(named: entry.name)
            _ = try? file.contents(of: entry)
            guard let stream = try? file.stream(entry) else { continue }
            var piece: [UInt8] = []
            while (try? stream.read(into: &piece)) == true { piece.removeAll(keepingCapacity: true) }
        }
    }

    static func compound(_ bytes: UnsafeRawBufferPointer) {
        guard let file = try? CompoundFile(bytes) else { return }
        for entry in file.entries.prefix(1_000) {
            _ = file.path(of: entry)
            _ = file.children(of: entry)
            _ = file.contents(of: entry)
        }
    }

    /// The records of an old workbook, in a compound file that is sound.
    static func workbook(_ bytes: UnsafeRawBufferPointer) {
        let whole = CompoundMaker.file([("Workbook", Array(bytes))])
        _ = try? Outline.read(whole, XLSReader())
    }
}
