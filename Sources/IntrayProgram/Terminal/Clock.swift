// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The events' universal times as people at this machine read them.
enum Clock {
    /// `13:02:11` today, `26 Nov 13:02` this year, `2025-11-26` before; what is no such time stays as it is.
    static func short(_ time: String, now: time_t = Glibc.time(nil)) -> String {
        guard let seconds = seconds(time) else { return time }
        let (then, today) = (local(seconds), local(now))
        if then.tm_year == today.tm_year, then.tm_yday == today.tm_yday { return "\(pad(then.tm_hour)):\(pad(then.tm_min)):\(pad(then.tm_sec))" }
        if then.tm_year == today.tm_year, (0..<12).contains(then.tm_mon) { return "\(pad(then.tm_mday)) \(months[Int(then.tm_mon)]) \(pad(then.tm_hour)):\(pad(then.tm_min))" }
        return "\(then.tm_year + 1_900)-\(pad(then.tm_mon + 1))-\(pad(then.tm_mday))"
    }

    /// `2026-11-26 13:02:11`, local.
    static func full(_ seconds: time_t) -> String {
        let then = local(seconds)
        return "\(then.tm_year + 1_900)-\(pad(then.tm_mon + 1))-\(pad(then.tm_mday)) \(pad(then.tm_hour)):\(pad(then.tm_min)):\(pad(then.tm_sec))"
    }

    /// RFC 3339 in universal time, as events write it.
    private static func seconds(_ time: String) -> time_t? {
        let numbers = time.split { "-T:.Z".contains($0) }.compactMap { Int32($0) }
        guard time.hasSuffix("Z"), numbers.count >= 6, numbers.allSatisfy({ (0..<10_000).contains($0) }) else { return nil }
        var parsed = tm()
        (parsed.tm_year, parsed.tm_mon, parsed.tm_mday) = (numbers[0] - 1_900, numbers[1] - 1, numbers[2])
        (parsed.tm_hour, parsed.tm_min, parsed.tm_sec) = (numbers[3], numbers[4], numbers[5])
        return timegm(&parsed)
    }

    private static func local(_ seconds: time_t) -> tm {
        var (seconds, result) = (seconds, tm())
        localtime_r(&seconds, &result)
        return result
    }

    private static func pad(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
