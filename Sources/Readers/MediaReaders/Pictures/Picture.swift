// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What scans find in a picture.
struct Picture {
    var width = 0
    var height = 0
    /// Bits per channel.
    var depth = 0
    var frames = 1
    var pages = 1
    /// How the stored picture must be turned (TIFF 6.0, tag 274): 5 to 8 swap width and height.
    var orientation = 1
    var isTruncated = false
    var facts = Facts()

    var pixels: Int { width.multipliedReportingOverflow(by: height).overflow ? Int.max : width * height }

    func summary() -> Facts {
        var summary = Facts()
        let isTurned = (5...8).contains(orientation)
        let (across, down) = isTurned ? (height, width) : (width, height)
        summary.add(.size, "\(across) × \(down)")
        if depth > 0 { summary.add(.depth, "\(depth)") }
        if frames > 1 { summary.add(.frames, "\(frames)") }
        if pages > 1 { summary.add(.pages, "\(pages)", as: "pages") }
        return summary.followed(by: facts, width: across, height: down)
    }
}

extension Facts {
    /// These facts, then those; the size goes into the metadata last.
    func followed(by facts: Facts, width: Int, height: Int) -> Facts {
        var all = facts
        all.put(first: self)
        all.add(.size, "\(width) × \(height)", as: "size")
        return all
    }
}
