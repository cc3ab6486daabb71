// SPDX-License-Identifier: GPL-2.0-only
// intray-watcher ROOT…: says on standard output what happens below the roots, until standard input closes.
// The one program of the project that links libinotifytools, which is why it is a program.
import CInotifyTools
import CWatchShim
import Glibc

// The instance first: the library cannot live with a descriptor of 1024 or more.
guard inotifytools_initialize() == 1, watch_descriptor() >= 0, watch_descriptor() < 1_024 else {
    Watcher.complain("cannot watch: the kernel gives no inotify instance (errno \(inotifytools_error())); raise fs.inotify.max_user_instances")
    exit(71)
}
_ = watch_settle_down()
var roots: [[UInt8]] = []
for place in 1..<max(1, Int(CommandLine.argc)) {
    guard let raw = CommandLine.unsafeArgv[place] else { continue }
    var root = Array(UnsafeRawBufferPointer(start: raw, count: strlen(raw)))
    while root.count > 1, root.last == UInt8(ascii: "/") { root.removeLast() }
    roots.append(root)
}
guard !roots.isEmpty else {
    Watcher.complain("usage: intray-watcher ROOT...")
    exit(2)
}
var watcher = Watcher(roots: roots)
watcher.run()
