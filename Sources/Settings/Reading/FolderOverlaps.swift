// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Folders that must not lie within each other: what one route delivers must not arrive at another, and no file may
/// belong to two inboxes. Compared by name; links are the file system's to resolve.
package struct FolderOverlaps {
    private var routes: [RouteSettings] = []

    package init() {}

    /// What is wrong with a route beside those before it.
    package mutating func add(_ route: RouteSettings) -> [String] {
        defer { routes.append(route) }
        var problems: [String] = []
        for other in routes + [route] {
            let isSelf = other.name == route.name
            for (receiver, giver) in isSelf ? [(route, route)] : [(route, other), (other, route)] {
                let places = [("outbox", giver.outbox), ("archive", giver.archive), ("quarantine", giver.quarantine)]
                for (what, path) in places where path.isWithin(receiver.inbox) {
                    let whose = isSelf ? "its \(what)" : "the \(what) of route \"\(giver.name)\""
                    let inbox = isSelf ? "its own inbox" : "the inbox of route \"\(receiver.name)\""
                    problems.append("\(whose), \"\(path)\", lies within \(inbox), \"\(receiver.inbox)\"; set them apart")
                }
                for (what, path) in places where receiver.inbox.isWithin(path) && receiver.inbox != path {
                    let whose = isSelf ? "its \(what)" : "the \(what) of route \"\(giver.name)\""
                    let inbox = isSelf ? "its own inbox" : "the inbox of route \"\(receiver.name)\""
                    problems.append("\(inbox), \"\(receiver.inbox)\", lies within \(whose), \"\(path)\"; set them apart")
                }
            }
            guard !isSelf else { continue }
            if route.inbox.isWithin(other.inbox) || other.inbox.isWithin(route.inbox) {
                problems.append("its inbox, \"\(route.inbox)\", and that of route \"\(other.name)\", \"\(other.inbox)\", overlap; set them apart")
            }
        }
        return problems
    }
}

extension FilePath {
    /// The same folder, or one below it.
    fileprivate func isWithin(_ other: FilePath) -> Bool { lexicallyNormalized().starts(with: other.lexicallyNormalized()) }
}
