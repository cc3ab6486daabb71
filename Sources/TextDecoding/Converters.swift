// SPDX-License-Identifier: Apache-2.0
package import Glibc
import Synchronization

/// The ways from charsets to UTF-8 that are ready: tables for those of one byte per character, open iconv converters for the
/// others. glibc loads its tables from files, which a locked worker has not.
package enum Converters {
    private static let tables = Mutex<[String: ByteTable]>([:])
    /// A handle as a number, so that it may cross to whoever uses it next; only one user has it at a time.
    private static let idle = Mutex<[String: [Int]]>([:])

    /// Once warm, nothing more is loaded: a locked process could not, and one that is not locked shall read the same.
    private static let isWarm = Atomic(false)

    /// The table of a charset, made when it is first wanted; nil when it needs a converter, or is not known.
    static func table(_ name: String) -> ByteTable? {
        if let table = tables.withLock({ $0[name] }) { return table }
        guard !isWarm.load(ordering: .relaxed), !several.contains(name), let table = ByteTable(of: name) else { return nil }
        tables.withLock { $0[name] = table }
        return table
    }

    /// Whether there is a way from this charset.
    static func knows(_ name: String) -> Bool {
        if table(name) != nil { return true }
        guard let converter = take(name) else { return false }
        giveBack(converter, name)
        return true
    }

    /// A converter from `name` in its initial state; nil when glibc knows no such charset, or it can no longer be loaded.
    package static func take(_ name: String) -> iconv_t? {
        if let kept = idle.withLock({ $0[name]?.popLast() }), let converter = iconv_t(bitPattern: kept) { return converter }
        // What warming up has opened once, glibc opens again without a file.
        guard !isWarm.load(ordering: .relaxed) || several.contains(name) else { return nil }
        let converter = iconv_open("UTF-8", name)
        guard Int(bitPattern: converter) != -1 else { return nil }
        return converter
    }

    package static func giveBack(_ converter: iconv_t, _ name: String) {
        iconv(converter, nil, nil, nil, nil)
        let handle = Int(bitPattern: converter)
        idle.withLock { $0[name, default: []].append(handle) }
    }

    /// Opens the charsets that documents come in, before the process is locked.
    package static func warmUp() {
        for name in common { _ = table(name) }
        for name in several { _ = knows(name) }
        isWarm.store(true, ordering: .relaxed)
    }

    static let common = [
        "CP1250", "CP1251", "CP1252", "CP1253", "CP1254", "CP1256", "CP1257", "CP874", "CP437", "CP850", "CP852", "CP866",
        "ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6", "ISO-8859-7", "ISO-8859-8", "ISO-8859-10", "ISO-8859-13",
        "ISO-8859-14", "ISO-8859-15", "ISO-8859-16", "KOI8-R", "KOI8-U", "MACINTOSH", "MAC-CYRILLIC",
    ]

    /// Several bytes per character, or characters that compose.
    static let several: Set = [
        "CP932", "EUC-JP", "ISO-2022-JP", "GB18030", "BIG5-HKSCS", "EUC-TW", "CP949", "ISO-2022-KR", "CP1255", "CP1258",
        "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE",
    ]
}
