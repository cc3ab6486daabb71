// SPDX-License-Identifier: Apache-2.0

/// Lines with what stands before them: the indents of list items and the marks of quotes.
struct MarkdownLayout {
    let output: OutputBuffer
    /// Before each further line of the innermost container.
    private var prefix: [UInt8] = []
    /// Before its first line, until that is written.
    private var first: [UInt8]?
    private var stack: [(prefix: [UInt8], isTight: Bool)] = []
    private var isTight = false
    private var hasBlockBefore = false
    /// No line has been written yet.
    private(set) var isAtStart = true

    init(_ output: OutputBuffer) { self.output = output }

    /// Room between this block and the one before it; `isForced` in tight lists too.
    mutating func separate(isForced: Bool = false) {
        if hasBlockBefore, !isTight || isForced { blank() }
        hasBlockBefore = false
    }

    /// The next line stands right behind the mark of a container.
    var isAtMark: Bool { first != nil }

    /// Bytes before the next line's text.
    var column: Int { (first ?? prefix).count }

    mutating func endBlock() { hasBlockBefore = true }

    mutating func line(_ bytes: some Collection<UInt8>) {
        isAtStart = false
        if let first {
            append(bytes.isEmpty ? first[...].trimmed : first[...])
            self.first = nil
        } else {
            append(bytes.isEmpty ? prefix[...].trimmed : prefix[...])
        }
        if let done = bytes.withContiguousStorageIfAvailable({ output.append($0) }) { done } else { for byte in bytes { output.append(byte) } }
        output.append(UInt8(ascii: "\n"))
    }

    mutating func blank() { line(EmptyCollection<UInt8>()) }

    mutating func push(first mark: [UInt8], further: [UInt8], isTight: Bool) {
        stack.append((prefix, self.isTight))
        first = (first ?? prefix) + mark
        prefix += further
        self.isTight = isTight
        hasBlockBefore = false
    }

    /// Ends a container; one without content still shows its mark.
    mutating func pop() {
        if first != nil { blank() }
        guard let outer = stack.popLast() else { return }
        (prefix, isTight) = outer
        hasBlockBefore = true
    }

    private func append(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBufferPointer { output.append($0) }
    }
}

extension ArraySlice<UInt8> {
    /// Without white space at its ends' end.
    var trimmed: ArraySlice<UInt8> {
        guard let last = lastIndex(where: { !ASCII.isSpace($0) }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }

    /// Without white space at both ends.
    var stripped: ArraySlice<UInt8> { drop(while: ASCII.isSpace).trimmed }
}
