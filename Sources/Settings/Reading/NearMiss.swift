// SPDX-License-Identifier: Apache-2.0

/// The known word that somebody probably meant.
enum NearMiss {
    /// `there is no key "qiet"; did you mean "quiet"?`, or the words there are.
    static func unknown(_ what: String, _ word: String, among known: [String]) -> String {
        let said = "there is no \(what) \"\(word.prefix(80))\""
        if let near = nearest(word, among: known) { return "\(said); did you mean \"\(near)\"?" }
        return "\(said); there are \(known.joined(separator: ", "))"
    }

    static func nearest(_ word: String, among known: [String]) -> String? {
        guard word.count <= 80 else { return nil }
        let folded = word.lowercased().replacing("-", with: "_")
        return known.map { ($0, distance(folded, $0)) }.filter { $0.1 <= ($0.0.count < 4 ? 1 : max(2, $0.0.count / 3)) }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein's distance: insertions, deletions and changes that lead from one to the other.
    static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var corner = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j] + 1, row[j + 1] + 1, corner + (x == y ? 0 : 1))
                corner = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
