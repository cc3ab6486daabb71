// SPDX-License-Identifier: Apache-2.0

/// Archives in several files, each of which comes by itself and cannot be read alone.
enum ArchiveVolumes {
    /// Whether the header says that there is more before or behind this file.
    static func isPart(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // [MS-CAB] 2.1: cfhdrPREV_CABINET and cfhdrNEXT_CABINET.
        if bytes.starts(with: "MSCF".utf8), bytes.count >= 36 { return bytes[30] & 0x03 != 0 }
        // The fifth version's main header: sum, size, type 1, flags of the block, perhaps the extra area's size, flags of the archive.
        if bytes.starts(with: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00]), bytes.count >= 16 {
            var at = 12
            func skipNumber() { while at < bytes.count - 2, bytes[at] & 0x80 != 0 { at += 1 }; at += 1 }
            skipNumber()
            guard at < bytes.count - 3, bytes[at] == 1 else { return false }
            let hasExtra = bytes[at + 1] & 1 != 0
            at += 1
            skipNumber()
            if hasExtra { skipNumber() }
            return at < bytes.count && bytes[at] & 0x01 != 0
        }
        // The fourth version's: sum, type 0x73, flags.
        return bytes.starts(with: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x00]) && bytes.count >= 13 && bytes[9] == 0x73 && bytes[10] & 0x01 != 0
    }
}
