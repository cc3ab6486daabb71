# SPDX-License-Identifier: Apache-2.0
"""Archives, compressed files, pictures and sound: bombs, overlaps, counts and sizes that are lies."""
import bz2, gzip, lzma, struct, zipfile, zlib
from mail import zips_within_zips
from parts import docx, paragraph, png, tar, zipped


def bombs(scale):
    n = lambda count: int(count * scale)
    zeros = lambda: bytes(n(100_000_000))
    yield "either", "zip-flat-bomb.zip", lambda: zipped([("a.txt", zeros())])
    yield "either", "zip-many-bombs.zip", lambda: repeated(zeros(), 30)
    yield "either", "zip-nested.zip", lambda: zips_within_zips(40)
    yield "either", "zip-wide-and-deep.zip", lambda: fan(5, 10)
    yield "either", "zip-overlapping.zip", lambda: overlapping(n(5_000), bytes(1_000_000))
    yield "either", "zip-overlapping.docx", lambda: overlapping(n(5_000), bytes(1_000_000), "word/document.xml")
    yield "either", "zip-many-members.zip", lambda: zipped([(f"{i}.txt", "x") for i in range(n(5_000))])
    yield "either", "zip-same-names.zip", lambda: many_same(n(3_000))
    yield "either", "zip-deep-names.zip", lambda: zipped([("a/" * 20_000 + "b.txt", "x")])
    yield "either", "zip-names.zip", lambda: zipped([(name, "text") for name in ["../../etc/passwd.txt", "/etc/a.txt", "a\\..\\b.txt", "\x1b[31mred.txt", "C:\\x.txt", ".txt", " ", "a" * 60_000 + ".txt"]])
    yield "either", "zip-itself.zip", quine
    yield "either", "zip-no-end.zip", lambda: zipped([("a.txt", "text" * 1000)])[:-30]
    yield "either", "zip-end-in-comment.zip", lambda: zipped([("a.txt", "text")]) + b"PK\5\6" * n(100_000)
    yield "either", "zip-only-signatures.zip", lambda: b"PK\3\4" * n(300_000)
    yield "either", "zip-only-entries.zip", lambda: (b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 8, 8, 0, 0, 0, 0, 0, 1, 0) + b"a") * n(100_000)
    yield "either", "zip-only-directory.zip", lambda: b"PK\1\2" * n(300_000)
    yield "either", "zip-zip64-lie.zip", lambda: zipped([("a.txt", "text")])[:-22] + b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2**64 - 1, 2**64 - 1, 2**64 - 1, 2**64 - 1) + b"PK\6\7" + struct.pack("<IQI", 0, 2**63, 1) + b"PK\5\6" + b"\xff" * 16 + b"\0\0"
    yield "either", "zip-extras.zip", lambda: (b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, 0, 1, 1, 1, 65535) + b"a" + b"\1\0\0\0" * 16383 + b"\0\0\0x") * 20
    yield "either", "zip-of-packages.zip", lambda: zipped([(f"{i}.docx", docx(paragraph("x" * 1000))) for i in range(n(300))])
    yield "either", "zip-of-bombs.zip", lambda: zipped([(f"{i}.docx", docx(" " * 30_000_000)) for i in range(30)])
    yield "either", "gz-bomb.gz", lambda: gzip.compress(zeros(), mtime=0)
    yield "either", "gz-bomb.txt.gz", lambda: gzip.compress(b"a " * n(50_000_000), mtime=0)
    yield "either", "gz-nested.gz", lambda: nested(gzip.compress, 30)
    yield "either", "gz-double-bomb.gz", lambda: gzip.compress(gzip.compress(zeros(), mtime=0), mtime=0)
    yield "either", "gz-members.gz", lambda: gzip.compress(b"x", mtime=0) * n(50_000)
    yield "either", "gz-empty-members.gz", lambda: gzip.compress(b"", mtime=0) * n(50_000)
    yield "either", "gz-header.gz", lambda: b"\x1f\x8b\x08\x1e" + bytes(6) + b"\xff\xff" + bytes(65535) + b"n" * n(1_000_000)
    yield "either", "bz2-bomb.bz2", lambda: bz2.compress(zeros())
    yield "either", "bz2-nested.bz2", lambda: nested(bz2.compress, 30)
    yield "either", "xz-bomb.xz", lambda: lzma.compress(zeros())
    yield "either", "xz-dictionary.lzma", lambda: b"\x5d" + struct.pack("<IQ", 0xFFFFFFFF, 2**62) + bytes(n(10_000))
    yield "either", "zst-window.zst", lambda: struct.pack("<IBB", 0xFD2FB528, 0, 0xFF) + b"\x01\0\0" * n(1_000)
    yield "either", "zst-frames.zst", lambda: struct.pack("<II", 0x184D2A50, 0) * n(200_000)
    yield "either", "Z-noise.Z", lambda: b"\x1f\x9d\x90" + bytes(range(256)) * n(2_000)
    yield "either", "tar-size-lie.tar", lambda: tar([("a.txt", 0o77777777777, b"text", b"0")])
    yield "either", "tar-many.tar", lambda: tar([(f"{i}.txt", 1, b"x", b"0") for i in range(n(3_000))])
    yield "either", "tar-links.tar", lambda: tar([("a.txt", 0, b"", b"2"), ("b.txt", 0, b"", b"1"), ("c", 0, b"", b"6"), ("d", 0, b"", b"3"), ("e.txt", 4, b"text", b"0")])
    yield "either", "tar-long-names.tar", lambda: tar([("././@LongLink", n(1_000_000), b"a" * n(1_000_000), b"L"), ("x", 1, b"x", b"0")])
    yield "either", "tar-pax.tar", lambda: tar([("p", n(500_000), b"9 a=b\n\n\n\n" * (n(500_000) // 10), b"x"), ("x.txt", 1, b"x", b"0")])
    yield "either", "tar-pax-lie.tar", lambda: tar([("p", 30, b"99999999999999999999 path=x\n", b"x"), ("x.txt", 1, b"x", b"0")])
    yield "either", "tar-sparse.tar", lambda: tar([("s", 512, b"x" * 512, b"S"), ("x.txt", 1, b"x", b"0")])
    yield "either", "tar-in-tar.tar", lambda: tars(60)
    yield "either", "tar-bomb.tar.gz", lambda: gzip.compress(tar([("a.txt", n(100_000_000), zeros(), b"0")]), mtime=0)
    yield "either", "tar-many-bombs.tar", lambda: tar([(f"{i}.gz", len(bomb), bomb, b"0") for bomb in [gzip.compress(b"a " * n(50_000_000), mtime=0)] for i in range(n(40))])
    yield "either", "tar-beyond.tar.gz", lambda: gzip.compress(tar([("a.txt", 4, b"text", b"0"), ("b.txt", 0o77777777777, b"text", b"0"), ("c.txt", 4, b"text", b"0")]), mtime=0)
    yield "either", "7z-lie.7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<IQQI", zlib.crc32(struct.pack("<QQI", 0, 2**40, 0)), 0, 2**40, 0) + bytes(1000)
    yield "either", "7z-empty-header.7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + struct.pack("<I", zlib.crc32(struct.pack("<QQI", 0, 5, zlib.crc32(b"\1\4\6\0\0")))) + struct.pack("<QQI", 0, 5, zlib.crc32(b"\1\4\6\0\0")) + b"\1\4\6\0\0"
    yield "either", "rar-4.rar", lambda: b"Rar!\x1a\7\0" + struct.pack("<HBHHHI", 0, 0x73, 0, 13, 0, 0) + (struct.pack("<HBHH", 0, 0x74, 0x8000, 7) + b"\xff" * 4) * n(10_000)
    yield "either", "rar-5.rar", lambda: b"Rar!\x1a\7\1\0" + b"\0\0\0\0\xff\xff\xff\x7f" * n(10_000)
    yield "either", "cab-lie.cab", lambda: b"MSCF" + struct.pack("<IIIIIBBHHHHH", 0, 0xFFFFFFFF, 0, 44, 0, 3, 1, 65535, 65535, 0, 1, 0) + b"\xff" * n(100_000)
    yield "either", "iso-loop.iso", iso
    yield "limited", "cpio-size.cpio", lambda: b"070701" + b"FFFFFFFF" * 13 + b"a\0" + bytes(1000)
    yield "either", "ar-size.a", lambda: b"!<arch>\n" + (b"a.txt/          0           0     0     644     9999999999`\n" + b"text") * 100
    yield "either", "lha-lie.lzh", lambda: b"\x20\0-lh5-" + b"\xff" * 4 + b"\xff" * 4 + bytes(4) + b"\x20\1\5a.txt" + b"\xff" * n(10_000)
    yield "either", "deb-bomb.deb", lambda: b"!<arch>\ndebian-binary   0           0     0     644     4         `\n2.0\n"
    # Pictures and sound.
    yield "either", "png-huge.png", lambda: png(2**31 - 1, 2**31 - 1)
    yield "either", "png-bomb.png", lambda: png(50_000, 50_000, bytes(n(50_000_000)))
    yield "either", "png-text-bomb.png", lambda: png(1, 1, bytes(4), [(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * n(100_000_000)))])
    yield "either", "png-itxt-bomb.png", lambda: png(1, 1, bytes(4), [(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(b"x" * n(100_000_000)))] * 5)
    yield "either", "png-chunks.png", lambda: png(1, 1, bytes(4), [(b"tEXt", b"a\0b")] * n(50_000))
    yield "either", "png-length-lie.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xffIHDR" + bytes(100)
    yield "either", "png-zero-chunks.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0aaaa\0\0\0\0" * n(100_000)
    directory = lambda count, entry, after: struct.pack("<H", count) + entry * count + struct.pack("<I", after)
    yield "either", "tiff-loop.tiff", lambda: b"II*\0\x08\0\0\0" + directory(1, struct.pack("<HHII", 0x10E, 2, 4, 0x41414141), 8)
    yield "either", "tiff-counts.tiff", lambda: b"II*\0\x08\0\0\0" + directory(5_000, struct.pack("<HHII", 0x10E, 2, 0xFFFFFFFF, 8), 0)
    yield "either", "tiff-same-text.tiff", lambda: b"II*\0\x08\0\0\0" + directory(2_000, struct.pack("<HHII", 0x10E, 2, 60_000, 8), 0) + b"x" * 70_000
    yield "either", "tiff-subdirectories.tiff", lambda: b"II*\0\x08\0\0\0" + directory(100, struct.pack("<HHII", 0x8769, 4, 1, 8), 8)
    yield "either", "jpg-exif-loop.jpg", lambda: b"\xff\xd8\xff\xe1" + struct.pack(">H", 60_000) + b"Exif\0\0II*\0\x08\0\0\0" + directory(2_000, struct.pack("<HHII", 0x8769, 4, 1, 8), 8) + bytes(60_000) + b"\xff\xd9"
    yield "either", "jpg-segments.jpg", lambda: b"\xff\xd8" + b"\xff\xfe\0\3x" * n(100_000) + b"\xff\xd9"
    yield "either", "jpg-fill.jpg", lambda: b"\xff\xd8" + b"\xff" * n(3_000_000)
    yield "either", "jpg-huge.jpg", lambda: b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3" + bytes(9) + b"\xff\xd9"
    yield "either", "jpg-xmp.jpg", lambda: b"\xff\xd8" + (b"\xff\xe1" + struct.pack(">H", 60_000) + b"http://ns.adobe.com/xap/1.0/\0" + b"<a>" * 19_990) * 10 + b"\xff\xd9"
    yield "either", "gif-blocks.gif", lambda: b"GIF89a\xff\xff\xff\xff\0\0\0" + b"!\xfe\1x\0" * n(200_000)
    yield "either", "gif-frames.gif", lambda: b"GIF89a\1\0\1\0\0\0\0" + b",\0\0\0\0\xff\xff\xff\xff\0\2\0" * n(100_000) + b";"
    yield "either", "bmp-huge.bmp", lambda: b"BM" + struct.pack("<IIIIiiHHIIiiII", 0, 0, 54, 40, -2**31, -2**31, 1, 24, 0, 0, 0, 0, 0, 0)
    yield "either", "webp-chunks.webp", lambda: b"RIFF" + struct.pack("<I", n(800_000) + 4) + b"WEBP" + b"VP8X\0\0\0\0" * n(100_000)
    yield "either", "webp-lie.webp", lambda: b"RIFF\xff\xff\xff\xffWEBPVP8L\xff\xff\xff\xff/" + b"\xff" * 100
    box = lambda kind, body, size=None: struct.pack(">I", len(body) + 8 if size is None else size) + kind + body
    start = box(b"ftyp", b"isom\0\0\0\0")
    yield "either", "mp4-deep.mp4", lambda: start + b"".join(struct.pack(">I", 0x7FFFFFFF) + b"moov" for _ in range(n(50_000)))
    yield "either", "mp4-empty-boxes.mp4", lambda: start + box(b"free", b"") * n(200_000)
    yield "either", "mp4-zero-size.mp4", lambda: start + box(b"moov", b"", 0) * n(1_000)
    yield "either", "mp4-size-one.mp4", lambda: start + struct.pack(">I4sQ", 1, b"moov", 2**64 - 1) + struct.pack(">I4sQ", 1, b"mdat", 0)
    yield "either", "heic-items.heic", lambda: box(b"ftyp", b"heic\0\0\0\0") + box(b"meta", bytes(4) + box(b"iinf", bytes(4) + b"\xff\xff" + box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0") * n(10_000)) + box(b"iloc", b"\1\0\0\0\x88\x88\xff\xff" + b"\xff" * n(100_000)))
    yield "either", "wav-chunks.wav", lambda: b"RIFF\xff\xff\xff\xffWAVE" + b"fmt \0\0\0\0" * n(100_000)
    yield "either", "wav-zero.wav", lambda: b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0" + bytes(16) + b"data\xff\xff\xff\xff"
    yield "either", "avi-lists.avi", lambda: b"RIFF\xff\xff\xff\xffAVI " + b"LIST\xff\xff\xff\xffhdrl" * n(50_000)
    yield "either", "mp3-tag-lie.mp3", lambda: b"ID3\4\0\0\x7f\x7f\x7f\x7f" + b"TIT2\x7f\x7f\x7f\x7f\0\0\3x" * n(1_000)
    yield "either", "mp3-frames.mp3", lambda: b"\xff\xfb\x90\x64" * n(300_000)
    yield "either", "mp3-tag-frames.mp3", lambda: b"ID3\3\0\0\0\x7f\x7f\x7f" + b"TIT2\0\0\0\2\0\0\3x" * n(100_000)
    yield "either", "mp3-picture.mp3", lambda: b"ID3\3\0\0\0\x7f\x7f\x7f" + b"APIC\0\x10\0\0\0\0\0image/png\0\3\0" + bytes(1_200_000)
    yield "either", "flac-blocks.flac", lambda: b"fLaC" + b"\4\0\0\0" * n(100_000)
    yield "either", "flac-comments.flac", lambda: b"fLaC\4\xff\xff\xff" + struct.pack("<II", 0, 0xFFFFFFFF) + struct.pack("<I", 3) + b"a=b" + struct.pack("<I", 0xFFFFFFFF)
    yield "either", "ogg-pages.ogg", lambda: (b"OggS\0\0" + bytes(20) + b"\0") * n(50_000)
    yield "either", "mkv-deep.mkv", lambda: b"\x1a\x45\xdf\xa3\x80" + b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" * n(30_000)
    yield "either", "mkv-void.mkv", lambda: b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + b"\xec\x80" * n(300_000)


def nested(pack, depth):
    content = b"text"
    for _ in range(depth):
        content = pack(content)
    return content


def tars(depth):
    content = tar([("a.txt", 4, b"text", b"0")])
    for _ in range(depth):
        content = tar([("a.tar", len(content), content, b"0")])
    return content


def repeated(content, count):
    return zipped([(f"{i}.txt", content) for i in range(count)])


def fan(depth, width):
    content = b"text" * 1000
    for level in range(depth):
        content = zipped([(f"{i}.zip" if level else f"{i}.txt", content) for i in range(width)])
    return content


def many_same(count):
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([("a.txt", "x")] * count)


def overlapping(count, content, name=None):
    """Every directory entry points at the same member."""
    packed = zlib.compress(content, 9)[2:-4]
    crc = zlib.crc32(content)
    body = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, crc, len(packed), len(content), 5, 0) + b"a.txt" + packed
    names = [name.encode() if name and i == 0 else b"%05d" % i for i in range(count)]
    directory = b"".join(b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 8, 0, 0, crc, len(packed), len(content), len(n), 0, 0, 0, 0, 0, 0) + n for n in names)
    return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)


def quine():
    """An entry whose stored bytes are the archive itself, as far as its sizes can say so."""
    name, size = b"a.zip", 200
    body = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0, 0, size, size, len(name), 0) + name
    directory = b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 20, 20, 0, 0, 0, 0, 0, size, size, len(name), 0, 0, 0, 0, 0, 0) + name
    return body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(body), 0)


def iso():
    """A file system whose root directory contains itself."""
    both = lambda value: struct.pack("<I", value) + struct.pack(">I", value)
    record = lambda name, flags: bytes([33 + len(name) + (len(name) + 1) % 2, 0]) + both(18) + both(2048) + bytes(7) + bytes([flags, 0, 0]) + b"\1\0\0\1" + bytes([len(name)]) + name + bytes((len(name) + 1) % 2)
    volume = (b"\1CD001\1\0" + bytes(72) + both(19) + bytes(32) + b"\1\0\0\1" * 2 + b"\0\x08\x08\0" + both(10) + bytes(16) + record(b"\0", 2)).ljust(2048, b"\0")
    root = (record(b"\0", 2) + record(b"\1", 2) + record(b"DIR", 2) + record(b"A.TXT", 0)).ljust(2048, b"\0")
    return bytes(16 * 2048) + volume + b"\xffCD001\1".ljust(2048, b"\0") + root
