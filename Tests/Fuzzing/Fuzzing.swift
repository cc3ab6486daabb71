// SPDX-License-Identifier: Apache-2.0
import FuzzTargets
import Glibc

/// What libFuzzer calls with each input: the target that the environment variable `FUZZ` names.
///
///     FUZZ=zip Fuzzing CORPUS -max_total_time=60        FUZZ=list Fuzzing
enum Fuzzing {
    static let chosen: FuzzTargets.Run = {
        let name = getenv("FUZZ").map { String(cString: $0) } ?? ""
        if let target = FuzzTargets.named(name) {
            FuzzTargets.warmUp()
            return target
        }
        print(FuzzTargets.names.joined(separator: "\n"))
        fflush(nil)
        _exit(name == "list" ? 0 : 64)
    }()
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Fuzzing.chosen(UnsafeRawBufferPointer(start: start, count: count))
    return 0
}
