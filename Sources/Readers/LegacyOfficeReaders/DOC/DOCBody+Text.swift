// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import TextDecoding

extension DOCBody {
    /// The characters of a paragraph without its mark.
    func read(from start: Int, to end: Int, style: DOCStyles.Style?, into line: inout DOCLine) {
        let base = style?.characters ?? DOCFormatting()
        let number = style?.paragraph.style ?? -1
        var at = start
        while at < end {
            while let mark = marks.first, mark.place <= at {
                marks.removeFirst()
                if mark.place == at, show(mark, &line) { at += 1 }
            }
            guard at < end else { return }
            let (formatting, runEnd) = runs.formatting(at: at, in: file, styleNumber: number, base: base)
            let stop = min(end, max(at + 1, runEnd), marks.first?.place ?? .max)
            segment(at, stop, formatting, &line)
            at = stop
        }
    }

    /// Whether the character at the mark was taken by it.
    private func show(_ mark: DOCMark, _ line: inout DOCLine) -> Bool {
        switch mark.kind {
        case .bookmark(let name):
            line.runs.add(.anchor(name))
            return false
        case .note(let id):
            line.runs.add(.note(id))
            return true
        }
    }

    /// Characters that all look the same.
    private func segment(_ start: Int, _ end: Int, _ formatting: DOCFormatting, _ line: inout DOCLine) {
        var from = start
        for at in start..<end {
            let unit = file.pieces.units[at]
            if unit >= 0x20, unit != 0x28 || formatting.symbol == nil { continue }
            flush(from, at, formatting, &line)
            from = at + 1
            control(unit, at, formatting, &line)
        }
        flush(from, end, formatting, &line)
    }

    private func flush(_ start: Int, _ end: Int, _ formatting: DOCFormatting, _ line: inout DOCLine) {
        guard start < end, !formatting.isDeleted else { return }
        let units = file.pieces.units[start..<end]
        let font = file.fonts[formatting.font]
        if fields.isHidden { return fields.instruct(text(units, font)) }
        guard !formatting.isHidden else {
            if units.contains(where: { $0 > 0x20 }) { file.diagnostics.report("hidden-text", "hidden text was left out") }
            return
        }
        var marks = formatting.marks
        if font?.isMonospaced == true { marks.insert(.code) }
        line.runs.add(text(units, font), marks, fields.link)
    }

    private func text(_ units: ArraySlice<UInt16>, _ font: DOCFonts.Font?) -> String {
        if file.header.hasBytes {
            let bytes = units.map { UInt8(truncatingIfNeeded: $0) }
            return bytes.withUnsafeBytes { (font?.codePage ?? file.codePage).text($0) }
        }
        // Symbol fonts have their characters in the private use area; a hyphen that does not break is searched for as any other.
        guard units.contains(where: { $0 & 0xFF00 == 0xF000 || $0 == 0x2011 }) else { return UTF16Text.string(units) }
        var out = "", plain: [UInt16] = []
        for unit in units {
            guard unit & 0xFF00 == 0xF000 else {
                plain.append(unit == 0x2011 ? 0x2D : unit)
                continue
            }
            out += UTF16Text.string(plain) + SymbolFont.text(font: font?.name ?? "", code: UInt32(unit))
            plain = []
        }
        return out + UTF16Text.string(plain)
    }

    private func control(_ unit: UInt16, _ at: Int, _ formatting: DOCFormatting, _ line: inout DOCLine) {
        // Fields are followed also where they were deleted, so that their ends match.
        switch unit {
        case 0x13: return fields.begin()
        case 0x14: return fields.separate()
        case 0x15: return fields.end()
        default: break
        }
        guard !formatting.isDeleted else { return }
        if unit == 0x01 { return object(formatting, &line) }
        guard !fields.isHidden, !formatting.isHidden else { return }
        switch unit {
        case 0x02, 0x05: if let id = file.notes.id(at: at) { line.runs.add(.note(id)) }
        case 0x08: drawing(at)
        case 0x09: line.runs.add("\t", formatting.marks, fields.link)
        case 0x0A: line.runs.add(" ", formatting.marks, fields.link)
        case 0x0B: line.runs.add(.lineBreak, formatting.marks, fields.link)
        case 0x1E: line.runs.add("-", formatting.marks, fields.link)
        case 0x28:
            guard let (font, code) = formatting.symbol else { return }
            line.runs.add(SymbolFont.text(font: file.fonts[font]?.name ?? "", code: UInt32(truncatingIfNeeded: code)), formatting.marks, fields.link)
        default: break
        }
    }

    /// A picture in the line, a form field's data, or an embedded object.
    private func object(_ formatting: DOCFormatting, _ line: inout DOCLine) {
        guard let place = formatting.picture else { return }
        if formatting.isData {
            guard fields.instruction?.name == "FORMCHECKBOX", let isTicked = DOCFormField.isTicked(file.data.clipped(place, 4_096)) else { return }
            if line.runs.isBlank, line.checked == nil { line.checked = isTicked } else { line.runs.add(isTicked ? "☒" : "☐", [], nil) }
            return
        }
        guard !fields.isHidden, !formatting.isHidden else { return }
        if formatting.isObject {
            file.objects += 1
            return
        }
        guard let image = file.picture(at: place) else { return }
        line.runs.add(.image(image), [], fields.link)
    }

    /// Floating shapes: their text follows the paragraph, their pictures stand before it.
    private func drawing(_ at: Int) {
        guard let shape = file.drawings.shape(at: at) else { return }
        for picture in file.drawings.pictures(of: shape) { leading.append(.paragraph([.image(picture)])) }
        for (start, end) in file.drawings.boxes(of: shape) { floats += DOCBody(file).blocks(from: start, to: end) }
    }
}

/// The data of a form's fields ([MS-DOC] 2.9.78).
enum DOCFormField {
    /// Whether a box is ticked; nil for what is no box.
    static func isTicked(_ data: LittleEndianBytes) -> Bool? {
        guard let head = data.short(4), let bits = data.short(head + 4), bits & 3 == 1 else { return nil }
        let value = bits >> 2 & 0x1F
        guard value == 25 else { return value == 1 }
        // As it was when the form was made: behind the name.
        let name = data.short(head + 10) ?? 0
        return data.short(head + 10 + 2 * name + 4) == 1
    }
}
