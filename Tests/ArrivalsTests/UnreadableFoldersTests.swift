// SPDX-License-Identifier: Apache-2.0
@testable import Arrivals
import FileAccess
import Glibc
import SystemPackage
import Testing

@Suite("Folders that cannot be read")
struct UnreadableFoldersTests {
    private let shut = SystemError("open", "a", errno: EACCES)
    private func told(_ reports: [ArrivalReport]) -> [String] {
        reports.map {
            switch $0 {
            case .unreadable(let folder, let error): "shut \(folder) \(error.errno)"
            case .readable(let folder): "open \(folder)"
            default: "\($0)"
            }
        }
    }

    @Test("are said once, again for another reason, and when it is over")
    func news() {
        var folders = UnreadableFolders()
        folders.scanBegins()
        #expect(told(folders.scanned(["b": shut, "a": shut])) == ["shut a \(EACCES)", "shut b \(EACCES)"])
        folders.scanBegins()
        #expect(folders.scanned(["b": shut, "a": shut]).isEmpty)
        #expect(folders.looked(at: "a", obstacle: shut) == nil)
        folders.scanBegins()
        #expect(told(folders.scanned(["b": SystemError("open", "b", errno: EIO)])) == ["shut b \(EIO)", "open a"])
        #expect(told([folders.looked(at: "b", obstacle: nil)].compactMap(\.self)) == ["open b"])
        #expect(folders.looked(at: "b", obstacle: nil) == nil && folders.errors.isEmpty)
    }

    @Test("that a hint opened or shut while a scan ran stay as the hint's look found them")
    func newer() {
        var folders = UnreadableFolders()
        folders.scanBegins()
        _ = folders.scanned(["a": shut])
        folders.scanBegins()
        #expect(told([folders.looked(at: "a", obstacle: nil), folders.looked(at: "b", obstacle: shut)].compactMap(\.self)) == ["open a", "shut b \(EACCES)"])
        #expect(folders.scanned(["a": shut, "c": shut]).count == 1)
        #expect(folders.errors.keys.sorted { $0.string < $1.string } == ["b", "c"])
        folders.scanBegins()
        #expect(told(folders.scanned(["a": shut])) == ["shut a \(EACCES)", "open b", "open c"])
    }

    @Test("are kept up to a thousand")
    func most() {
        var folders = UnreadableFolders()
        for number in 0..<UnreadableFolders.most + 5 { _ = folders.looked(at: FilePath("\(number)"), obstacle: shut) }
        #expect(folders.errors.count == UnreadableFolders.most)
    }
}
