// SPDX-License-Identifier: Apache-2.0

/// What a metafile draws while its records are read: the state in force, those saved, and the texts so far.
struct MetafileDrawing {
    var state = MetafileState()
    var pieces = MetafilePieces()
    /// Text was drawn by the numbers of its shapes.
    var hasGlyphs = false
    private var saved: [MetafileState] = []
    private static let mostSaved = 1_000

    mutating func save() { if saved.count < Self.mostSaved { saved.append(state) } }

    /// A negative number counts from the last one saved.
    mutating func restore(_ number: Int) {
        let place = number < 0 ? saved.count + number : number - 1
        guard saved.indices.contains(place) else { return }
        state = saved[place]
        saved.removeSubrange(place...)
    }

    /// Takes a text at a place, or where the last one ended; `width` is what the record says, or nil.
    mutating func put(_ text: String, _ x: Int, _ y: Int, _ width: Double?) {
        let place = state.goesOn ? state.current : (x: Double(x), y: Double(y))
        pieces.add(text, x: place.x, y: place.y, width: width, height: state.font.height, state.space)
        if state.goesOn { state.current.x += width ?? Double(text.count) * state.font.height / 2 }
    }
}
