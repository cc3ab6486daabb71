// SPDX-License-Identifier: Apache-2.0

/// Rows that follow each other with no more than one empty row between, and the islands of cells on them.
///
/// Cells that touch at a side are one island. Islands are joined where their rectangles touch at a side or overlap, and where a
/// single empty row or column only parts what belongs together: the columns of a wide table, the groups of a long one.
struct SheetBand {
    private(set) var rows: [SheetRow] = []
    private(set) var cellCount = 0
    /// Bytes of the cells' texts.
    private(set) var textSize = 0
    /// The last row that a cell reaches.
    private(set) var bottom = -1

    /// The cells of one island in one row: places in `rows`, and in the row's cells.
    struct Line {
        var row: Int
        var cells: [Int]
    }

    struct Island {
        var area: CellArea
        var lines: [Line] = []

        /// Both as one; the lines of each are in order.
        func joined(with other: Island) -> Island {
            var out = self
            out.area.include(other.area)
            out.lines = []
            var mine = lines[...], theirs = other.lines[...]
            while let line = mine.first, let their = theirs.first {
                if line.row < their.row {
                    out.lines.append(line)
                } else if line.row > their.row {
                    out.lines.append(their)
                } else {
                    out.lines.append(Line(row: line.row, cells: (line.cells + their.cells).sorted()))
                    mine.removeFirst()
                    theirs.removeFirst()
                    continue
                }
                if line.row < their.row { mine.removeFirst() } else { theirs.removeFirst() }
            }
            out.lines += mine + theirs
            return out
        }
    }

    /// - Parameter bottom: The last row of what went before.
    init(below bottom: Int = -1) { self.bottom = bottom }

    mutating func append(_ row: SheetRow) {
        cellCount += row.cells.count
        textSize += row.cells.reduce(0) { $0 + $1.text.utf8.count }
        bottom = max(bottom, row.index, row.cells.lazy.map { row.index + $0.rows - 1 }.max() ?? 0)
        rows.append(row)
    }

    /// Notes a row that is given out at once.
    mutating func moveBottom(to row: Int) { bottom = max(bottom, row) }

    /// From the top, those beside each other from the left.
    func islands() -> [Island] {
        var pieces = SheetPieces(self)
        let areas = pieces.areas()
        var joining = IslandJoining(band: self, areas: areas)
        let owners = joining.owners()
        // The island of each owner, once it has one; a cell is looked at too often for a dictionary.
        var places = Array(repeating: -1, count: owners.count)
        var islands: [Island] = []
        for (place, row) in rows.enumerated() {
            for index in row.cells.indices {
                let owner = owners[pieces.piece(row: place, cell: index)]
                let island = places[owner] >= 0 ? places[owner] : islands.count
                if island == islands.count {
                    places[owner] = island
                    islands.append(Island(area: joining.area(owner)))
                }
                if let last = islands[island].lines.indices.last, islands[island].lines[last].row == place {
                    islands[island].lines[last].cells.append(index)
                } else {
                    islands[island].lines.append(Line(row: place, cells: [index]))
                }
            }
        }
        return islands.sorted { ($0.area.top, $0.area.left) < ($1.area.top, $1.area.left) }
    }

    /// The row with this index, when it has cells.
    func row(_ index: Int) -> SheetRow? {
        var low = 0, high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].index == index ? rows[low] : nil
    }

    /// The cells of a row that begin within an area.
    func cells(_ index: Int, in area: CellArea) -> ArraySlice<SheetCell> {
        guard let row = row(index) else { return [] }
        let first = row.cells.firstIndex { $0.column >= area.left } ?? row.cells.endIndex
        let end = row.cells[first...].firstIndex { $0.column > area.right } ?? row.cells.endIndex
        return row.cells[first..<end]
    }
}
