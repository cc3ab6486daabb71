// SPDX-License-Identifier: Apache-2.0
import CEscape
import FileAccess
import Glibc
import SystemPackage
import TestSupport

/// Which of a worker's processes tries.
enum Room: String {
    case open, nursery, batch, document

    static let locked: [Room] = [.nursery, .batch, .document]

    var raw: escape_room {
        switch self {
        case .open: escape_open
        case .nursery: escape_nursery
        case .batch: escape_batch
        case .document: escape_document
        }
    }
}

/// What came of an attempt.
enum Outcome: Equatable, CustomStringConvertible {
    case worked, killed, untried
    case refused(Int32)
    case died(Int32)
    case exited(Int32)

    init(_ raw: Int32) {
        self = switch raw {
        case ..<0: .refused(-raw)
        case 0: .worked
        case 1: .killed
        case 1_000..<2_000: .died(raw - 1_000)
        case 2_000...: .exited(raw - 2_000)
        default: .untried
        }
    }

    /// As the tables say it.
    var text: String {
        switch self {
        case .worked: "allowed"
        case .killed: "killed"
        case .untried: "untried"
        case .refused(let number): Self.names[number] ?? "errno \(number)"
        case .died(let signal): "signal \(signal)"
        case .exited(let status): "exit \(status)"
        }
    }

    var description: String { text }

    /// A program that was run may find no room among the limits for its own libraries and fall; it was run all the same.
    var hasWorked: Bool {
        switch self {
        case .worked, .exited, .died(SIGSEGV): true
        case .killed, .untried, .refused, .died: false
        }
    }

    private static let names = [EPERM: "EPERM", EACCES: "EACCES", ENOSYS: "ENOSYS", ENOTTY: "ENOTTY", EBADF: "EBADF", EINVAL: "EINVAL"]
}

/// The program in the worker's place.
enum Escape {
    struct Failure: Error {
        var output: String
    }

    /// Tries everything in one room, with a small file of its own as the document.
    static func outcomes(_ what: String, _ room: Room) async throws -> [Outcome] {
        let folder = try TemporaryFolder()
        let document = folder.path.appending("document.txt")
        try document.write("a document\n".utf8)
        let ending = try await Program("EscapeWorker").run([what, room.rawValue], environment: ["SWIFT_BACKTRACE": "enable=no"], input: document)
        let outcomes = ending.output.split(separator: "\n").compactMap { Int32($0) }.map(Outcome.init)
        guard ending.exitCode == 0, !outcomes.isEmpty, !outcomes.contains(.untried) else { throw Failure(output: "\(ending.output.prefix(2_000))") }
        return outcomes
    }
}
