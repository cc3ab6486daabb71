// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Synchronization
import SystemPackage

extension ArrivalFeed {
    /// A marker came: its file is looked at. Where its name does not say which file that is, the one that waits for it is
    /// meant; a scan looks for one that nobody knows of.
    func noticed(marker: FilePath, _ pattern: MarkerPattern, _ origin: Origin) {
        let due = desk.withLock { desk -> Instant? in
            desk.orphans.add(marker, due: .now + settings.markerOrphan)
            let waiting = desk.orphans.file(waitingFor: marker)
            guard let file = pattern.file(for: marker) ?? waiting else {
                if origin == .event { desk.wantsScan = desk.wantsScan ?? .event }
                return nil
            }
            guard !desk.offered.contains(file), rules.rule(forFile: file) == nil else { return nil }
            guard desk.hasRoom else {
                desk.isSomethingLeft = true
                return nil
            }
            // A scan meets the file itself.
            if origin == .event { desk.settling.noticed(file, .renamed, origin, now: .now) }
            return desk.settling.nextDue
        }
        settlerBell.ring(for: due ?? desk.withLock { $0.orphans.nextDue } ?? .now)
        if due == nil, desk.withLock({ $0.isScanDue }) { scannerBell.ring() }
    }

    /// The file has everything but its marker. It is not held: the marker brings it back, or the next scan does.
    func unmarked(_ path: FilePath) async {
        guard let pattern = settings.marker else { return }
        let marker = pattern.marker(for: path)
        desk.withLock { $0.orphans.add(file: path, waitingFor: marker) }
        // It may have come between the look and now.
        if looking.isThere(marker) { noticed(path, .renamed, .event) }
    }

    /// Tells of markers that stand alone, once in a day.
    func reportOrphans() {
        let now = Instant.now
        for marker in desk.withLock({ $0.orphans.overdue(now) }) where looking.isThere(marker) {
            desk.withLock { $0.orphans.add(marker, due: now + .seconds(86_400)) }
            // Held back by its writer, or by something else that is told by itself.
            if let file = settings.marker?.file(for: marker), looking.isThere(file) { continue }
            report(.orphanMarker(marker))
        }
    }
}
