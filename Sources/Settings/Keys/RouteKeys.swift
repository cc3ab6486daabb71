// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import SystemPackage

/// The keys of a route, which `defaults` takes too.
enum RouteKeys {
    static let all: [Setting<RouteSettings>] = [
        find, settle,
        .value("claim", \.claim, .choice),
        .value("original", \.disposal, .choice),
        .value("duplicates", \.duplicates, .choice),
        .group("retry", \.retry, retry),
        .value("priority", \.priority, .priority),
        .value("priority_rules", \.priorityRules, .priorityRules),
        .value("minimum_free", \.minimumFree, .size),
        output,
        .group("limits", \.limits, limits),
        .group("passwords", \.passwords, passwords),
    ]

    static let find = Setting<RouteSettings>.group("find", [
        .value("mode", \.mode, .choice),
        .value("poll_interval", \.pollInterval, .interval),
        .value("reconcile", \.reconcile, .interval),
        .value("recursive", \.recursive, .flag),
        .value("include", \.include, Kind<String>.text.list),
        .value("exclude", \.exclude, Kind<String>.text.list),
        .value("extensions", \.extensions, Kind<String>.fileExtension.list),
        .value("minimum_size", \.minimumSize, Kind<UInt64>.size.optional),
        .value("maximum_size", \.maximumSize, Kind<UInt64>.size.optional),
    ])

    static let settle = Setting<RouteSettings>.group("settle", [
        .value("quiet", \.quiet, .duration),
        .value("poll_quiet", \.pollQuiet, .duration),
        .value("stalled_after", \.stalledAfter, .interval),
        .value("lease", \.lease, .flag),
        .value("marker", \.marker, Kind<String>.marker.optional),
        .value("empty", \.empty, .choice),
        .value("empty_grace", \.emptyGrace, .duration),
    ])

    static let retry: [Setting<RouteSettings.Retry>] = [
        .value("attempts", \.attempts, .number(1...100)),
        .value("first", \.first, .duration),
        .value("factor", \.factor, .number(1.0...100.0)),
        .value("longest", \.longest, .duration),
    ]

    static let output = Setting<RouteSettings>.group("output", options.map { $0.of(\.options) } + [
        .value("on_exists", \.onExists, .choice),
        .value("durability", \.durability, .choice),
    ])

    private static let options: [Setting<RenderOptions>] = [
        .value("formats", \.formats, Kind<OutputFormat>.choice.list.nonEmpty("at least one of md, txt, json, html, chunks")),
        .value("front_matter", \.frontMatter, .flag),
        .value("page_markers", \.pageMarkers, .flag),
        .value("images", \.images, .choice),
        .value("tables", \.tables, .choice),
        .value("heading_offset", \.headingOffset, .number(-5...5)),
        .value("main_content", \.mainContent, .flag),
        .value("wrap", \.wrap, .number(0...1_000)),
        .value("labels", \.labels, .choice),
        .value("chunk_tokens", \.chunkTokens, .number(32...100_000)),
        .value("split", \.split, .choice),
    ]

    static let passwords: [Setting<RouteSettings.Passwords>] = [
        .value("list", \.list, .passwords),
        .value("file", \.file, Kind<FilePath>.path.optional),
        .value("command", \.command, .optionalCommand),
        .value("timeout", \.timeout, .interval),
    ]

    static let limits: [Setting<ConversionLimits>] = [
        .value("input", \.inputBytes, .size),
        .value("memory", \.addressSpaceBytes, Kind<UInt64>.size.within("64MiB or more") { $0 >= 64 << 20 }),
        .value("cpu", \.cpuMilliseconds, .milliseconds),
        .value("wall", \.wallMilliseconds, .milliseconds),
        .value("stall", \.stallMilliseconds, .milliseconds),
        .value("text", \.textBytes, .size),
        .value("text_ratio", \.textRatio, .number(1...1_000_000)),
        .value("assets", \.assetBytes, .size),
        .value("stderr", \.stderrBytes, .size),
        .value("pages", \.pages, .number(1...10_000_000)),
        .value("members", \.members, .number(1...10_000_000)),
        .value("depth", \.depth, .number(0...100)),
        .value("image_pixels", \.imagePixels, .number(1...100_000_000_000)),
        .value("xml_depth", \.xmlDepth, .number(8...10_000)),
    ]
}

extension Kind where Value == String {
    /// Kept in lower case, without the dot.
    static let fileExtension = Kind("a file extension", "letters, for example pdf", show: { .text($0) }) { text, _ in
        let bare = text.hasPrefix(".") ? text.dropFirst() : text[...]
        return bare.isEmpty || bare.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") } ? nil : bare.lowercased()
    }

    static let marker = Kind("the name of a marker file", "for example \"{name}.done\" or \"{stem}.ready\"", show: { .text($0) }) { text, _ in
        let names = text.ranges(of: "{name}").count + text.ranges(of: "{stem}").count
        return names == 1 && text != "{name}" && !text.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") } ? text : nil
    }
}

extension Kind where Value == [RouteSettings.PriorityRule] {
    /// `"urgent/**": urgent`, first match first.
    static let priorityRules = Kind(noun: "rules", expected: "patterns with priorities") { place, walk in
        guard let entries = place.entries(&walk) else { return nil }
        return entries.compactMap { _, pattern, value in
            Kind<Priority>.priority.read(value, &walk).map { RouteSettings.PriorityRule(pattern: pattern, priority: $0) }
        }
    } show: { rules in .mapping(rules.map { ($0.pattern, .plain($0.priority.name)) }) }
}
