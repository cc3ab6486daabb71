// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import FileAccess

extension JobID {
    /// A new name that sorts by the time of day.
    public static func next() -> JobID { JobID(milliseconds: WallClock.milliseconds) }
}
