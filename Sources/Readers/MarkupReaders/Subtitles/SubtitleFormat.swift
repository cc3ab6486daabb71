// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let srt = Format(
        "srt", "SubRip subtitles", extensions: ["srt"],
        mediaTypes: ["application/x-subrip", "text/srt"],
        carried: "the spoken text in paragraphs, the time where each begins, italics and bold, the duration",
        leftOut: "times of single cues, positions, colours",
        reader: { SubtitleReader() })

    package static let vtt = Format(
        "vtt", "WebVTT captions", extensions: ["vtt", "webvtt"],
        mediaTypes: ["text/vtt"],
        carried: "the spoken text in paragraphs, the time where each begins, who speaks, italics and bold, title, language",
        leftOut: "times of single cues, positions, styles, comments, regions",
        reader: { SubtitleReader() })
}
