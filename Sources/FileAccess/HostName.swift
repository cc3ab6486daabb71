// SPDX-License-Identifier: Apache-2.0
import Glibc

package enum HostName {
    /// gethostname(2)'s answer; `localhost` when there is none.
    package static let text: String = {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { room in
            guard let base = room.baseAddress, gethostname(base, 255) == 0 else { return "localhost" }
            room[255] = 0
            return String(cString: base)
        }
    }()
}
