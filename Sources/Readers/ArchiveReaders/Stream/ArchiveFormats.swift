// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    private static func archive(
        _ name: String, _ title: String, _ extensions: [String], _ mediaTypes: [String], _ kind: ArchiveStream.Kind
    ) -> Format {
        Format(
            name, title, extensions: extensions, mediaTypes: mediaTypes,
            carried: "each member as its own format's reader gives it, under a heading with its path; pictures as assets; archives within",
            leftOut: "encrypted members, links, devices, members over the limits; each is named or counted",
            reader: { StreamedArchiveReader(kind: kind) })
    }

    private static func packed(_ name: String, _ title: String, _ extensions: [String], _ mediaTypes: [String]) -> Format {
        Format(
            name, title, extensions: extensions, mediaTypes: mediaTypes,
            carried: "the document within, as its own format's reader gives it; of a packed tar or cpio archive each member",
            leftOut: "what the reader of the document leaves out", reader: { CompressedReader() })
    }

    package static let tar = archive("tar", "tar archive", ["tar"], ["application/x-tar"], .tar)
    package static let sevenZip = archive("7z", "7-Zip archive", ["7z"], ["application/x-7z-compressed"], .sevenZip)
    package static let rar = archive("rar", "RAR archive", ["rar"], ["application/vnd.rar", "application/x-rar-compressed"], .rar)
    package static let cpio = archive("cpio", "cpio archive", ["cpio"], ["application/x-cpio"], .cpio)
    package static let ar = archive("ar", "ar archive or Debian package", ["ar", "deb", "a"], ["application/vnd.debian.binary-package"], .ar)
    package static let iso = archive("iso", "image of an optical disc", ["iso"], ["application/x-iso9660-image"], .iso)
    package static let cab = archive("cab", "Windows cabinet", ["cab"], ["application/vnd.ms-cab-compressed"], .cab)
    package static let lha = archive("lha", "LHA archive", ["lha", "lzh"], ["application/x-lzh-compressed"], .lha)

    package static let gz = packed("gz", "file packed by gzip", ["gz", "tgz", "gzip"], ["application/gzip", "application/x-gzip"])
    package static let bz2 = packed("bz2", "file packed by bzip2", ["bz2", "tbz", "tbz2"], ["application/x-bzip2"])
    package static let xz = packed("xz", "file packed by xz", ["xz", "txz"], ["application/x-xz"])
    package static let zst = packed("zst", "file packed by Zstandard", ["zst", "tzst"], ["application/zstd"])
    package static let lzma = packed("lzma", "file packed by lzma", ["lzma", "tlz"], ["application/x-lzma"])
    package static let lz = packed("lz", "file packed by lzip", ["lz"], ["application/x-lzip"])
    package static let compress = packed("z", "file packed by compress", ["z"], ["application/x-compress"])
}
