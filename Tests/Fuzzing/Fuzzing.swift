// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What libFuzzer calls with each input: the target that the environment variable `FUZZ` names.
///
///     FUZZ=zip Fuzzing CORPUS -max_total_time=60        FUZZ=list Fuzzing
enum Fuzzing {
    static let targets: [String: @Sendable (UnsafeRawBufferPointer) -> Void] = [
        "frames": FrameTarget.run, "zip": PackageTargets.zip, "compound": PackageTargets.compound, "xls": PackageTargets.workbook,
        "layout": LayoutTarget.run, "mime": MailTargets.headers,
    ]

    static let chosen: @Sendable (UnsafeRawBufferPointer) -> Void = {
        let name = getenv("FUZZ").map { String(cString: $0) } ?? ""
        if let target = targets[name] { return target }
        if let target = ReaderTarget.named(name) { return target }
        print((targets.keys.sorted() + ReaderTarget.names).joined(separator: "\n"))
        fflush(nil)
        _exit(name == "list" ? 0 : 64)
    }()
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.chosen(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
