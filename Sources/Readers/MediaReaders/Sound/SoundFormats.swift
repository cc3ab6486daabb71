// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let mp3 = recording("mp3", "MP3 sound", ["mp3", "mp2"], ["audio/mpeg"], .mpeg)
    package static let m4a = recording("m4a", "MPEG-4 sound", ["m4a", "m4b", "aac"], ["audio/mp4", "audio/x-m4a"], .mp4)
    package static let mp4 = recording("mp4", "MPEG-4 video", ["mp4", "m4v", "3gp"], ["video/mp4", "video/3gpp"], .mp4)
    package static let mov = recording("mov", "QuickTime video", ["mov", "qt"], ["video/quicktime"], .mp4)
    package static let flac = recording("flac", "FLAC sound", ["flac"], ["audio/flac", "audio/x-flac"], .flac)
    package static let ogg = recording("ogg", "Ogg sound or video", ["ogg", "oga", "ogv", "opus", "spx"], ["audio/ogg", "audio/opus", "video/ogg"], .ogg)
    package static let wav = recording("wav", "WAV sound", ["wav", "wave"], ["audio/wav", "audio/x-wav", "audio/wave"], .riff)
    package static let avi = recording("avi", "AVI video", ["avi"], ["video/x-msvideo", "video/avi"], .riff)
    package static let aiff = recording("aiff", "AIFF sound", ["aiff", "aif", "aifc"], ["audio/aiff", "audio/x-aiff"], .aiff)
    package static let asf = recording("asf", "Windows Media sound or video", ["asf", "wma", "wmv"], ["video/x-ms-asf", "video/x-ms-wmv", "audio/x-ms-wma"], .asf)
    package static let mkv = recording("mkv", "Matroska or WebM video", ["mkv", "webm", "mka"], ["video/x-matroska", "video/webm", "audio/webm"], .matroska)

    private static func recording(_ name: String, _ title: String, _ extensions: [String], _ types: [String], _ kind: SoundReader.Kind) -> Format {
        Format(
            name, title, extensions: extensions, mediaTypes: types,
            carried: "title, artist, album and other tags, duration, size, lyrics",
            leftOut: "what is spoken, sung and shown", reader: { SoundReader(kind) })
    }
}
