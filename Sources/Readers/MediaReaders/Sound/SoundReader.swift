// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads what a recording says of itself: tags, duration, kind. What is spoken in it is not read.
///
///     bytes ─ a scan per container ▶ tags and figures ─ Facts ▶ a heading and a list
package struct SoundReader: DocumentReader {
    package enum Kind: Sendable { case mpeg, mp4, flac, ogg, riff, aiff, asf, matroska }
    private let kind: Kind

    package init(_ kind: Kind) { self.kind = kind }

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let octets = Octets(source.bytes)
        var recording = Recording()
        switch kind {
        case .mpeg: MPEGScan.read(octets, &recording)
        case .mp4: MP4Scan.read(octets, &recording)
        case .flac: FLACScan.read(octets, &recording)
        case .ogg: OggScan.read(octets, &recording)
        case .riff: RIFFScan.read(octets, &recording)
        case .aiff: AIFFScan.read(octets, &recording)
        case .asf: ASFScan.read(octets, &recording)
        case .matroska: MatroskaScan.read(octets, &recording)
        }
        let facts = recording.summary()
        if recording.isTruncated { diagnostics.report("recording-truncated", "the recording ends before its time") }
        diagnostics.report("needs-transcription", "what is spoken in the recording is not read")
        try sink.take(facts, limits.labels)
    }
}
