// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What scans find in a recording.
struct Recording {
    var seconds = 0.0
    var codecs: [String] = []
    /// Bits a second.
    var bitRate = 0
    var sampleRate = 0
    var channels = 0
    var width = 0
    var height = 0
    var isTruncated = false
    var facts = Facts()

    mutating func add(codec: String) {
        if !codec.isEmpty, codecs.count < 16, !codecs.contains(codec) { codecs.append(codec) }
    }

    /// A tag by the name that Vorbis comments, Matroska and QuickTime share, in capitals.
    mutating func tag(_ name: String, _ value: String) {
        switch name {
        case "TITLE": facts.describe(title: value)
        case "ARTIST", "AUTHOR", "PERFORMER", "LEAD_PERFORMER": facts.add(.artist, value, as: "author")
        case "ALBUM", "SHOW": facts.add(.album, value, as: "album")
        case "TRACKNUMBER", "TRACK", "PART_NUMBER": facts.add(.track, value, as: "track")
        case "GENRE": facts.add(.genre, value, as: "genre")
        case "DATE", "YEAR", "DATE_RELEASED", "CREATIONDATE", "DATE_RECORDED": facts.add(.year, value, as: "created")
        case "COMPOSER", "WRITTEN_BY": facts.add(.composer, value, as: "composer")
        case "DESCRIPTION", "SYNOPSIS", "SUMMARY": facts.describe(text: value)
        case "COMMENT": facts.add(.comment, value)
        case "COPYRIGHT": facts.add(.copyright, value, as: "copyright")
        case "KEYWORDS": facts.add(.keywords, value, as: "keywords")
        case "LYRICS", "UNSYNCEDLYRICS": if facts.lyrics.isEmpty { facts.lyrics = String(value.prefix(64_000)) }
        default: break
        }
    }

    func summary() -> Facts {
        var summary = facts
        summary.add(.duration, Figure.duration(seconds: seconds), as: "duration")
        if width > 0, height > 0 { summary.add(.size, "\(width) × \(height)", as: "size") }
        summary.add(.codec, codecs.joined(separator: ", "))
        if bitRate > 0 { summary.add(.bitRate, "\(Figure.decimal(Double(bitRate) / 1_000, places: 0)) kbit/s") }
        if sampleRate > 0 { summary.add(.sampleRate, "\(Figure.decimal(Double(sampleRate) / 1_000, places: 3)) kHz") }
        if channels > 0 { summary.add(.channels, "\(channels)") }
        return summary
    }
}
