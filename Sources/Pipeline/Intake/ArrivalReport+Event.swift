// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import FileAccess
import SystemPackage

extension ArrivalReport {
    /// What of it is worth an event; ignored and settling files are counted, not told.
    func event(route: String) -> Event? {
        switch self {
        case .ignored, .settling, .vanished: return nil
        case .stalled(let path): return about(.fileStalled, path, route)
        case .orphanMarker(let path):
            var event = about(.fileStalled, path, route)
            event.reason = "the file that this marker announces has not come"
            return event
        // A poll that found nothing new is no news.
        case .scanStarted(.poll), .scanFinished(.poll, directories: _, entries: _, new: 0, milliseconds: _): return nil
        case .scanStarted(let origin):
            var event = Event(.scanStarted, route: route)
            event.origin = origin
            return event
        case .scanFinished(let origin, let directories, let entries, let new, let milliseconds):
            var event = Event(.scanFinished, route: route)
            event.origin = origin
            event.durations = ["scan": Double(milliseconds)]
            event.details = ["directories": "\(directories)", "entries": "\(entries)", "new": "\(new)"]
            return event
        case .rootLost: return Event(.routeDown, route: route)
        case .rootBack: return Event(.routeUp, route: route)
        case .watchLimit(let used, let most):
            var event = Event(.routeDegraded, route: route)
            event.reason = "cannot watch all folders: inotify has no watches left (\(used) of \(most)); raise fs.inotify.max_user_watches"
            return event
        case .unreadable(let path, let error):
            var event = about(.routeDegraded, path, route)
            event.reason = "\(error); what lies in it is passed over: let user \(UserName.own) read and enter it"
            return event
        case .readable(let path):
            var event = about(.routeUp, path, route)
            event.reason = "the folder can be read again"
            return event
        }
    }

    private func about(_ type: EventType, _ path: FilePath, _ route: String) -> Event {
        var event = Event(type, route: route)
        event.path = path.escaped
        return event
    }
}
